using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DocExchange.Hub.Edges.Callers;

/// <summary>
/// What every token of an issuer must be, a system's or a person's: signed by one of the issuer's keys with an asymmetric algorithm, from that
/// issuer, for this audience, now by the hub's clock.
/// </summary>
public sealed partial class IssuedTokens(TimeProvider time, ILogger<IssuedTokens> logger)
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = 16 * 1024, MapInboundClaims = false };

    /// <summary>The token, when all of it holds; null otherwise. The reason is for whoever runs the hub and stands in its log alone.</summary>
    public async ValueTask<JsonWebToken?> ReadAsync(string token, string issuer, string audience, IssuerKeys keys, CancellationToken cancellationToken)
    {
        if (!_handler.CanReadToken(token)) return null;
        var signers = await keys.FindAsync(KeyIdOf(token), cancellationToken).ConfigureAwait(false);
        var result = await _handler.ValidateTokenAsync(token, RulesWith(issuer, audience, signers)).ConfigureAwait(false);
        if (result.IsValid) return (JsonWebToken)result.SecurityToken;
        LogRefused(logger, result.Exception?.GetType().Name ?? "unknown");
        return null;
    }

    /// <summary>A claim's text; null where there is none, or an empty one, or one that is no text.</summary>
    public static string? TextOf(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) && text is { Length: > 0 } ? text : null;

    /// <summary>A claim's words: of one text, separated by blanks as in <c>scope</c>, or of a list of texts as in <c>amr</c>.</summary>
    public static IReadOnlyList<string> WordsOf(JsonWebToken token, string claim) =>
        // In this order: a list is given as its text, too.
        token.TryGetPayloadValue<JsonElement>(claim, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!)]
            : TextOf(token, claim)?.Split(' ') ?? [];

    /// <summary>Times are judged by the hub's clock, which tests set.</summary>
    private TokenValidationParameters RulesWith(string issuer, string audience, IReadOnlyList<SecurityKey> signers) => new()
    {
        ValidIssuer = issuer,
        ValidAudience = audience,
        IssuerSigningKeys = signers,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) => expires is { } end && time.GetUtcNow() <= end + Skew && (notBefore is not { } start || time.GetUtcNow() >= start - Skew),
    };

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

    [LoggerMessage(EventId = 2022, Level = LogLevel.Information, Message = "A token was not taken: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
