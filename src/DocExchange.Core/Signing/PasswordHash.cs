using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DocExchange.Core.Signing;

/// <summary>
/// Passwords of people, as scrypt hashes (RFC 7914): <c>$scrypt$n=15,r=8,p=1$salt$hash</c>, base64 without padding; <c>$handed-over</c> behind it
/// where somebody else knows the password.
/// </summary>
public static class PasswordHash
{
    /// <summary>What new hashes cost: 2^15 blocks of 1 kB, 32 MB.</summary>
    public const int LogCost = 15;

    /// <summary>No letter of base64 is a hyphen, so no hash ends so by chance.</summary>
    private const string HandedOver = "$handed-over";

    private const int BlockSize = 8, Parallelism = 1, SaltLength = 16, HashLength = 32;

    /// <summary>Each hash takes 32 MB for some tenths of a second: sign-in attempts beyond this many wait.</summary>
    private static readonly SemaphoreSlim Places = new(2);

    /// <param name="logCost">Less than <see cref="LogCost"/> for tests only.</param>
    /// <param name="isHandedOver">Somebody else is shown the password: its owner is to change it before doing anything.</param>
    public static string Make(string password, int logCost = LogCost, bool isHandedOver = false)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var hash = Derive(password, salt, logCost, BlockSize, Parallelism, HashLength);
        return $"$scrypt$n={logCost},r={BlockSize},p={Parallelism}${Write(salt)}${Write(hash)}{(isHandedOver ? HandedOver : "")}";
    }

    public static bool IsHandedOver(string hash) => hash.EndsWith(HandedOver, StringComparison.Ordinal);

    /// <summary>
    /// True when the password fits; false, at once, for a hash that cannot be read. For an account that does not exist, verify against some
    /// other hash all the same: the time must not tell which accounts there are.
    /// </summary>
    public static bool Verify(string password, string hash)
    {
        if (!TryParse(hash, out var cost, out var salt, out var expected)) return false;
        return CryptographicOperations.FixedTimeEquals(expected, Derive(password, salt, cost.LogN, cost.R, cost.P, expected.Length));
    }

    private static byte[] Derive(string password, byte[] salt, int logN, int r, int p, int length)
    {
        Places.Wait();
        try
        {
            return Scrypt.Derive(Encoding.UTF8.GetBytes(password), salt, logN, r, p, length);
        }
        finally
        {
            Places.Release();
        }
    }

    private static bool TryParse(string text, out (int LogN, int R, int P) cost, out byte[] salt, out byte[] hash)
    {
        cost = default;
        salt = hash = [];
        var parts = (IsHandedOver(text) ? text[..^HandedOver.Length] : text).Split('$');
        if (parts.Length != 5 || parts[0].Length != 0 || parts[1] != "scrypt") return false;
        var costs = parts[2].Split(',');
        if (costs.Length != 3 || !Number(costs[0], "n=", 20, out cost.LogN) || !Number(costs[1], "r=", 16, out cost.R) || !Number(costs[2], "p=", 4, out cost.P)) return false;
        return TryRead(parts[3], out salt) && TryRead(parts[4], out hash) && hash.Length >= 16;
    }

    private static bool Number(string text, string name, int atMost, out int value)
    {
        value = 0;
        return text.StartsWith(name, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= atMost;
    }

    private static string Write(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryRead(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var ok = Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length);
        bytes = bytes[..length];
        return ok;
    }
}
