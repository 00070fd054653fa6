using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DocExchange.Core.Signing;

/// <summary>Codes of an authenticator app: RFC 6238 with HMAC-SHA-1, six digits and steps of 30 seconds, which is what the apps speak.</summary>
public static class Totp
{
    public const int StepSeconds = 30;

    private const int SecretLength = 20;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    /// <summary>
    /// The step a code belongs to: this one, the one before or the next, for clocks that differ. Null when it belongs to none of them, or
    /// to one that is not after <paramref name="last"/>, the step of the last code taken (RFC 6238 §5.2: no code twice).
    /// </summary>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long last)
    {
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        var written = Encoding.ASCII.GetBytes(code);
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(secret, step)), written) && step > last) found = step;
        }
        return found;
    }

    /// <summary>The six digits of a step (RFC 4226 §5.3).</summary>
    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The apps know no other; HMAC does not rest on collisions.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0x0F)..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The address that apps read from a QR code.</summary>
    public static string AddressOf(ReadOnlySpan<byte> secret, string hub, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(hub)}:{Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(hub)}";

    /// <summary>RFC 4648 §6, without padding: what a person types into an app.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (bits, held) = (0, 0);
        foreach (var value in bytes)
        {
            bits = (bits << 8) | value;
            held += 8;
            while (held >= 5) text.Append(Letters[(bits >> (held -= 5)) & 31]);
            bits &= (1 << held) - 1;
        }
        if (held > 0) text.Append(Letters[(bits << (5 - held)) & 31]);
        return text.ToString();
    }
}
