using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Hub.Clerk.Sessions;
using DocExchange.IntegrationTests.Callers;
using DocExchange.IntegrationTests.Clerk;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.People;

/// <summary>Each role does its own work and no other's, and what is denied is evidence.</summary>
public sealed class RoleTests(PeopleFixture fixture) : IClassFixture<PeopleFixture>
{
    private const string Credentials = "systems/" + TestHub.Peer + "/credentials";

    [Theory]
    [InlineData("GET", "systems", 200, 200, 200, 403)]
    [InlineData("GET", Credentials, 200, 200, 200, 403)]
    [InlineData("GET", "accounts", 200, 200, 200, 403)]
    [InlineData("GET", "dead-letters", 200, 403, 200, 403)]
    [InlineData("GET", "approvals", 200, 200, 200, 403)]
    [InlineData("GET", "exports", 200, 403, 200, 403)]
    [InlineData("POST", "settings/reload", 200, 403, 403, 403)]
    [InlineData("POST", "systems", 400, 403, 403, 403)]
    [InlineData("POST", Credentials, 403, 400, 403, 403)]
    [InlineData("PUT", "accounts/mot-nguoi", 403, 400, 403, 403)]
    [InlineData("GET", "trust", 200, 200, 200, 403)]
    [InlineData("POST", "trust", 403, 400, 403, 403)]
    [InlineData("DELETE", "trust/0011", 403, 404, 403, 403)]
    [InlineData("GET", "trust/answers/0011", 404, 404, 404, 403)]
    [InlineData("POST", "documents/0011/judge", 404, 403, 403, 403)]
    public async Task A_role_reaches_its_own_tasks_and_reads_what_it_may(string method, string path, int asOperator, int asOfficer, int asAuditor, int asClerk)
    {
        var json = method == "GET" || path == "settings/reload" ? null : "{}";

        Assert.Equal(asOperator, (await fixture.CallAsync(new HttpMethod(method), path, PeopleFixture.Operator, json)).Status);
        Assert.Equal(asOfficer, (await fixture.CallAsync(new HttpMethod(method), path, PeopleFixture.Officer, json)).Status);
        Assert.Equal(asAuditor, (await fixture.CallAsync(new HttpMethod(method), path, PeopleFixture.Auditor, json)).Status);
        Assert.Equal(asClerk, (await fixture.CallAsync(new HttpMethod(method), path, PeopleFixture.Clerk, json)).Status);
    }

    [Fact]
    public async Task A_denial_is_evidence_by_person_and_path()
    {
        (await fixture.CallAsync(HttpMethod.Delete, Credentials + "/x", PeopleFixture.Auditor)).Refuses(403, "DX-0082");

        var actor = "account " + (await fixture.Hub.PartyStore.FindAccountAsync(PeopleFixture.Auditor, default))!.Id;
        Assert.Contains(await EvidenceReads.EventsAsync(fixture.Hub), e => e.Event == EvidenceEvents.AccessDenied && e.Actor == actor && e.Reason == "DX-0082" && e.Detail == $"DELETE /api/v1/{Credentials}/x");
    }

    [Fact]
    public async Task An_officer_makes_an_account_while_the_hub_runs_that_works_with_the_persons_own_password_and_ends_it_at_once()
    {
        var password = (await fixture.CallAsync(HttpMethod.Put, "accounts/nguoi-moi", PeopleFixture.Officer, """{"role":"auditor"}""")).Is(200).Json.GetProperty("password").GetString()!;
        (await fixture.CallAsync(HttpMethod.Get, "systems", "nguoi-moi", password: password)).Refuses(403, "DX-0087");
        using var person = new Person(fixture.Hub.Address);
        await person.SignInAsync("nguoi-moi", password);
        Assert.Equal("/account", (await person.GetAsync("/")).Location);
        await person.GetAsync("/account");
        await person.PostAsync("/account/password", ("old", password), ("new", PeopleFixture.Password), ("again", PeopleFixture.Password));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await person.GetAsync("/")).Status);
        (await fixture.CallAsync(HttpMethod.Get, "systems", "nguoi-moi")).Is(200);

        (await fixture.CallAsync(HttpMethod.Post, "accounts/nguoi-moi/disable", PeopleFixture.Officer)).Is(204);

        (await fixture.CallAsync(HttpMethod.Get, "systems", "nguoi-moi")).Is(401);
        Assert.Contains(await EvidenceReads.EventsAsync(fixture.Hub), e => e.Event == EvidenceEvents.CredentialChanged && e.Detail?.EndsWith("Auditor disabled", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task What_destroys_is_asked_by_one_and_approved_by_another_and_both_are_in_the_log()
    {
        var system = fixture.Hub.Parties.FindSystem(TestHub.StrictMinistries)!;
        var credential = fixture.Hub.Parties.CredentialsOf(system).First(c => c.Kind == CredentialKind.Token).Id;

        var asked = (await fixture.CallAsync(HttpMethod.Delete, $"systems/{system.SystemId}/credentials/{credential}", PeopleFixture.Officer)).Is(202).Json.GetProperty("id").GetString()!;
        Assert.Null(fixture.Hub.Parties.CredentialsOf(system).Single(c => c.Id == credential).RevokedAt);
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.Officer)).Refuses(403, "DX-0084");
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.Operator)).Refuses(403, "DX-0082");
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.SecondOfficer)).Is(204);

        Assert.NotNull(fixture.Hub.Parties.CredentialsOf(system).Single(c => c.Id == credential).RevokedAt);
        var events = await EvidenceReads.EventsAsync(fixture.Hub);
        var wish = events.Single(e => e.Event == EvidenceEvents.ApprovalAsked && e.Detail!.Contains(asked, StringComparison.Ordinal));
        var given = events.Single(e => e.Event == EvidenceEvents.ApprovalGiven && e.Detail!.Contains(asked, StringComparison.Ordinal));
        Assert.NotEqual(wish.Actor, given.Actor);
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.SecondOfficer)).Is(404);
    }

    [Fact]
    public async Task A_lock_after_guessing_holds_over_a_restart_and_counts_calls_of_the_json_interface()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
        // A first lock is short; the clock stands, so that it cannot end before the second start.
        var time = new SetClock(DateTimeOffset.UtcNow);
        try
        {
            await using (var before = await TestHub.StartAsync(folder, time: time))
            {
                var gate = before.Hub.Services.GetRequiredService<SignInGate>();
                for (var i = 0; i < 5; i++) await before.RestAsync(HttpMethod.Get, "systems", null, null, ("Authorization", "Basic YWk6c2Fp"));
                Assert.True(gate.Wait("ai", "127.0.0.1") > TimeSpan.Zero);
                // As at the sign-in page: one alarm and one piece of evidence.
                Assert.Equal(1, before.Hub.Services.GetRequiredService<AlarmBoard>().All.Single(a => a.Kind == AlarmKind.SignInLocked).Times);
                Assert.Equal("127.0.0.1", (await EvidenceReads.EventsAsync(before)).Single(e => e.Event == EvidenceEvents.SignInLocked).Detail);
            }
            await using var after = await TestHub.StartAsync(folder, time: time);
            var reopened = after.Hub.Services.GetRequiredService<SignInGate>();
            Assert.True(reopened.Wait("ai", "127.0.0.1") > TimeSpan.Zero);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
