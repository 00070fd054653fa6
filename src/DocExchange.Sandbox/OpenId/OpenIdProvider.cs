using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DocExchange.Sandbox.OpenId;

/// <summary>
/// An OpenID provider to try a hub with: anybody may be anybody at the press of a button. Its key is made at every start. It gives codes for PKCE
/// with S256 alone, each good once, and sends people back to this machine only.
/// </summary>
public sealed class OpenIdProvider : IDisposable
{
    public const string Client = "docexchange-sandbox";
    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, OpenIdGrant> _grants = [];
    private readonly TimeProvider _time;
    private RSA _key = RSA.Create(2048);

    /// <param name="folder">Holds <c>openid.secret</c>, the client's secret; it is made when absent.</param>
    internal OpenIdProvider(string folder, TimeProvider time)
    {
        _time = time;
        SecretFile = Path.Combine(folder, "openid.secret");
        if (!File.Exists(SecretFile)) DurableFile.Write(SecretFile, Encoding.ASCII.GetBytes(Ids.Secret()));
        Secret = File.ReadAllText(SecretFile).Trim();
    }

    public string SecretFile { get; }

    /// <summary>How a test spoils the next tokens.</summary>
    public Action<Dictionary<string, object>>? Spoil { get; set; }

    /// <summary>What signs instead of the provider's own key; how a test forges.</summary>
    public Func<string, string>? Forge { get; set; }

    public string KeyId { get; private set; } = "sandbox-1";

    internal string Secret { get; }

    /// <summary>The provider's own signature, for tests that want it with other words around.</summary>
    public SigningCredentials Signer => new(new RsaSecurityKey(_key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256);

    /// <summary>Signs with another key from now on, as issuers do from time to time.</summary>
    public void ChangeKey(string id)
    {
        _key = RSA.Create(2048);
        KeyId = id;
    }

    public void Dispose() => _key.Dispose();

    internal object Keys()
    {
        var key = _key.ExportParameters(false);
        return new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } };
    }

    internal string Grant(OpenIdGrant grant)
    {
        var code = Ids.Secret();
        _grants[code] = grant with { Until = _time.GetUtcNow() + CodeLasts };
        return code;
    }

    /// <summary>The token for a code; null when it was used, is too old, or what was shown with it does not fit.</summary>
    internal string? Redeem(string issuer, string code, string verifier, string @return)
    {
        if (!_grants.TryRemove(code, out var grant) || _time.GetUtcNow() > grant.Until || grant.Return != @return) return null;
        return Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == grant.Challenge ? Token(issuer, grant) : null;
    }

    private string Token(string issuer, OpenIdGrant grant)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object> { ["iss"] = issuer, ["sub"] = grant.Subject, ["aud"] = grant.Client, ["iat"] = now, ["exp"] = now + 300, ["nonce"] = grant.Nonce, ["amr"] = grant.SecondFactor ? new[] { "pwd", "mfa" } : ["pwd"] };
        Spoil?.Invoke(claims);
        var text = JsonSerializer.Serialize(claims);
        return Forge is { } forge ? forge(text) : new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(text, Signer);
    }
}
