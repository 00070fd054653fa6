using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Soap;

/// <summary>WS-Security's header as clients write it.</summary>
internal static class SecurityHeaders
{
    public const string Wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public const string Wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    public const string TokenProfile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#";

    public static string Security(string content) => $"<w:Security xmlns:w='{Wsse}' e:mustUnderstand='1'>{content}</w:Security>";

    public static string Digest(string secret, DateTimeOffset created)
    {
        var nonce = RandomNumberGenerator.GetBytes(16);
        var text = Written(created);
#pragma warning disable CA5350 // The profile's hash.
        var digest = SHA1.HashData([.. nonce, .. Encoding.UTF8.GetBytes(text), .. Encoding.UTF8.GetBytes(secret)]);
#pragma warning restore CA5350
        return Security($"<w:UsernameToken xmlns:w='{Wsse}'><w:Username>{TestHub.Province}</w:Username><w:Password Type='{TokenProfile}PasswordDigest'>{Convert.ToBase64String(digest)}</w:Password>"
            + $"<w:Nonce>{Convert.ToBase64String(nonce)}</w:Nonce><u:Created xmlns:u='{Wsu}'>{text}</u:Created></w:UsernameToken>");
    }

    public static string Written(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
