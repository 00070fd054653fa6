using System.Buffers;
using System.Buffers.Text;

namespace DocExchange.Axis.Protocol;

/// <summary>getEdoc's answer: the package as base64 inside JSON, written through one small buffer whatever its size.</summary>
public static class EdocAnswer
{
    // A multiple of three, so that only the last block is padded.
    private const int Block = 24 * 1024;

    private static ReadOnlySpan<byte> Opening => "{\"status\":\"OK\",\"ErrorCode\":\"0\",\"ErrorDesc\":\"Thanh cong\",\"data\":\""u8;

    private static ReadOnlySpan<byte> Closing => "\"}"u8;

    /// <summary>The answer's length in bytes for a package of that length.</summary>
    public static long LengthFor(long packageLength) => Opening.Length + (packageLength + 2) / 3 * 4 + Closing.Length;

    /// <summary>Copies the package from where it stands to its end.</summary>
    public static async Task WriteAsync(Stream output, Stream package, CancellationToken ct)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Block);
        var text = ArrayPool<byte>.Shared.Rent(Block / 3 * 4);
        try
        {
            Opening.CopyTo(text);
            await output.WriteAsync(text.AsMemory(0, Opening.Length), ct).ConfigureAwait(false);
            int read;
            do
            {
                read = await package.ReadAtLeastAsync(bytes.AsMemory(0, Block), Block, throwOnEndOfStream: false, ct).ConfigureAwait(false);
                Base64.EncodeToUtf8(bytes.AsSpan(0, read), text, out _, out var written);
                await output.WriteAsync(text.AsMemory(0, written), ct).ConfigureAwait(false);
            }
            while (read == Block);
            Closing.CopyTo(text);
            await output.WriteAsync(text.AsMemory(0, Closing.Length), ct).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
