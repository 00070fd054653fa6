using System.Text.Json;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.EdocRest;

/// <summary>Requests of the client that provincial hubs ship, byte for byte: only the Host header is replaced.</summary>
public sealed class EdocRestCaptureTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        var province = await _hub.PartyStore.SaveAgencyAsync(new Agency(0, "H53", "UBND tỉnh Tây Ninh (mẫu)", null, AgencyKind.Local) { Aliases = ["000.00.00.H53"] }, "test", default);
        await _hub.PartyStore.SaveAgencyAsync(new Agency(0, "H53.01", "Văn phòng (mẫu)", province.Id, AgencyKind.Local), "test", default);
        var system = await _hub.PartyStore.SaveSystemAsync(
            new PartnerSystem(0, "tay-ninh", Profile.Agency, true, [new Served(province.Id, true)]) { Dialects = [Dialects.EdocRest] }, "test", default);
        await _hub.Hub.Services.GetRequiredService<SystemSecrets>().IssueAsync(system, CredentialKind.Token, "test", "TOKEN123");
    }

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task The_organisations_below_the_caller_are_listed()
    {
        var answer = await ReplayAsync("01_EdocService_getOrganizations.req");

        Assert.Equal((200, "Success", "0"), (answer.Status, Text(answer, "status"), Text(answer, "code")));
        Assert.Equal("H53.01", Json(answer).GetProperty("organizations")[0].GetProperty("organId").GetString());
    }

    [Fact]
    public async Task An_empty_list_of_pending_documents_has_both_members_that_clients_read()
    {
        var answer = await ReplayAsync("02_EdocService_getPendingDocIds.req");

        Assert.Equal((200, "Success"), (answer.Status, Text(answer, "status")));
        Assert.Equal((0, 0), (Json(answer).GetProperty("data").GetArrayLength(), Json(answer).GetProperty("docIDs").GetArrayLength()));
    }

    [Theory]
    [InlineData("03_EdocService_sendDocument.req", "MessageType")]
    [InlineData("04_EdocService_getDocument.req", "DocID")]
    [InlineData("05_EdocService_confirmReceived.req", "DocID")]
    public async Task A_status_announced_as_a_document_and_an_id_that_is_nobodys_are_refused_in_the_dialects_words(string file, string code)
    {
        var answer = await ReplayAsync(file);

        Assert.Equal((200, "Fail", "9999"), (answer.Status, Text(answer, "status"), Text(answer, "code")));
        Assert.Equal(code, Json(answer).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    private Task<RawAnswer> ReplayAsync(string file) => CapturedCall.ReplayFileAsync(Path.Combine(AppContext.BaseDirectory, "EdocRest", "captures", file), _hub.Address);

    private static JsonElement Json(RawAnswer answer) => JsonDocument.Parse(answer.Body).RootElement.Clone();

    private static string? Text(RawAnswer answer, string member) => Json(answer).GetProperty(member).GetString();
}
