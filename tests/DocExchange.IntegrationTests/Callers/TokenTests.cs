using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;
using Microsoft.IdentityModel.Tokens;

namespace DocExchange.IntegrationTests.Callers;

/// <summary>Tokens of the configured issuer open the JSON interface for the system their client is bound to; nothing that only looks like one does.</summary>
public sealed class TokenTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    private TestIssuer Issuer => fixture.Issuer;

    [Fact]
    public async Task A_token_of_a_bound_client_opens_the_json_interface()
    {
        await BindAsync("oauth-01", "client-01");

        (await fixture.ListAsync(bearer: Issuer.Token("client-01"))).Is(200);
        (await fixture.ListOverSoapAsync(bearer: Issuer.Token("client-01"))).Ok();
        (await fixture.ListOverSoapAsync(bearer: Issuer.Token("client-01", claims => claims["aud"] = "https://another-hub.example"))).Refuses("DX-0001");
        (await fixture.ListAsync(bearer: Issuer.Token(null, claims => claims["azp"] = claims["sub"] = "client-01"))).Is(200);
    }

    [Fact]
    public async Task A_token_of_another_issuer_for_another_audience_or_outside_its_time_is_refused()
    {
        await BindAsync("oauth-02", "client-02");
        var now = DateTimeOffset.UtcNow;
        Action<Dictionary<string, object>>[] wrongs =
        [
            claims => claims["iss"] = "https://elsewhere.example",
            claims => claims["aud"] = "https://another-hub.example",
            claims => claims.Remove("aud"),
            claims => (claims["nbf"], claims["exp"]) = (now.AddHours(-2).ToUnixTimeSeconds(), now.AddHours(-1).ToUnixTimeSeconds()),
            claims => claims["nbf"] = now.AddMinutes(2).ToUnixTimeSeconds(),
            claims => claims.Remove("exp"),
            claims => claims["client_id"] = "client-nobody-bound",
        ];

        foreach (var wrong in wrongs) (await fixture.ListAsync(bearer: Issuer.Token("client-02", wrong))).Refuses(401, "DX-0001");
    }

    [Fact]
    public async Task A_token_that_a_person_got_through_the_same_client_is_refused()
    {
        await BindAsync("oauth-07", "client-07");
        var options = fixture.Hub.Hub.Options.Tokens;

        (await fixture.ListAsync(bearer: Issuer.Token("client-07", claims => claims["sub"] = "person-1"))).Refuses(401, "DX-0001");
        (await fixture.ListAsync(bearer: Issuer.Token("client-07", claims => claims.Remove("sub")))).Refuses(401, "DX-0001");
        options.SystemMark = "scope=hub.system";
        try
        {
            // An issuer whose systems have subjects of their own says by a word that the token is a system's.
            (await fixture.ListAsync(bearer: Issuer.Token("client-07", claims => (claims["sub"], claims["scope"]) = ("service-7", "email hub.system")))).Is(200);
            (await fixture.ListAsync(bearer: Issuer.Token("client-07", claims => (claims["sub"], claims["scope"]) = ("person-1", "email hub.systems")))).Refuses(401, "DX-0001");
            (await fixture.ListAsync(bearer: Issuer.Token("client-07"))).Refuses(401, "DX-0001");
        }
        finally
        {
            options.SystemMark = "";
        }
    }

    [Fact]
    public async Task A_token_that_is_unsigned_or_signed_with_another_key_or_with_the_public_key_as_a_secret_is_refused()
    {
        await BindAsync("oauth-03", "client-03");
        using var foreign = RSA.Create(2048);
        var good = Issuer.Token("client-03").Split('.');
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + good[1] + ".";
        var publicAsSecret = new SigningCredentials(new SymmetricSecurityKey(Encoding.ASCII.GetBytes(Issuer.PublicKeyPem)) { KeyId = Issuer.KeyId }, SecurityAlgorithms.HmacSha256);
        var forged = new SigningCredentials(new RsaSecurityKey(foreign) { KeyId = Issuer.KeyId }, SecurityAlgorithms.RsaSha256);
        string[] wrongs =
        [
            unsigned, Issuer.Token("client-03", signer: publicAsSecret), Issuer.Token("client-03", signer: forged), good[0] + "." + good[1] + ".",
            good[0] + "." + Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(good[1]).Replace("client-03", "client-04", StringComparison.Ordinal)) + "." + good[2], "a.b.c", "..",
        ];

        foreach (var wrong in wrongs) (await fixture.ListAsync(bearer: wrong)).Refuses(401, "DX-0001");
    }

    [Fact]
    public async Task A_token_bound_to_a_certificate_counts_on_its_line_alone()
    {
        await BindAsync("oauth-05", "client-05");
        var (own, stolen) = (fixture.IssueClient("so-05"), fixture.IssueClient("so-06"));
        var token = Issuer.Token("client-05", boundTo: own);

        (await fixture.ListAsync(own, token)).Is(200);
        (await fixture.ListAsync(stolen, token)).Refuses(401, "DX-0001");
        (await fixture.ListAsync(bearer: token)).Refuses(401, "DX-0001");
    }

    [Fact]
    public async Task A_system_that_was_suspended_is_not_opened_by_its_token()
    {
        var system = await BindAsync("oauth-06", "client-06");

        await fixture.Hub.PartyStore.SaveSystemAsync(system with { Enabled = false }, "test", default);

        (await fixture.ListAsync(bearer: Issuer.Token("client-06"))).Refuses(401, "DX-0001");
    }

    private async Task<PartnerSystem> BindAsync(string system, string client)
    {
        var added = await fixture.AddSystemAsync(system);
        await fixture.BindAsync(added, CredentialKind.OAuthClient, Encoding.UTF8.GetBytes(client));
        return added;
    }
}
