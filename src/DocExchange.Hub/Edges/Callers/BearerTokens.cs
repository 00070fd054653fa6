using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DocExchange.Hub.Edges.Callers;

/// <summary>
/// Tokens of the configured issuer (RFC 9068, client credentials): signed by one of its keys with an asymmetric algorithm, for this hub, now,
/// and on the line of the certificate they are bound to, if they are. Which system a client is stands in the directory of systems, not in the token.
/// </summary>
public sealed partial class BearerTokens(HubOptions options, IssuerKeys keys, ClientCertificates certificates, CurrentParties parties, TimeProvider time, ILogger<BearerTokens> logger)
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = 16 * 1024, MapInboundClaims = false };

    public bool AreTaken => options.Tokens.Issuer.Length > 0;

    /// <summary>The system the token's client is bound to; null when the token or the binding does not hold.</summary>
    public async ValueTask<PartnerSystem?> FindSystemAsync(HttpContext http, string token)
    {
        if (!AreTaken || !_handler.CanReadToken(token)) return null;
        var signers = await keys.FindAsync(KeyIdOf(token), http.RequestAborted).ConfigureAwait(false);
        var result = await _handler.ValidateTokenAsync(token, RulesWith(signers)).ConfigureAwait(false);
        if (!result.IsValid)
        {
            // The reason is for whoever runs the hub; the caller learns only that it is not taken.
            LogRefused(logger, result.Exception?.GetType().Name ?? "unknown");
            return null;
        }
        var read = (JsonWebToken)result.SecurityToken;
        if (!IsOnItsLine(read, http)) return null;
        var client = TextOf(read, options.Tokens.ClientClaim) ?? TextOf(read, "azp");
        return client is null ? null : parties.Book.FindHolder(CredentialKind.OAuthClient, Encoding.UTF8.GetBytes(client), time.GetUtcNow());
    }

    private TokenValidationParameters RulesWith(IReadOnlyList<SecurityKey> signers) => new()
    {
        ValidIssuer = options.Tokens.Issuer,
        ValidAudience = options.Tokens.Audience,
        IssuerSigningKeys = signers,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        // By the hub's clock, which tests set.
        LifetimeValidator = (notBefore, expires, _, _) => expires is { } end && time.GetUtcNow() <= end + Skew && (notBefore is not { } start || time.GetUtcNow() >= start - Skew),
    };

    /// <summary>RFC 8705 §3: a token bound to a certificate counts only where that certificate is shown.</summary>
    private bool IsOnItsLine(JsonWebToken token, HttpContext http)
    {
        if (!token.TryGetPayloadValue<JsonElement>("cnf", out var bound)) return !options.Tokens.BoundOnly;
        if (bound.ValueKind != JsonValueKind.Object || !bound.TryGetProperty("x5t#S256", out var written) || written.ValueKind != JsonValueKind.String) return false;
        if (certificates.ShownOn(http) is not { } certificate) return false;
        var shown = Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(shown), Encoding.ASCII.GetBytes(written.GetString()!));
    }

    private string? KeyIdOf(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token).Kid is { Length: > 0 } id ? id : null;
        }
        catch (ArgumentException)
        {
            // No token after all; its validation will say so.
            return null;
        }
    }

    private static string? TextOf(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) && text.Length > 0 ? text : null;

    [LoggerMessage(EventId = 2022, Level = LogLevel.Information, Message = "A token was not taken: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
