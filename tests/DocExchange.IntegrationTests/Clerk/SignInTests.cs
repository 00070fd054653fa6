using System.Net;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Clerk.Sessions;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Clerk;

public sealed class SignInTests(ClerkFixture fixture) : IClassFixture<ClerkFixture>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?q=108")]
    [InlineData("/documents/000000000000000000000000")]
    [InlineData("/receipts/r000000000000000000000000")]
    public async Task Nothing_is_shown_before_sign_in(string path)
    {
        using var person = new Person(fixture.Hub.Address);

        var page = await person.GetAsync(path);

        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
        Assert.StartsWith("/sign-in", page.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_are_told_the_same_so_that_names_cannot_be_found_out()
    {
        using var person = new Person(fixture.Hub.Address);

        var wrong = await person.SignInAsync(ClerkFixture.Auditor, "sai");
        var unknown = await person.SignInAsync("khongco", "sai");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.Status);
        Assert.Equal(Said(wrong), Said(unknown));
    }

    [Fact]
    public async Task Guessing_is_locked_out_even_for_the_right_password_and_leaves_one_piece_of_evidence_by_account_id()
    {
        await AddAsync("doan", "dung-mat-khau-1");
        using var person = new Person(fixture.Hub.Address);
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await person.SignInAsync("doan", "sai" + i)).Status);

        var page = await person.SignInAsync("doan", "dung-mat-khau-1");

        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.InRange(int.Parse(page.Headers["Retry-After"].Single()), 1, 30);
        var account = await fixture.Hub.PartyStore.FindAccountAsync("doan", default);
        Assert.Equal(["account " + account!.Id], Evidence(EvidenceEvents.SignInLocked));
    }

    [Fact]
    public async Task Sign_in_and_sign_out_are_evidence_by_account_id_and_never_by_name()
    {
        await AddAsync("vaora", "mat-khau-vao-ra");
        using var person = new Person(fixture.Hub.Address);
        await person.SignInAsync("vaora", "mat-khau-vao-ra");
        await person.GetAsync("/");
        var left = await person.PostAsync("/sign-out");

        Assert.Equal("/sign-in", left.Location);
        Assert.StartsWith("/sign-in", (await person.GetAsync("/")).Location, StringComparison.Ordinal);
        var actor = "account " + (await fixture.Hub.PartyStore.FindAccountAsync("vaora", default))!.Id;
        Assert.Contains(actor, Evidence(EvidenceEvents.AccountSignedIn));
        Assert.Contains(actor, Evidence(EvidenceEvents.AccountSignedOut));
        Assert.DoesNotContain(Evidence(EvidenceEvents.AccountSignedIn), a => a!.Contains("vaora", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disabled_account_and_a_changed_password_end_sessions_at_once()
    {
        var account = await AddAsync("nghiviec", "mat-khau-cu-123");
        using var person = new Person(fixture.Hub.Address);
        await person.SignInAsync("nghiviec", "mat-khau-cu-123");
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/")).Status);

        await fixture.Hub.PartyStore.SaveAccountAsync(account with { Enabled = false }, "test", default);

        Assert.Equal(HttpStatusCode.SeeOther, (await person.GetAsync("/")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.SignInAsync("nghiviec", "mat-khau-cu-123")).Status);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_busy_and_also_when_the_password_was_changed_in_it()
    {
        var clock = new SetClock(DateTimeOffset.UtcNow);
        await using var hub = await TestHub.StartAsync(time: clock);
        foreach (var name in new[] { "ca-ngay", "doi-giua-chung" })
            await hub.PartyStore.SaveAccountAsync(new Account(0, name, PasswordHash.Make(ClerkFixture.Password), Role.Auditor, null), "test", default);
        using var busy = new Person(hub.Address);
        using var changing = new Person(hub.Address);
        await busy.SignInAsync("ca-ngay", ClerkFixture.Password);
        await changing.SignInAsync("doi-giua-chung", ClerkFixture.Password);

        for (var minutes = 50; minutes < 720; minutes += 50)
        {
            clock.Now += TimeSpan.FromMinutes(50);
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/account")).Status);
            Assert.Equal(HttpStatusCode.OK, (await changing.GetAsync("/account")).Status);
        }
        Assert.Equal(HttpStatusCode.SeeOther, (await changing.PostAsync("/account/password", ("old", ClerkFixture.Password), ("new", "mot-mat-khau-khac"), ("again", "mot-mat-khau-khac"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await changing.GetAsync("/account")).Status);
        clock.Now += TimeSpan.FromMinutes(50);

        Assert.StartsWith("/sign-in", (await busy.GetAsync("/account")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await changing.GetAsync("/account")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await busy.SignInAsync("ca-ngay", ClerkFixture.Password)).Status);
        Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/account")).Status);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/language")]
    [InlineData("/")]
    public async Task A_form_without_its_token_is_refused_because_another_site_may_have_sent_it(string path)
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);

        var page = await person.PostBareAsync(path, ("name", ClerkFixture.Operator), ("password", ClerkFixture.Password), ("q", "108"), ("language", "en"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/x\r\nSet-Cookie: a=b")]
    public async Task Sign_in_never_leads_to_another_site(string back)
    {
        using var person = new Person(fixture.Hub.Address);

        Assert.Equal("/", (await person.SignInAsync(ClerkFixture.Operator, ClerkFixture.Password, back)).Location);
    }

    [Fact]
    public async Task Cookies_are_for_this_site_only_and_out_of_reach_of_scripts_and_every_page_forbids_foreign_content()
    {
        using var person = new Person(fixture.Hub.Address);
        var page = await person.SignInAsync(ClerkFixture.Operator, ClerkFixture.Password);
        var list = await person.GetAsync("/");

        var cookies = page.Headers["Set-Cookie"].Concat(list.Headers["Set-Cookie"]).ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, c => Assert.Contains("samesite=strict", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Contains("httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", list.Headers["Content-Security-Policy"].Single());
        Assert.Equal("nosniff", list.Headers["X-Content-Type-Options"].Single());
        Assert.Equal("no-referrer", list.Headers["Referrer-Policy"].Single());
        Assert.DoesNotContain("<script", list.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Session_keys_are_readable_by_their_owner_only()
    {
        var folder = Path.Combine(fixture.Hub.Folder, "keys", "sessions");

        Assert.NotEmpty(Directory.GetFiles(folder));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task A_lock_grows_with_every_failure_up_to_a_quarter_of_an_hour_and_other_addresses_may_still_try()
    {
        // The clock stands: each failure is written durably, and a slow disk would shorten what is left of the wait.
        var gate = new SignInGate(fixture.Hub.Hub.Store.Accounts, new SetClock(DateTimeOffset.UtcNow));
        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            await gate.FailedAsync("ai", "10.0.0.1");
            waits.Add(Math.Round(gate.Wait("AI ", "10.0.0.1").TotalSeconds));
        }

        Assert.Equal([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900], waits);
        Assert.Equal(TimeSpan.Zero, gate.Wait("ai", "10.0.0.2"));
        await gate.SucceededAsync("ai", "10.0.0.1");
        Assert.Equal(TimeSpan.Zero, gate.Wait("ai", "10.0.0.1"));
    }

    [Fact]
    public async Task Faults_of_the_store_leave_nobody_waiting_so_that_sign_in_is_not_busy_ever_after()
    {
        var gate = new SignInGate(fixture.Hub.Hub.Store.Accounts, TimeProvider.System);
        using var signIn = new SignIn(System.Reflection.DispatchProxy.Create<IPartyStore, FaultyStore>(), null!, gate, null!, null!, new CallerLines(new HubOptions()));

        for (var i = 0; i < 40; i++)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => signIn.TryAsync(new Microsoft.AspNetCore.Http.DefaultHttpContext(), "ai", "sai", null));
    }

    [Fact]
    public async Task A_name_longer_than_any_account_s_is_neither_hashed_nor_remembered()
    {
        var gate = fixture.Hub.Hub.Services.GetRequiredService<SignInGate>();
        var name = new string('a', 101);
        using var person = new Person(fixture.Hub.Address);

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await person.SignInAsync(name, "sai")).Status);
            var basic = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(name + ":sai"));
            (await fixture.Hub.RestAsync(HttpMethod.Get, "systems", null, null, ("Authorization", basic))).Refuses(401, "DX-0001");
        }

        Assert.Equal(TimeSpan.Zero, gate.Wait(name, "127.0.0.1"));
    }

    public class FaultyStore : System.Reflection.DispatchProxy
    {
        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args) => throw new StoreUnavailableException("a fault");
    }

    [Fact]
    public async Task The_first_account_is_made_while_the_hub_is_stopped_with_a_password_shown_once()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
        var console = Console.Out;
        try
        {
            using var said = new StringWriter();
            Console.SetOut(said);
            Assert.Equal(0, await AccountCommand.RunAsync(["set", "dautien", "--role", "operator", "--data", folder]));
            Console.SetOut(console);
            var password = System.Text.RegularExpressions.Regex.Match(said.ToString(), "password ([A-Za-z0-9_-]{12,})").Groups[1].Value;
            await using var hub = await TestHub.StartAsync(folder);
            using var person = new Person(hub.Address);

            Assert.Equal(HttpStatusCode.SeeOther, (await person.SignInAsync("dautien", password)).Status);
            await Assert.ThrowsAsync<StartRefusedException>(() => AccountCommand.RunAsync(["set", "vanthu", "--role", "clerk", "--data", folder]));
        }
        finally
        {
            Console.SetOut(console);
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<Account> AddAsync(string name, string password)
    {
        await fixture.Hub.PartyStore.SaveAccountAsync(new Account(0, name, PasswordHash.Make(password), Role.Clerk, fixture.Hub.Agency("H30.12").Id), "test", default);
        return (await fixture.Hub.PartyStore.FindAccountAsync(name, default))!;
    }

    private static string Said(Page page) => System.Text.RegularExpressions.Regex.Match(page.Text, "role=\"alert\">([^<]+)<").Groups[1].Value;

    private List<string?> Evidence(string name)
    {
        using var database = Storage.Sqlite.Database.Open(Path.Combine(fixture.Hub.Folder, "store", "exchange.db"), readOnly: true);
        var found = new List<string?>();
        var statement = database.Prepare("SELECT entry FROM log WHERE entry IS NOT NULL ORDER BY idx");
        while (statement.Step())
        {
            if (EvidenceEntry.TryParse(statement.Blob(0)) is { } entry && entry.Event == name) found.Add(entry.Actor);
        }
        return found;
    }
}
