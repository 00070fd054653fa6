using System.Net;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Hub.OpenId;
using DocExchange.IntegrationTests.Clerk;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Hub.People;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.OpenId;

/// <summary>People come in by their organisation's account as the local account they are linked to, and as nothing else.</summary>
public sealed class OpenIdSignInTests(OpenIdFixture fixture) : IClassFixture<OpenIdFixture>
{
    [Fact]
    public async Task A_linked_person_comes_in_where_they_wanted_to_go_with_evidence_by_account_id()
    {
        var account = await fixture.AddAsync("vanthu", subject: "demo-vanthu");
        using var person = new Person(fixture.Hub.Address);
        Assert.Contains(OpenIdSignIn.Path + "?back=%2F%3Fq%3D108", (await person.GetAsync("/sign-in?back=%2F%3Fq%3D108")).Text, StringComparison.Ordinal);

        var page = await OpenIdFixture.SignInAsync(person, "demo-vanthu", back: "/?q=108");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("0;url=/?q=108", page.Headers["Refresh"].Single());
        Assert.Contains("samesite=strict", page.Headers["Set-Cookie"].Single(c => c.StartsWith("dx-session=", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("vanthu", (await person.GetAsync("/?q=108")).Text, StringComparison.Ordinal);
        var entry = (await Callers.EvidenceReads.EventsAsync(fixture.Hub)).Last(e => e.Event == EvidenceEvents.AccountSignedIn);
        Assert.Equal(("account " + account.Id, "organisation"), (entry.Actor, entry.Detail));
    }

    [Fact]
    public async Task The_question_to_the_issuer_carries_state_nonce_and_a_pkce_challenge_and_nothing_secret()
    {
        using var person = new Person(fixture.Hub.Address);
        var asked = await person.GetAsync(OpenIdSignIn.Path);

        var query = QueryHelpers.ParseQuery(new Uri(asked.Location!).Query);
        Assert.Equal(["client_id", "code_challenge", "code_challenge_method", "nonce", "redirect_uri", "response_type", "scope", "state", "ui_locales"], query.Keys.Order());
        Assert.Equal(("code", "S256", "openid"), (query["response_type"].ToString(), query["code_challenge_method"].ToString(), query["scope"].ToString()));
        Assert.Equal(new Uri(fixture.Hub.Address, OpenIdSignIn.AnswerPath).AbsoluteUri, query["redirect_uri"].ToString());
        Assert.All([query["state"], query["nonce"], query["code_challenge"]], value => Assert.True(value.ToString().Length >= 32));
        var cookie = asked.Headers["Set-Cookie"].Single();
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("path=" + OpenIdSignIn.Path, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_nobody_linked_gets_nothing_but_the_name_to_be_linked_by_and_the_evidence_does_not_hold_it()
    {
        using var person = new Person(fixture.Hub.Address);

        var page = await OpenIdFixture.SignInAsync(person, "demo-nguoila");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("<code>demo-nguoila</code>", page.Text, StringComparison.Ordinal);
        Assert.False(await fixture.IsSignedInAsync(person));
        Assert.Contains("organisation: not linked", await fixture.RefusalsAsync());
        Assert.DoesNotContain(await Callers.EvidenceReads.EventsAsync(fixture.Hub), e => (e.Detail ?? "").Contains("nguoila", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disabled_account_stays_closed_and_taking_the_link_away_ends_the_session()
    {
        var account = await fixture.AddAsync("nghiviec", subject: "demo-nghiviec");
        using var person = new Person(fixture.Hub.Address);
        await OpenIdFixture.SignInAsync(person, "demo-nghiviec");
        Assert.True(await fixture.IsSignedInAsync(person));

        await fixture.Accounts.LinkAsync(account, null, "test", default);
        Assert.False(await fixture.IsSignedInAsync(person));

        await fixture.Accounts.LinkAsync(account, new IssuedIdentity(fixture.Issuer, "demo-nghiviec"), "test", default);
        await fixture.Hub.PartyStore.SaveAccountAsync(account with { Enabled = false }, "test", default);
        Assert.Equal(HttpStatusCode.Forbidden, (await OpenIdFixture.SignInAsync(person, "demo-nghiviec")).Status);
    }

    [Fact]
    public async Task A_second_factor_enrolled_here_is_asked_for_unless_the_issuer_took_one()
    {
        var account = await fixture.AddAsync("hailop", subject: "demo-hailop");
        var secret = Totp.NewSecret();
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / Totp.StepSeconds;
        await fixture.Hub.Hub.Services.GetRequiredService<SecondFactors>().EnrolAsync(account, secret, Totp.CodeAt(secret, now), "test", default);
        using var person = new Person(fixture.Hub.Address);

        var asked = await OpenIdFixture.SignInAsync(person, "demo-hailop");
        Assert.False(await fixture.IsSignedInAsync(person));
        await OpenIdFixture.SignInAsync(person, "demo-hailop");
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.PostAsync(OpenIdSignIn.Path + "/code", ("kept", OpenIdFixture.Kept(asked)), ("code", "000000"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await person.PostAsync(OpenIdSignIn.Path + "/code", ("kept", OpenIdFixture.Kept(asked)), ("code", Totp.CodeAt(secret, now + 1)))).Status);
        Assert.True(await fixture.IsSignedInAsync(person));

        using var another = new Person(fixture.Hub.Address);
        Assert.Equal("0;url=/", (await OpenIdFixture.SignInAsync(another, "demo-hailop", secondFactor: true)).Headers["Refresh"].Single());
        Assert.True(await fixture.IsSignedInAsync(another));
    }

    [Fact]
    public async Task A_role_that_must_have_one_is_satisfied_by_the_issuers_and_sent_to_enrol_without_it()
    {
        await fixture.AddAsync("kiemtra", Role.Auditor, "demo-kiemtra");
        using var person = new Person(fixture.Hub.Address);

        await OpenIdFixture.SignInAsync(person, "demo-kiemtra");
        Assert.Equal("/account", (await person.GetAsync("/audit")).Location);
        await OpenIdFixture.SignInAsync(person, "demo-kiemtra", secondFactor: true);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/audit")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_offers_to_end_the_organisations_too()
    {
        await fixture.AddAsync("roidi", subject: "demo-roidi");
        using var person = new Person(fixture.Hub.Address);
        await OpenIdFixture.SignInAsync(person, "demo-roidi");
        await person.GetAsync("/account");

        var left = await person.PostAsync("/sign-out");

        Assert.False(await fixture.IsSignedInAsync(person));
        Assert.Contains(OpenIdSignIn.Path + "/leave", (await person.GetAsync(left.Location!)).Text, StringComparison.Ordinal);
        var place = (await person.GetAsync(OpenIdSignIn.Path + "/leave")).Location!;
        Assert.StartsWith(fixture.Issuer + "/leave?", place, StringComparison.Ordinal);
        Assert.Equal(new Uri(fixture.Hub.Address, "/sign-in").AbsoluteUri, (await person.GetAsync(place)).Location);
    }

    [Fact]
    public async Task An_officer_links_a_person_to_one_account_at_most_and_can_take_the_password_away()
    {
        await fixture.AddAsync("antoan", Role.SecurityOfficer);
        await fixture.AddAsync("gan1");
        await fixture.AddAsync("gan2");
        var before = (await fixture.FindAsync("gan1")).PasswordHash;

        (await LinkAsync("gan1", """{"subject":"demo-gan","withoutPassword":true}""")).Is(204);
        (await LinkAsync("gan2", """{"subject":"demo-gan"}""")).Refuses(409, "DX-0085");
        (await LinkAsync("gan2", """{"subject":""}""")).Refuses(400, "DX-0012");

        Assert.NotEqual(before, (await fixture.FindAsync("gan1")).PasswordHash);
        Assert.Contains((await fixture.DetailsAsync(EvidenceEvents.CredentialChanged)), d => d!.EndsWith("linked to a person at " + fixture.Issuer, StringComparison.Ordinal));
        using var person = new Person(fixture.Hub.Address);
        await OpenIdFixture.SignInAsync(person, "demo-gan");
        Assert.True(await fixture.IsSignedInAsync(person));
    }

    [Fact]
    public async Task Where_no_issuer_is_configured_nothing_is_offered()
    {
        await using var hub = await TestHub.StartAsync();
        using var person = new Person(hub.Address);

        Assert.DoesNotContain(OpenIdSignIn.Path, (await person.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(OpenIdSignIn.Path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(OpenIdSignIn.AnswerPath + "?code=a&state=b")).Status);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_said_so_and_passwords_still_open()
    {
        await using var hub = await TestHub.StartAsync(configure: options =>
            (options.OpenId.Issuer, options.OpenId.ClientId, options.OpenId.PublicAddress) = ("http://127.0.0.1:9/openid", "hub", "http://127.0.0.1/"));
        await hub.PartyStore.SaveAccountAsync(new Account(0, "vanhanh", PasswordHash.Make(OpenIdFixture.Password), Role.Operator, null), "test", default);
        using var person = new Person(hub.Address);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await person.GetAsync(OpenIdSignIn.Path)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await person.SignInAsync("vanhanh", OpenIdFixture.Password)).Status);
    }

    private Task<RestReply> LinkAsync(string name, string json) => fixture.Hub.RestAsync(HttpMethod.Put, $"accounts/{name}/identity", null,
        new StringContent(json, System.Text.Encoding.UTF8, "application/json"), ("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("antoan:" + OpenIdFixture.Password))));
}
