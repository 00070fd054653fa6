using System.Security.Cryptography;

namespace DocExchange.Core.Signing;

/// <summary>
/// Encrypts small secrets at rest with AES-256-GCM: key id (1 byte) || nonce (12) || cipher text || tag (16). The key lies outside the
/// database; the context (say, table and row id) is authenticated, so that a sealed value cannot be moved to another row.
/// </summary>
public sealed class SecretBox
{
    private const string Header = "dx-secret-keys/1";
    private const int KeyLength = 32, NonceLength = 12, TagLength = 16, Overhead = 1 + NonceLength + TagLength;
    private readonly Dictionary<byte, byte[]> keys;
    private readonly byte current;

    private SecretBox(Dictionary<byte, byte[]> keys, byte current) => (this.keys, this.current) = (keys, current);

    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var result = new byte[Overhead + plain.Length];
        result[0] = current;
        var nonce = result.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys[current], TagLength);
        aes.Encrypt(nonce, plain, result.AsSpan(1 + NonceLength, plain.Length), result.AsSpan(result.Length - TagLength), Associated(current, context));
        return result;
    }

    /// <summary>The plain bytes, or null when they were altered, sealed for another context or under a key that is gone.</summary>
    public byte[]? Open(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> context)
    {
        if (sealedBytes.Length < Overhead || !keys.TryGetValue(sealedBytes[0], out var key)) return null;
        var plain = new byte[sealedBytes.Length - Overhead];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(
                sealedBytes.Slice(1, NonceLength), sealedBytes.Slice(1 + NonceLength, plain.Length), sealedBytes[^TagLength..], plain,
                Associated(sealedBytes[0], context));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>The key file's text with one key more: a header line, then <c>id hex</c> per key; the last one seals.</summary>
    internal static string NewKeyFile(string? existing)
    {
        var id = existing is null ? 1 : Parse(existing).current + 1;
        if (id > 255) throw new KeyStoreException("All 255 master keys are used up.");
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyLength));
        return $"{existing ?? Header + "\n"}{id} {key}\n";
    }

    internal static SecretBox Parse(string text)
    {
        var lines = text.Split('\n');
        var damaged = new KeyStoreException($"{KeyStore.SecretsFile} is damaged: restore it from the backup of the keys.");
        if (lines.Length < 3 || lines[0] != Header || lines[^1].Length != 0) throw damaged;
        var keys = new Dictionary<byte, byte[]>();
        byte last = 0;
        foreach (var line in lines[1..^1])
        {
            var parts = line.Split(' ');
            if (parts.Length != 2 || !byte.TryParse(parts[0], out last) || parts[1].Length != 2 * KeyLength) throw damaged;
            if (!parts[1].All(char.IsAsciiHexDigit) || !keys.TryAdd(last, Convert.FromHexString(parts[1]))) throw damaged;
        }
        return new SecretBox(keys, last);
    }

    private static byte[] Associated(byte keyId, ReadOnlySpan<byte> context) => [keyId, .. context];
}
