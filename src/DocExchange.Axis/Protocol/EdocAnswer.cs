using DocExchange.Core.Packages;

namespace DocExchange.Axis.Protocol;

/// <summary>getEdoc's answer: the package as base64 inside JSON, written through one small buffer whatever its size.</summary>
public static class EdocAnswer
{
    private static readonly byte[] Opening = "{\"status\":\"OK\",\"ErrorCode\":\"0\",\"ErrorDesc\":\"Thanh cong\",\"data\":\""u8.ToArray();
    private static readonly byte[] Closing = "\"}"u8.ToArray();

    /// <summary>The answer's length in bytes for a package of that length.</summary>
    public static long LengthFor(long packageLength) => Opening.Length + Base64Text.LengthFor(packageLength) + Closing.Length;

    /// <summary>Copies the package from where it stands to its end.</summary>
    public static async Task WriteAsync(Stream output, Stream package, CancellationToken ct)
    {
        await output.WriteAsync(Opening, ct).ConfigureAwait(false);
        await Base64Text.WriteAsync(output, package, ct).ConfigureAwait(false);
        await output.WriteAsync(Closing, ct).ConfigureAwait(false);
    }
}
