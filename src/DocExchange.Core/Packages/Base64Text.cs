using System.Buffers;
using System.Buffers.Text;

namespace DocExchange.Core.Packages;

/// <summary>Bytes as one unbroken base64 text (RFC 4648 §4), written through one small buffer whatever their number.</summary>
public static class Base64Text
{
    // A multiple of three, so that only the last block is padded.
    private const int Block = 24 * 1024;

    /// <summary>The length of the text, in characters.</summary>
    public static long LengthFor(long bytes) => (bytes + 2) / 3 * 4;

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
