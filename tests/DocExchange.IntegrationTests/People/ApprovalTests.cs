using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

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

    private Task<RestReply> ApproveAsync(string id) => fixture.CallAsync(HttpMethod.Post, $"directory-requests/{id}/approve", PeopleFixture.Operator);

    private async Task<string> FileAsync(bool isDeletion, string code)
    {
        var request = new DirectoryRequest(Ids.New(), fixture.Hub.Parties.FindSystem(TestHub.Peer)!.Id, isDeletion, code, isDeletion ? null : "Tên mới (mẫu)", isDeletion ? null : "H30", null,
            TimeProvider.System.GetUtcNow(), DirectoryRequestState.Filed);
        await fixture.Hub.PartyStore.FileDirectoryRequestAsync(request, default);
        return request.Id;
    }
}
