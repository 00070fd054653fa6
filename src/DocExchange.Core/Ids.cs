using System.Globalization;
using System.Security.Cryptography;

namespace DocExchange.Core;

/// <summary>The one place where ids and salts are made.</summary>
public static class Ids
{
    /// <summary>A new public id: UUID version 7, 32 lower-case hex digits, sortable by time of making.</summary>
#pragma warning disable RS0030 // This is the one place the ban points to.
    public static string New() => Guid.CreateVersion7().ToString("N");
#pragma warning restore RS0030

    /// <summary>
    /// The number in a document's public id (its last 16 hex digits), for dialects whose ids are numbers: below 2^53, never given twice.
    /// </summary>
    public static long NumberOf(string docId) => long.Parse(docId.AsSpan(8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>128 random bits: what makes a leaf hash reveal nothing about its entry.</summary>
    public static byte[] Salt() => RandomNumberGenerator.GetBytes(16);

    /// <summary>A secret a person or a system can be given: <paramref name="bytes"/> random bytes in URL-safe base64.</summary>
    public static string Secret(int bytes = 24) =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
}
