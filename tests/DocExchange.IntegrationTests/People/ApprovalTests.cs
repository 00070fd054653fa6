using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Callers;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.People;

/// <summary>What is approved is done, and what cannot be done is not approved.</summary>
public sealed class ApprovalTests(PeopleFixture fixture) : IClassFixture<PeopleFixture>
{
    [Fact]
    public async Task What_was_approved_and_not_carried_out_is_carried_out_by_approving_it_again_but_not_by_who_asked()
    {
        var system = fixture.Hub.Parties.FindSystem(TestHub.StrictMinistries)!;
        var credential = fixture.Hub.Parties.CredentialsOf(system).First(c => c.Kind == CredentialKind.Token).Id;
        var asked = (await fixture.CallAsync(HttpMethod.Delete, $"systems/{system.SystemId}/credentials/{credential}", PeopleFixture.Officer)).Is(202).Json.GetProperty("id").GetString()!;
        // As a crash between the decision and the act leaves it.
        Assert.True(await fixture.Hub.Hub.Store.Accounts.DecideApprovalAsync(asked, ApprovalState.Approved, "account 77", default));

        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.Officer)).Refuses(403, "DX-0084");
        Assert.Null(fixture.Hub.Parties.CredentialsOf(system).Single(c => c.Id == credential).RevokedAt);
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.SecondOfficer)).Is(204);

        Assert.NotNull(fixture.Hub.Parties.CredentialsOf(system).Single(c => c.Id == credential).RevokedAt);
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.SecondOfficer)).Is(404);
    }

    [Fact]
    public async Task Issuing_a_credential_with_no_or_little_overlap_revokes_the_earlier_ones_with_a_second_person_only()
    {
        var system = await fixture.Hub.AddSystemAsync(new PartnerSystem(0, "he-thong.doi-khoa", Profile.Agency, true, []));
        await fixture.Hub.Hub.Services.GetRequiredService<SystemSecrets>().IssueAsync(system, CredentialKind.ApiKey, "test", "khoa-thu-hai-0123456789");
        var earlier = KeysOf(system);

        var issued = (await IssueAsync(system, 0)).Is(200).Json;

        Assert.Equal(3, KeysOf(system).Count);
        Assert.All(earlier, id => Assert.Contains(id, KeysOf(system)));
        (await fixture.Hub.RestAsync(HttpMethod.Get, "inbox", null, null, ("Authorization", $"Bearer {system.SystemId}.{TestHub.Secret}"))).Is(200);
        var waiting = issued.GetProperty("waiting").EnumerateArray().Select(id => id.GetString()!).ToList();
        Assert.Equal(earlier.Select(id => $"{system.Id} {id}").Order(), (await WaitingAsync()).Where(w => waiting.Contains(w.Id)).Select(w => w.Subject).Order());
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{waiting[0]}/approve", PeopleFixture.SecondOfficer)).Is(204);
        Assert.Equal(2, KeysOf(system).Count);

        Assert.Equal(2, (await IssueAsync(system, 23)).Is(200).Json.GetProperty("waiting").GetArrayLength());
        Assert.Empty((await IssueAsync(system, 24)).Is(200).Json.GetProperty("waiting").EnumerateArray());
    }

    [Fact]
    public async Task One_officer_alone_makes_no_operator_and_no_officer_and_takes_over_none()
    {
        foreach (var (method, path, json) in ((HttpMethod, string, string?)[])[
            (HttpMethod.Put, "accounts/toi-thu-hai", """{"role":"securityofficer"}"""),
            (HttpMethod.Put, "accounts/" + PeopleFixture.Operator, """{"role":"operator"}"""),
            (HttpMethod.Put, "accounts/" + PeopleFixture.Operator, """{"role":"auditor"}"""),
            (HttpMethod.Put, "accounts/" + PeopleFixture.Auditor, """{"role":"operator"}"""),
            (HttpMethod.Delete, $"accounts/{PeopleFixture.SecondOfficer}/second-factor", null),
            (HttpMethod.Put, $"accounts/{PeopleFixture.Operator}/identity", """{"subject":"chinh-toi"}""")])
        {
            var asked = (await fixture.CallAsync(method, path, PeopleFixture.Officer, json)).Is(202).Json;
            Assert.False(asked.TryGetProperty("password", out _));
            (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked.GetProperty("id").GetString()}/approve", PeopleFixture.Officer)).Refuses(403, "DX-0084");
        }

        Assert.Null(await fixture.Hub.PartyStore.FindAccountAsync("toi-thu-hai", default));
        Assert.Equal(Role.Auditor, (await fixture.Hub.PartyStore.FindAccountAsync(PeopleFixture.Auditor, default))!.Role);
        (await fixture.CallAsync(HttpMethod.Get, "systems", PeopleFixture.Operator)).Is(200);
    }

    [Fact]
    public async Task A_second_officer_makes_what_the_first_asked_for_and_is_shown_the_password_once()
    {
        var asked = (await fixture.CallAsync(HttpMethod.Put, "accounts/van-hanh-moi", PeopleFixture.Officer, """{"role":"operator"}""")).Is(202).Json.GetProperty("id").GetString()!;
        var shown = (await fixture.CallAsync(HttpMethod.Get, "approvals", PeopleFixture.SecondOfficer)).Is(200).Json.EnumerateArray().Single(a => a.GetProperty("id").GetString() == asked);
        Assert.Equal(("account-save", "a new account as operator", "van-hanh-moi"), (shown.GetProperty("act").GetString(), shown.GetProperty("subject").GetString(), shown.GetProperty("name").GetString()));

        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.Operator)).Refuses(403, "DX-0082");
        var password = (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.SecondOfficer)).Is(200).Json.GetProperty("password").GetString()!;

        // The approver's knowledge of the password ends with the person's first sign-in.
        (await fixture.CallAsync(HttpMethod.Get, "dead-letters", "van-hanh-moi", password: password)).Refuses(403, "DX-0087");
        // Whoever approved it must not get another password by approving it again.
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.SecondOfficer)).Refuses(409, "DX-0088");
        (await fixture.CallAsync(HttpMethod.Get, "dead-letters", "van-hanh-moi", password: password)).Refuses(403, "DX-0087");
        Assert.DoesNotContain(await EvidenceReads.EventsAsync(fixture.Hub), e => e.Detail?.Contains("van-hanh-moi", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task What_was_asked_for_an_account_that_has_changed_since_is_not_done()
    {
        await fixture.AddAsync("sap-nghi", Role.Operator);
        var asked = (await fixture.CallAsync(HttpMethod.Put, "accounts/sap-nghi", PeopleFixture.Officer, """{"role":"operator"}""")).Is(202).Json.GetProperty("id").GetString()!;
        (await fixture.CallAsync(HttpMethod.Post, "accounts/sap-nghi/disable", PeopleFixture.Officer)).Is(204);

        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.SecondOfficer)).Refuses(409, "DX-0088");

        Assert.False((await fixture.Hub.PartyStore.FindAccountAsync("sap-nghi", default))!.Enabled);
    }

    [Fact]
    public async Task A_certificate_leaves_the_trust_list_with_two_people()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Root CA (test)", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(100));
        var trust = fixture.Hub.Hub.Services.GetRequiredService<ITrustStore>();
        await trust.AddAsync(TrustFile.Read(System.Text.Encoding.ASCII.GetBytes(root.ExportCertificatePem()), "test", DateTimeOffset.UtcNow), "test", default);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(root.RawData));

        var asked = (await fixture.CallAsync(HttpMethod.Delete, "trust/" + fingerprint, PeopleFixture.Officer)).Is(202).Json.GetProperty("id").GetString()!;
        Assert.Contains(trust.Current.Book.Certificates, c => c.Fingerprint == fingerprint);
        (await fixture.CallAsync(HttpMethod.Post, $"approvals/{asked}/approve", PeopleFixture.SecondOfficer)).Is(204);

        Assert.DoesNotContain(trust.Current.Book.Certificates, c => c.Fingerprint == fingerprint);
    }

    [Fact]
    public async Task A_directory_request_that_cannot_be_carried_out_is_refused_and_goes_on_waiting()
    {
        var agency = fixture.Hub.Agency("H30.13");
        var saved = await fixture.Hub.PartyStore.SaveAgencyAsync(agency with { Aliases = ["H30.13.99"] }, "test", default);
        var gone = await FileAsync(isDeletion: true, "H99.98");
        var renaming = await FileAsync(isDeletion: false, "H30.13.99");
        var ending = await FileAsync(isDeletion: true, "H30.13.99");

        foreach (var id in new[] { gone, renaming, ending }) (await ApproveAsync(id)).Refuses(400, "DX-0012");

        Assert.Equal(saved.Name, fixture.Hub.Agency("H30.13").Name);
        Assert.Null(fixture.Hub.Agency("H30.13").ValidTo);
        var waiting = (await fixture.Hub.PartyStore.ListDirectoryRequestsAsync(default)).Where(r => r.State == DirectoryRequestState.Filed).Select(r => r.Id).ToList();
        Assert.Subset(waiting.ToHashSet(), new HashSet<string> { gone, renaming, ending });
    }

    [Fact]
    public async Task A_directory_request_is_carried_out_with_its_approval_and_only_once()
    {
        var filed = await FileAsync(isDeletion: false, "H30.97");

        (await ApproveAsync(filed)).Is(204);
        (await ApproveAsync(filed)).Is(404);

        Assert.Equal("Tên mới (mẫu)", fixture.Hub.Agency("H30.97").Name);
        Assert.False(await fixture.Hub.PartyStore.ApproveDirectoryRequestAsync(filed, fixture.Hub.Agency("H30.97") with { Name = "Tên khác" }, "test", default));
        Assert.False(await fixture.Hub.PartyStore.RejectDirectoryRequestAsync(filed, "test", default));
        Assert.Equal("Tên mới (mẫu)", fixture.Hub.Agency("H30.97").Name);
    }

    private Task<RestReply> IssueAsync(PartnerSystem system, int overlapHours) =>
        fixture.CallAsync(HttpMethod.Post, $"systems/{system.SystemId}/credentials", PeopleFixture.Officer, $$"""{"kind":"apikey","overlapHours":{{overlapHours}}}""");

    private List<string> KeysOf(PartnerSystem system) => [.. fixture.Hub.Parties.CredentialsOf(system).Where(c => c.Kind == CredentialKind.ApiKey && c.RevokedAt is null).Select(c => c.Id)];

    private async Task<List<Approval>> WaitingAsync() =>
        [.. (await fixture.Hub.Hub.Store.Accounts.ListApprovalsAsync(default)).Where(a => a.State == ApprovalState.Waiting)];

    private Task<RestReply> ApproveAsync(string id) => fixture.CallAsync(HttpMethod.Post, $"directory-requests/{id}/approve", PeopleFixture.Operator);

    private async Task<string> FileAsync(bool isDeletion, string code)
    {
        var request = new DirectoryRequest(Ids.New(), fixture.Hub.Parties.FindSystem(TestHub.Peer)!.Id, isDeletion, code, isDeletion ? null : "Tên mới (mẫu)", isDeletion ? null : "H30", null,
            TimeProvider.System.GetUtcNow(), DirectoryRequestState.Filed);
        await fixture.Hub.PartyStore.FileDirectoryRequestAsync(request, default);
        return request.Id;
    }
}
