using System.Text;
using DocExchange.Hub.OpenId;
using DocExchange.Hub.Operations;

namespace DocExchange.UnitTests.OpenId;

/// <summary>Only an issuer that speaks of itself, and of places nobody on the way can stand in for, is believed.</summary>
public sealed class IssuerDocumentTests
{
    private const string Issuer = "https://sso.example/realms/tinh";

    private const string Good = """
        {"issuer":"https://sso.example/realms/tinh","authorization_endpoint":"https://sso.example/a?x=1","token_endpoint":"https://sso.example/t","jwks_uri":"https://sso.example/k"}
        """;

    [Fact]
    public void What_an_issuer_says_of_itself_is_read_and_unknown_members_are_passed_over()
    {
        var read = IssuerDocument.Parse(Encoding.UTF8.GetBytes(Good.Replace("\"token_endpoint\"", "\"x\":[1],\"authorization_response_iss_parameter_supported\":true,\"token_endpoint\"", StringComparison.Ordinal)), Issuer, HubMode.Production);

        Assert.Equal(new IssuerDocument("https://sso.example/a?x=1", "https://sso.example/t", "https://sso.example/k", null, NamesItself: true, TakesSecretInForm: false), read);
    }

    [Theory]
    [InlineData("https://sso.example/realms/tinh", "https://sso.example/realms/tinh/")]
    [InlineData("https://sso.example/realms/tinh", "https://evil.example")]
    [InlineData("https://sso.example/t", "http://sso.example/t")]
    [InlineData("https://sso.example/k", "http://127.0.0.1/k")]
    [InlineData("https://sso.example/a", "javascript:alert")]
    [InlineData("\"jwks_uri\"", "\"jwks\"")]
    [InlineData("{", "[")]
    public void Another_issuer_a_plain_line_or_a_missing_place_is_refused(string part, string instead)
    {
        Assert.Null(IssuerDocument.Parse(Encoding.UTF8.GetBytes(Good.Replace(part, instead, StringComparison.Ordinal)), Issuer, HubMode.Production));
    }

    [Theory]
    [InlineData(HubMode.Production, "http://127.0.0.1:8081/openid", "Issuer")]
    [InlineData(HubMode.Sandbox, "http://sso.example/openid", "Issuer")]
    [InlineData(HubMode.Sandbox, "https://sso.example/openid?a=b", "Issuer")]
    [InlineData(HubMode.Sandbox, "http://127.0.0.1:8081/openid", null)]
    [InlineData(HubMode.Production, "https://sso.example/openid", null)]
    public void Settings_that_would_let_somebody_on_the_way_sign_in_as_anybody_are_refused(HubMode mode, string issuer, string? wrong)
    {
        var settings = new OpenIdSettings { Issuer = issuer, ClientId = "hub", PublicAddress = "https://hub.example" };

        Assert.Equal(wrong is null ? [] : [wrong], settings.Problems(mode).Select(p => p.Key));
    }
}
