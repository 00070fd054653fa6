using System.Buffers;
using System.Buffers.Text;

namespace DocExchange.Core.Packages;

/// <summary>Bytes as one unbroken base64 text (RFC 4648 §4), written through one small buffer whatever their number.</summary>
public static class Base64Text
{
    // A multiple of three, so that only the last block is padded.
    private const int Block = 24 * 1024;

    private static readonly SearchValues<byte> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"u8);

    /// <summary>The length of the text, in characters.</summary>
    public static long LengthFor(long bytes) => (bytes + 2) / 3 * 4;

    /// <summary>True when nothing else than base64 characters and white space is there to the end of the stream, whatever it decodes to.</summary>
    public static bool IsText(Stream text)
    {
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            for (int read; (read = text.Read(block, 0, Block)) > 0;)
            {
                if (block.AsSpan(0, read).ContainsAnyExcept(Allowed)) return false;
            }
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Copies the bytes from where they stand to their end.</summary>
    public static async Task WriteAsync(Stream output, Stream bytes, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(Block);
        var text = ArrayPool<byte>.Shared.Rent(Block / 3 * 4);
        try
        {
            int read;
            do
            {
                read = await bytes.ReadAtLeastAsync(block.AsMemory(0, Block), Block, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                Base64.EncodeToUtf8(block.AsSpan(0, read), text, out _, out var written);
                await output.WriteAsync(text.AsMemory(0, written), cancellationToken).ConfigureAwait(false);
            }
            while (read == Block);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
