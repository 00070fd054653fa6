using System.Net;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Callers;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Clerk;

/// <summary>Whoever made an account has seen its password: people must be able to have one that nobody else knows.</summary>
public sealed class PasswordTests(ClerkFixture fixture) : IClassFixture<ClerkFixture>
{
    private const string Given = "mat-khau-duoc-cap";
    private const string Own = "câu của riêng tôi, không ai biết";

    [Fact]
    public async Task A_person_changes_the_password_which_ends_every_other_session_but_not_this_one()
    {
        var account = await AddAsync("tu-doi");
        using var person = await SignedInAsync("tu-doi", Given);
        using var elsewhere = await SignedInAsync("tu-doi", Given);
        await person.GetAsync("/account");

        var answer = await ChangeAsync(person, Given, Own);

        Assert.Equal((HttpStatusCode.SeeOther, "/account?changed=password"), (answer.Status, answer.Location));
        Assert.Contains("role=\"status\"", (await person.GetAsync(answer.Location!)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.GetAsync("/")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.SignInAsync("tu-doi", Given)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.SignInAsync("tu-doi", Own)).Status);
        Assert.Contains(await EvidenceReads.EventsAsync(fixture.Hub), e => e.Event == EvidenceEvents.CredentialChanged && e.Actor == "account " + account.Id && e.Detail!.StartsWith($"account {account.Id} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("short", Given, "muoi-mot-ky", "muoi-mot-ky")]
    [InlineData("other", Given, "mot-cau-du-dai-roi", "mot-cau-du-dai-khac")]
    [InlineData("same", Given, Given, Given)]
    public async Task A_password_that_is_short_mistyped_or_the_old_one_is_refused_and_the_old_one_stays(string name, string old, string wanted, string again)
    {
        await AddAsync(name);
        using var person = await SignedInAsync(name, Given);
        await person.GetAsync("/account");

        var page = await person.PostAsync("/account/password", ("old", old), ("new", wanted), ("again", again));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("role=\"alert\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Guessing_the_present_password_in_an_open_session_locks_as_at_sign_in()
    {
        await AddAsync("bo-quen-may");
        using var person = await SignedInAsync("bo-quen-may", Given);
        await person.GetAsync("/account");

        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await ChangeAsync(person, "doan-mo-" + i, Own)).Status);
        var locked = await ChangeAsync(person, Given, Own);

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.Status);
        Assert.InRange(int.Parse(locked.Headers["Retry-After"].Single()), 1, 30);
        Assert.True(PasswordHash.Verify(Given, (await fixture.Hub.PartyStore.FindAccountAsync("bo-quen-may", default))!.PasswordHash));
    }

    [Fact]
    public async Task Nobody_changes_a_password_without_a_session_or_from_another_site()
    {
        await AddAsync("nguoi-khac");
        using var nobody = new Person(fixture.Hub.Address);
        await nobody.GetAsync("/sign-in");
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), await ChangeAsync(nobody, Given, Own) is var sent ? (sent.Status, sent.Location) : default);

        using var person = await SignedInAsync("nguoi-khac", Given);
        Assert.Equal(HttpStatusCode.BadRequest, (await person.PostBareAsync("/account/password", ("old", Given), ("new", Own), ("again", Own))).Status);
        Assert.True(PasswordHash.Verify(Given, (await fixture.Hub.PartyStore.FindAccountAsync("nguoi-khac", default))!.PasswordHash));
    }

    private static Task<Page> ChangeAsync(Person person, string old, string wanted) => person.PostAsync("/account/password", ("old", old), ("new", wanted), ("again", wanted));

    private async Task<Person> SignedInAsync(string name, string password)
    {
        var person = new Person(fixture.Hub.Address);
        Assert.Equal(HttpStatusCode.SeeOther, (await person.SignInAsync(name, password)).Status);
        return person;
    }

    private async Task<Account> AddAsync(string name)
    {
        await fixture.Hub.PartyStore.SaveAccountAsync(new Account(0, name, PasswordHash.Make(Given), Role.Clerk, fixture.Hub.Agency("H30.12").Id), "test", default);
        return (await fixture.Hub.PartyStore.FindAccountAsync(name, default))!;
    }
}
