using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace DocExchange.Axis.Protocol;

/// <summary>
/// The axis SDK's header signing: an HMAC-SHA256, keyed with the secret's UTF-8 bytes, over the exact bytes of the sign header as they arrived.
/// It covers neither body (but for <c>hash-file</c>), method nor path, and carries no nonce.
/// </summary>
public static class HeaderSignature
{
    // Unknown systems are checked against this, so that they cost what a wrong secret costs. Nobody can sign with it: a match is discarded.
    private static readonly ReadOnlyMemory<byte> Decoy = RandomNumberGenerator.GetBytes(32);

    /// <summary>The lower-case hex HMAC-SHA256 of a sign header.</summary>
    public static string Compute(ReadOnlySpan<byte> secretUtf8, ReadOnlySpan<byte> signHeader)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secretUtf8, signHeader, mac);
        return Convert.ToHexStringLower(mac);
    }

    /// <summary>The system the caller says it is, before anything is verified: for finding its secrets and for counting, nothing else.</summary>
    public static string? ClaimedSystemId(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        Single(headers, VxpNames.HeaderPrefix + VxpNames.SystemId);

    /// <summary>The signature the caller sent, for recognising a repeated call; null when there is not exactly one.</summary>
    public static string? ClaimedHash(IReadOnlyList<KeyValuePair<string, string>> headers) => Single(headers, VxpNames.HashHeader);

    /// <summary>
    /// Checks a call's headers. Compares in constant time and does the same work for a system that is not known
    /// (<paramref name="secrets"/> empty) as for a wrong secret.
    /// </summary>
    /// <param name="headers">As received, values decoded as Latin-1, one entry per received line.</param>
    /// <param name="secrets">UTF-8 bytes of the secrets valid now: several while an old one overlaps with a new one.</param>
    public static SignatureCheck Verify(IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<ReadOnlyMemory<byte>> secrets)
    {
        if (ClaimedSystemId(headers) is not { Length: > 0 } systemId || Single(headers, VxpNames.SignHeader) is not { } signHeader
            || ClaimedHash(headers) is not { } hash)
            return new SignatureCheck.Invalid(SignatureFault.MissingHeaders);

        var raw = ArrayPool<byte>.Shared.Rent(signHeader.Length);
        try
        {
            var text = raw.AsSpan(0, Encoding.Latin1.GetBytes(signHeader, raw));
            if (!Matches(text, hash, secrets))
                return new SignatureCheck.Invalid(LeftAscii(headers) ? SignatureFault.NonAsciiValue : SignatureFault.WrongSignature);
            return SignedText.TryRead(text, out var values, out var fault, out var name)
                ? Compare(headers, values, systemId)
                : new SignatureCheck.Invalid(fault, name);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
        }
    }

    private static bool Matches(ReadOnlySpan<byte> text, string hash, IReadOnlyList<ReadOnlyMemory<byte>> secrets)
    {
        Span<byte> sent = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var readable = hash.Length == 2 * sent.Length && Convert.FromHexString(hash, sent, out _, out _) == OperationStatus.Done;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        // No early exit: which of two overlapping secrets was used is nobody's business.
        for (var i = 0; i < Math.Max(1, secrets.Count); i++)
        {
            HMACSHA256.HashData(i < secrets.Count ? secrets[i].Span : Decoy.Span, text, mac);
            matches |= CryptographicOperations.FixedTimeEquals(mac, sent) & i < secrets.Count;
        }
        return matches & readable;
    }

    private static SignatureCheck Compare(IReadOnlyList<KeyValuePair<string, string>> headers, Dictionary<string, string> signed, string systemId)
    {
        var seen = new HashSet<string>(signed.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < headers.Count; i++)
        {
            var (name, value) = (headers[i].Key, headers[i].Value);
            if (!name.StartsWith(VxpNames.HeaderPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            var bare = name[VxpNames.HeaderPrefix.Length..];
            if (signed.TryGetValue(bare, out var expected))
            {
                if (!SignedText.SameValue(expected, value)) return new SignatureCheck.Invalid(SignatureFault.HeaderMismatch, bare);
                seen.Add(bare);
            }
            else if (VxpNames.IsDecisive(bare))
            {
                return new SignatureCheck.Invalid(SignatureFault.UnsignedHeader, bare);
            }
        }
        foreach (var name in signed.Keys)
            if (!seen.Contains(name)) return new SignatureCheck.Invalid(SignatureFault.HeaderMismatch, name);
        return signed.TryGetValue(VxpNames.SystemId, out var signedId) && string.Equals(signedId.Trim(), systemId.Trim(), StringComparison.Ordinal)
            ? new SignatureCheck.Valid(new SignedValues(signed))
            : new SignatureCheck.Invalid(SignatureFault.HeaderMismatch, VxpNames.SystemId);
    }

    /// <summary>Whether a value has bytes that characters outside ASCII leave behind: "ỗ" arrives as D7, "đ" as the control character 11.</summary>
    private static bool LeftAscii(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        for (var i = 0; i < headers.Count; i++)
            if (headers[i].Key.StartsWith(VxpNames.HeaderPrefix, StringComparison.OrdinalIgnoreCase)
                && headers[i].Value.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
                return true;
        return false;
    }

    private static string? Single(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        string? found = null;
        for (var i = 0; i < headers.Count; i++)
        {
            if (!string.Equals(headers[i].Key, name, StringComparison.OrdinalIgnoreCase)) continue;
            if (found is not null) return null;
            found = headers[i].Value;
        }
        return found;
    }
}
