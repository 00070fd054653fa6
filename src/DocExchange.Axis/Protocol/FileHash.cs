namespace DocExchange.Axis.Protocol;

/// <summary>
/// The file digest as clients write it. The SDK prints each byte of the SHA-256 without its leading zero, so the usual length is 58 to 64
/// characters and the text cannot be parsed back: both renderings are made and compared.
/// </summary>
public static class FileHash
{
    /// <summary>64 lower-case hex digits, as careful clients send it.</summary>
    public static string Padded(ReadOnlySpan<byte> sha256) => Convert.ToHexStringLower(sha256);

    /// <summary>As the SDK sends it.</summary>
    public static string Unpadded(ReadOnlySpan<byte> sha256)
    {
        Span<char> text = stackalloc char[64];
        return new string(text[..WriteUnpadded(sha256, text)]);
    }

    /// <summary>True when <paramref name="header"/> is either rendering of the digest, in either case. Not secret, so not in constant time.</summary>
    public static bool Matches(ReadOnlySpan<byte> sha256, string header)
    {
        var sent = header.AsSpan().Trim();
        if (sha256.Length != 32 || sent.Length is < 32 or > 64) return false;
        Span<char> text = stackalloc char[64];
        if (sent.Length == 64 && Convert.TryToHexStringLower(sha256, text, out var padded) && sent.Equals(text[..padded], StringComparison.OrdinalIgnoreCase))
            return true;
        return sent.Equals(text[..WriteUnpadded(sha256, text)], StringComparison.OrdinalIgnoreCase);
    }

    private static int WriteUnpadded(ReadOnlySpan<byte> sha256, Span<char> text)
    {
        if (sha256.Length != 32) throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(sha256));
        const string digits = "0123456789abcdef";
        var length = 0;
        foreach (var b in sha256)
        {
            if (b >= 0x10) text[length++] = digits[b >> 4];
            text[length++] = digits[b & 0xF];
        }
        return length;
    }
}
