using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Hub.Edges.Callers;
using Microsoft.IdentityModel.JsonWebTokens;

namespace DocExchange.Hub.OpenId;

/// <summary>What an id_token says of a person, once its signature, issuer, audience and times hold.</summary>
/// <param name="HasSecondFactor">The issuer says that it took one.</param>
internal sealed record PersonToken(IssuedIdentity Identity, bool HasSecondFactor)
{
    /// <summary>The person, or in a word why the token is not for this sign-in (OpenID Connect Core 1.0 §3.1.3.7).</summary>
    public static (PersonToken? Person, string Objection) Judge(JsonWebToken token, OpenIdSettings settings, string nonce)
    {
        // A token that opens interfaces is none that says who somebody is, though the same keys sign it (RFC 9068 §2.1).
        if (token.Typ is "at+jwt" or "application/at+jwt") return (null, "kind");
        var party = IssuedTokens.TextOf(token, "azp");
        if (party is null ? token.Audiences.Skip(1).Any() : party != settings.ClientId) return (null, "party");
        var written = IssuedTokens.TextOf(token, "nonce") ?? "";
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(written), Encoding.UTF8.GetBytes(nonce))) return (null, "nonce");
        if (IssuedTokens.TextOf(token, settings.AccountClaim) is not { Length: <= IssuedIdentity.LongestSubject } subject) return (null, "subject");
        return (new PersonToken(new IssuedIdentity(settings.Issuer, subject), SaysSecondFactor(token, settings)), "");
    }

    private static bool SaysSecondFactor(JsonWebToken token, OpenIdSettings settings) =>
        (IssuedTokens.TextOf(token, "acr") is { } level && settings.SecondFactorClasses.Contains(level))
        || IssuedTokens.WordsOf(token, "amr").Any(settings.SecondFactorMethods.Contains);
}
