using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DocExchange.Hub.Edges.Callers;

/// <summary>
/// Tokens of the configured issuer (RFC 9068, client credentials): given to a system itself and to no person, and on the line of the certificate
/// they are bound to, if they are. Which system a client is stands in the directory of systems, not in the token.
/// </summary>
public sealed class BearerTokens(HubOptions options, IssuedTokens tokens, IssuerKeys keys, ClientCertificates certificates, CurrentParties parties, TimeProvider time)
{
    public bool AreTaken => options.Tokens.Issuer.Length > 0;

    /// <summary>The system the token's client is bound to; null when the token or the binding does not hold.</summary>
    public async ValueTask<PartnerSystem?> FindSystemAsync(HttpContext http, string token)
    {
        if (!AreTaken) return null;
        var read = await tokens.ReadAsync(token, options.Tokens.Issuer, options.Tokens.Audience, keys, http.RequestAborted).ConfigureAwait(false);
        if (read is null || !IsOnItsLine(read, http)) return null;
        var client = IssuedTokens.TextOf(read, options.Tokens.ClientClaim) ?? IssuedTokens.TextOf(read, "azp");
        return client is null || !IsOfSystemItself(read, client) ? null : parties.Book.FindHolder(CredentialKind.OAuthClient, Encoding.UTF8.GetBytes(client), time.GetUtcNow());
    }

    /// <summary>
    /// A token that a person got through the same client names that client too, and must not open a system's mailbox. Without a mark of the
    /// issuer's, the subject decides: a client that speaks for itself is its own subject (RFC 9068 §2.2).
    /// </summary>
    private bool IsOfSystemItself(JsonWebToken token, string client)
    {
        if (token.Typ is { Length: > 0 } and not ("JWT" or "jwt" or "at+jwt" or "application/at+jwt")) return false;
        if (options.Tokens.SystemMark.Split('=', 2) is not [var claim, var word]) return token.Subject == client;
        return IssuedTokens.WordsOf(token, claim).Contains(word);
    }

    /// <summary>RFC 8705 §3: a token bound to a certificate counts only where that certificate is shown.</summary>
    private bool IsOnItsLine(JsonWebToken token, HttpContext http)
    {
        if (!token.TryGetPayloadValue<JsonElement>("cnf", out var bound)) return !options.Tokens.BoundOnly;
        if (bound.ValueKind != JsonValueKind.Object || !bound.TryGetProperty("x5t#S256", out var written) || written.ValueKind != JsonValueKind.String) return false;
        if (certificates.ShownOn(http) is not { } certificate) return false;
        var shown = Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(shown), Encoding.ASCII.GetBytes(written.GetString()!));
    }
}
