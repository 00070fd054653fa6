using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DocExchange.Hub.Edges.Callers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DocExchange.IntegrationTests.Callers;

/// <summary>A token issuer for tests: a key, a file with its public half, and whatever tokens a test wants.</summary>
public sealed class TestIssuer : IDisposable
{
    public const string Name = "https://issuer.example";
    public const string Audience = "https://hub.example";

    private readonly string _file;
    private RSA _key = RSA.Create(2048);

    public TestIssuer(string file)
    {
        _file = file;
        Publish("key-1");
    }

    public string KeyId { get; private set; } = "";

    /// <summary>The public key as text: what an attacker has.</summary>
    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public void Configure(TokenSettings settings) => (settings.Issuer, settings.Audience, settings.Keys) = (Name, Audience, _file);

    public void ChangeKey(string id)
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        Publish(id);
    }

    public string Token(string? client, Action<Dictionary<string, object>>? change = null, SigningCredentials? signer = null, X509Certificate2? boundTo = null)
    {
        var now = DateTimeOffset.UtcNow;
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Name,
            ["aud"] = Audience,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        if (client is not null) claims["client_id"] = claims["sub"] = client;
        if (boundTo is not null) claims["cnf"] = new Dictionary<string, object> { ["x5t#S256"] = Base64UrlEncoder.Encode(boundTo.GetCertHash(HashAlgorithmName.SHA256)) };
        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(JsonSerializer.Serialize(claims), signer ?? Signer());
    }

    public SigningCredentials Signer(string algorithm = SecurityAlgorithms.RsaSha256) => new(new RsaSecurityKey(_key) { KeyId = KeyId }, algorithm);

    public void Dispose() => _key.Dispose();

    private void Publish(string id)
    {
        KeyId = id;
        var key = _key.ExportParameters(false);
        File.WriteAllText(_file, JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "RSA", use = "sig", kid = id, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } },
        }));
    }
}
