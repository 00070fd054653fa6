using System.Security.Cryptography;
using System.Text;

namespace DocExchange.Core.Signing;

/// <summary>Codes for who lost the second factor, each good once. They have 80 random bits, so a plain hash is kept of each, one after the other.</summary>
public static class RecoveryCodes
{
    private const int Count = 10;
    private const int RandomBytes = 10;

    public static (IReadOnlyList<string> Codes, byte[] Hashes) Make()
    {
        var codes = Enumerable.Range(0, Count).Select(_ => Totp.Base32(RandomNumberGenerator.GetBytes(RandomBytes))).ToList();
        return (codes, [.. codes.SelectMany(HashOf)]);
    }

    /// <summary>What remains when this code is used up; null when it is none of them.</summary>
    public static byte[]? Without(ReadOnlySpan<byte> hashes, string code)
    {
        var hash = HashOf(code.Trim().ToUpperInvariant());
        for (var at = 0; at + hash.Length <= hashes.Length; at += hash.Length)
        {
            if (CryptographicOperations.FixedTimeEquals(hashes.Slice(at, hash.Length), hash)) return [.. hashes[..at], .. hashes[(at + hash.Length)..]];
        }
        return null;
    }

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));
}
