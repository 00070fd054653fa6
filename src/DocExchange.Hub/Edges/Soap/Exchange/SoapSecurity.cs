using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// WS-Security's UsernameToken (profile 1.0): a password in the text is the system's API key, of which only a hash is kept; a digest needs
/// the secret itself, so it is made with the shared secret of the axis SDK's protocol, which is kept sealed. And its X.509 signature.
/// </summary>
internal sealed class SoapSecurity(SystemSecrets secrets, SoapSignatures signatures, SeenMessages seen, TimeProvider time)
{
    public static readonly XName Header = SoapNames.Security + "Security";

    /// <summary>How far a message's time may lie from the hub's.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const string TextType = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";
    private const string DigestType = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";

    private static readonly XNamespace Wsse = SoapNames.Security;

    /// <summary>The system that the message names and proves to be; null with no problem when it names none.</summary>
    public SoapCredentials Authenticate(PartyBook book, SoapMessage message)
    {
        var headers = message.Headers.Where(h => h.Name == Header).ToList();
        if (headers.Count == 0) return SoapCredentials.None;
        if (headers.Count > 1) return new SoapCredentials(null, new Problem(ProblemCatalogue.MessageSignatureUnsound, "Security"));
        var security = headers[0].Element;
        if (CheckTimestamp(security, out var stamped) is { } stale) return new SoapCredentials(null, stale);
        var (signed, signer, problem) = security.Elements().Any(e => e.Name.LocalName == "Signature") ? signatures.Verify(book, message, stamped) : default;
        if (problem is not null) return new SoapCredentials(null, problem);
        var tokens = security.Elements(Wsse + "UsernameToken").ToList();
        if (tokens.Count > 1) return new SoapCredentials(null, new Problem(ProblemCatalogue.CallerNotAuthentic));
        if (tokens.Count == 0) return new SoapCredentials(signer, null, signed);
        var (named, refused) = OfToken(book, tokens[0]);
        return signer is not null && named is not null && signer.Id != named.Id
            ? new SoapCredentials(null, new Problem(ProblemCatalogue.CallerNotAuthentic))
            : new SoapCredentials(named, refused, signed);
    }

    /// <summary>A key as it was issued begins with the system's name; only what follows is the secret.</summary>
    public static string WithoutName(string name, string secret) =>
        secret.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase) ? secret[(name.Length + 1)..] : secret;

    private (PartnerSystem? System, Problem? Problem) OfToken(PartyBook book, XElement token)
    {
        var name = token.Element(Wsse + "Username")?.Value.Trim() ?? "";
        var password = token.Element(Wsse + "Password");
        var system = book.FindSystem(name);
        switch ((string?)password?.Attribute("Type") ?? TextType)
        {
            case TextType:
                return secrets.IsHeldBy(book, system, CredentialKind.ApiKey, WithoutName(name, password?.Value ?? "")) ? (system, null) : (null, new Problem(ProblemCatalogue.CallerNotAuthentic));
            case DigestType:
                if (!IsDigestOf(book, system, token, password!.Value.Trim(), out var once)) return (null, new Problem(ProblemCatalogue.CallerNotAuthentic));
                var freshness = IsFresh(token.Element(SoapNames.Utility + "Created")?.Value, out var created) ? seen.Take($"{system!.Id}\n{once}", created, "Nonce, Created") : NotFresh("Nonce, Created");
                return freshness is null ? (system, null) : (null, freshness);
            default:
                return (null, new Problem(ProblemCatalogue.CallerNotAuthentic));
        }
    }

    /// <summary>Base64(SHA-1(nonce + created + secret)), UsernameToken profile 1.0 §3.1. Compared with every usable secret, in constant time each.</summary>
    /// <param name="once">Nonce and time as the bytes that are hashed: neither another spelling nor a shifted border makes it another message.</param>
    private bool IsDigestOf(PartyBook book, PartnerSystem? system, XElement token, string written, out string once)
    {
        once = "";
        var nonce = token.Element(Wsse + "Nonce")?.Value.Trim() ?? "";
        var created = token.Element(SoapNames.Utility + "Created")?.Value.Trim() ?? "";
        var random = new byte[nonce.Length];
        var digest = new byte[written.Length];
        if (created.Length == 0 || !Convert.TryFromBase64String(nonce, random, out var length) || length < 8 || !Convert.TryFromBase64String(written, digest, out var digestLength)) return false;
        byte[] salt = [.. random.AsSpan(0, length), .. Encoding.UTF8.GetBytes(created)];
        once = Convert.ToHexString(salt);
        var matches = false;
        foreach (var secret in secrets.HmacSecretsOf(book, system))
        {
            byte[] text = [.. salt, .. secret.Span];
#pragma warning disable CA5350 // The profile knows no other hash; a keyed one over a fresh nonce does not rest on collisions.
            matches |= CryptographicOperations.FixedTimeEquals(SHA1.HashData(text), digest.AsSpan(0, digestLength));
#pragma warning restore CA5350
        }
        return matches;
    }

    private Problem? CheckTimestamp(XElement security, out DateTimeOffset created)
    {
        created = default;
        var stamps = security.Elements(SoapNames.Utility + "Timestamp").ToList();
        if (stamps.Count == 0) return null;
        var expires = stamps[0].Element(SoapNames.Utility + "Expires")?.Value;
        var ended = expires is not null && (!TryRead(expires, out var end) || end < time.GetUtcNow());
        return stamps.Count > 1 || ended || !IsFresh(stamps[0].Element(SoapNames.Utility + "Created")?.Value, out created) ? NotFresh("Timestamp") : null;
    }

    private bool IsFresh(string? written, out DateTimeOffset created)
    {
        created = default;
        return written is not null && TryRead(written, out created) && (time.GetUtcNow() - created).Duration() <= Window;
    }

    public static Problem NotFresh(string what) => new(ProblemCatalogue.MessageNotFresh, what, Limit: $"{Window.TotalMinutes:0} min");

    private static bool TryRead(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
}
