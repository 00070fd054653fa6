using System.Net;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Hub.OpenId;
using DocExchange.IntegrationTests.Clerk;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DocExchange.IntegrationTests.OpenId;

/// <summary>What somebody between person, issuer and hub can try; each ends with no session and a piece of evidence.</summary>
public sealed class OpenIdAttackTests : IClassFixture<OpenIdFixture>, IAsyncLifetime
{
    private const string Subject = "demo-nannhan";

    private readonly OpenIdFixture _fixture;

    public OpenIdAttackTests(OpenIdFixture fixture) => _fixture = fixture;

    public async Task InitializeAsync()
    {
        (_fixture.Provider.Spoil, _fixture.Provider.Forge) = (null, null);
        if (await _fixture.Hub.PartyStore.FindAccountAsync("nannhan", default) is null) await _fixture.AddAsync("nannhan", subject: Subject);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, string, object?> Lies => new()
    {
        { "nonce", "nonce", "another-sign-in" },
        { "nonce", "nonce", null },
        { "token", "aud", "another-client" },
        { "party", "aud", new[] { "docexchange-sandbox", "another-client" } },
        { "party", "azp", "another-client" },
        { "token", "iss", "https://elsewhere.example" },
        { "token", "exp", 1_700_000_000L },
        { "token", "exp", null },
        { "token", "nbf", 4_000_000_000L },
        { "subject", "sub", "" },
        { "subject", "sub", new string('s', 256) },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_token_for_another_sign_in_client_or_time_is_refused(string reason, string claim, object? value)
    {
        _fixture.Provider.Spoil = claims => Set(claims, claim, value);

        await AssertRefusedAsync(reason);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("public key as a secret")]
    [InlineData("another key under the same id")]
    [InlineData("a key nobody published")]
    [InlineData("changed after signing")]
    public async Task A_token_the_issuer_did_not_sign_is_refused(string forgery)
    {
        using var foreign = RSA.Create(2048);
        var publicKey = ((RsaSecurityKey)_fixture.Provider.Signer.Key).Rsa.ExportSubjectPublicKeyInfoPem();
        _fixture.Provider.Forge = text => forgery switch
        {
            "none" => Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + Base64UrlEncoder.Encode(text) + ".",
            "public key as a secret" => Sign(text, new SigningCredentials(new SymmetricSecurityKey(Encoding.ASCII.GetBytes(publicKey)) { KeyId = _fixture.Provider.KeyId }, SecurityAlgorithms.HmacSha256)),
            "another key under the same id" => Sign(text, new SigningCredentials(new RsaSecurityKey(foreign) { KeyId = _fixture.Provider.KeyId }, SecurityAlgorithms.RsaSha256)),
            "a key nobody published" => Sign(text, new SigningCredentials(new RsaSecurityKey(foreign) { KeyId = "unknown" }, SecurityAlgorithms.RsaSha256)),
            _ => Changed(Sign(text.Replace(Subject, "demo-khac", StringComparison.Ordinal), _fixture.Provider.Signer), text),
        };

        await AssertRefusedAsync("token");
    }

    [Fact]
    public async Task An_access_token_of_the_same_issuer_is_no_proof_of_who_somebody_is()
    {
        _fixture.Provider.Forge = text => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(text, _fixture.Provider.Signer, new Dictionary<string, object> { ["typ"] = "at+jwt" });

        await AssertRefusedAsync("kind");
    }

    [Fact]
    public async Task An_answer_that_names_another_issuer_or_none_is_refused_and_its_code_not_shown_to_anybody()
    {
        using var person = new Person(_fixture.Hub.Address);
        var answer = await OpenIdFixture.ChooseAsync(person, Subject);
        var mixedUp = answer.Replace(Uri.EscapeDataString(_fixture.Issuer), Uri.EscapeDataString("https://evil.example"), StringComparison.Ordinal);
        Assert.NotEqual(answer, mixedUp);

        Assert.Equal(HttpStatusCode.BadRequest, (await person.GetAsync(mixedUp)).Status);

        // That sign-in is over; the next one is another.
        Assert.Equal(HttpStatusCode.BadRequest, (await person.GetAsync(answer)).Status);
        var unnamed = await OpenIdFixture.ChooseAsync(person, Subject);
        Assert.Equal(HttpStatusCode.BadRequest, (await person.GetAsync(unnamed[..unnamed.IndexOf("&iss=", StringComparison.Ordinal)] + unnamed[unnamed.IndexOf("&code=", StringComparison.Ordinal)..])).Status);
        Assert.False(await _fixture.IsSignedInAsync(person));
        Assert.Equal(2, (await _fixture.RefusalsAsync()).Count(r => r == "organisation: issuer"));
    }

    [Fact]
    public async Task An_answer_counts_once_and_only_in_the_browser_that_asked()
    {
        using var victim = new Person(_fixture.Hub.Address);
        using var attacker = new Person(_fixture.Hub.Address);
        var answer = await OpenIdFixture.ChooseAsync(attacker, Subject);

        // Sent to somebody else, so that they work as the attacker (login CSRF): no cookie, or that of another sign-in.
        Assert.Equal(HttpStatusCode.BadRequest, (await victim.GetAsync(answer)).Status);
        await victim.GetAsync(OpenIdSignIn.Path);
        Assert.Equal(HttpStatusCode.BadRequest, (await victim.GetAsync(answer)).Status);
        Assert.False(await _fixture.IsSignedInAsync(victim));

        Assert.Equal(HttpStatusCode.OK, (await attacker.GetAsync(answer)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await attacker.GetAsync(answer)).Status);
        Assert.Contains(EvidenceEvents.CallerRefused, (await Callers.EvidenceReads.EventsAsync(_fixture.Hub)).Select(e => e.Event));
    }

    [Fact]
    public async Task A_code_of_another_sign_in_put_under_ones_own_state_gives_no_token()
    {
        using var victim = new Person(_fixture.Hub.Address);
        using var attacker = new Person(_fixture.Hub.Address);
        var stolen = CodeOf(await OpenIdFixture.ChooseAsync(victim, Subject));
        var own = await OpenIdFixture.ChooseAsync(attacker, "demo-nguoila");

        var page = await attacker.GetAsync(own.Replace(CodeOf(own), stolen, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.False(await _fixture.IsSignedInAsync(attacker));
        Assert.Contains("organisation: no token", await _fixture.RefusalsAsync());
    }

    [Fact]
    public async Task Cookie_and_answer_sent_again_together_open_nothing_even_if_the_issuer_takes_its_code_twice()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _fixture.Hub.Address };
        using var asked = await http.GetAsync(OpenIdSignIn.Path);
        var cookie = asked.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var issuerTokens = new List<string>();
        _fixture.Provider.Forge = text => Remembered(issuerTokens, Sign(text, _fixture.Provider.Signer));
        var answer = (await PressAsync(http, asked.Headers.Location!)).ToString();
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync(http, answer, cookie)).StatusCode);

        // Another code for the same question; the token is the one of before, with its nonce.
        _fixture.Provider.Forge = _ => issuerTokens[0];
        var again = (await PressAsync(http, asked.Headers.Location!)).ToString();

        Assert.Equal(HttpStatusCode.BadRequest, (await AnswerAsync(http, again, cookie)).StatusCode);
        Assert.Contains("organisation: used before", await _fixture.RefusalsAsync());
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/x\r\nSet-Cookie: a=b")]
    public async Task The_way_back_never_leads_to_another_site(string back)
    {
        using var person = new Person(_fixture.Hub.Address);

        Assert.Equal("0;url=/", (await OpenIdFixture.SignInAsync(person, Subject, back: back)).Headers["Refresh"].Single());
    }

    [Fact]
    public async Task A_person_who_turns_back_at_the_issuer_is_not_signed_in()
    {
        using var person = new Person(_fixture.Hub.Address);

        Assert.Equal(HttpStatusCode.BadRequest, (await OpenIdFixture.SignInAsync(person, "")).Status);
        Assert.Contains("organisation: no code", await _fixture.RefusalsAsync());
    }

    private async Task AssertRefusedAsync(string reason)
    {
        var before = (await _fixture.RefusalsAsync()).Count;
        using var person = new Person(_fixture.Hub.Address);

        var page = await OpenIdFixture.SignInAsync(person, Subject);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.False(await _fixture.IsSignedInAsync(person));
        Assert.Equal(["organisation: " + reason], (await _fixture.RefusalsAsync()).Skip(before));
    }

    private static void Set(Dictionary<string, object> claims, string claim, object? value)
    {
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;
    }

    private static string Sign(string text, SigningCredentials signer) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(text, signer);

    private static string Changed(string signed, string text) => signed.Split('.') is [var head, _, var signature] ? $"{head}.{Base64UrlEncoder.Encode(text)}.{signature}" : "";

    private static string Remembered(List<string> tokens, string token)
    {
        tokens.Add(token);
        return token;
    }

    private static string CodeOf(string answer) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(answer).Query)["code"].ToString();

    private static async Task<Uri> PressAsync(HttpClient http, Uri asked)
    {
        using var pressed = await http.PostAsync(asked, new FormUrlEncodedContent([new("person", Subject)]));
        return pressed.Headers.Location!;
    }

    private static async Task<HttpResponseMessage> AnswerAsync(HttpClient http, string answer, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, answer);
        request.Headers.Add("Cookie", cookie);
        return await http.SendAsync(request);
    }
}
