using System.Text.Json;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.OpenId;

/// <summary>What the issuer says of itself (OpenID Connect Discovery 1.0 §3), as far as it is used.</summary>
internal sealed record IssuerDocument(string Authorization, string Token, string Keys, string? SignOut, bool NamesItself, bool TakesSecretInForm)
{
    /// <summary>Null when the text is none, speaks of another issuer, or names places that may not be used.</summary>
    public static IssuerDocument? Parse(byte[] text, string issuer, HubMode mode)
    {
        try
        {
            using var read = JsonDocument.Parse(text);
            var root = read.RootElement;
            // §4.3: a document about somebody else is how one issuer would pass for another.
            if (TextOf(root, "issuer") != issuer) return null;
            if (Place(root, "authorization_endpoint", mode) is not { } authorization || Place(root, "token_endpoint", mode) is not { } token || Place(root, "jwks_uri", mode) is not { } keys) return null;
            return new IssuerDocument(authorization, token, keys, Place(root, "end_session_endpoint", mode), Says(root, "authorization_response_iss_parameter_supported"), TakesFormOnly(root));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Place(JsonElement root, string name, HubMode mode) => TextOf(root, name) is { } place && OpenIdSettings.IsUsable(place.Split('?')[0], mode) && !place.Contains('#', StringComparison.Ordinal) ? place : null;

    private static string? TextOf(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Says(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>An issuer that names no methods takes the secret in the header.</summary>
    private static bool TakesFormOnly(JsonElement root) =>
        root.TryGetProperty("token_endpoint_auth_methods_supported", out var methods) && methods.ValueKind == JsonValueKind.Array
        && methods.EnumerateArray().Select(m => m.ToString()).ToList() is var named && named.Contains("client_secret_post") && !named.Contains("client_secret_basic");
}
