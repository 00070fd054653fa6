using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Axis.Protocol;
using DocExchange.Client;
using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>What an operator is told of: raised by what happens, listed, kept over a restart, acknowledged with evidence.</summary>
public sealed class AlarmTests(ShortListFixture fixture) : IClassFixture<ShortListFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_list_cut_at_its_limit_raises_an_alarm_for_the_system_that_stopped_answering()
    {
        for (var i = 0; i <= ShortListFixture.Limit; i++) (await Hub.SendAsync(new Letter { To = ["H30.12"] })).Ok();

        await Hub.ListAsync(TestHub.Department);

        Assert.NotNull(Raised(AlarmKind.ListCut, TestHub.Department));
    }

    [Fact]
    public async Task Signed_headers_sent_again_with_another_file_raise_the_replay_alarm_and_a_damaged_first_call_does_not()
    {
        var letter = new Letter().Bytes;
        var headers = Hub.Signed(TestHub.Peer, ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", FileHash.Unpadded(SHA256.HashData(letter))));
        byte[] other = [.. new Letter { From = "G22" }.Bytes, (byte)'\r', (byte)'\n'];

        Assert.Equal("21", (await Hub.PostAsync("/vxp/sendEdoc", headers, other)).Code);
        Assert.Null(Raised(AlarmKind.ReplayedCall, TestHub.Peer));
        await Hub.PostAsync("/vxp/sendEdoc", headers, letter);
        Assert.Equal("21", (await Hub.PostAsync("/vxp/sendEdoc", headers, other)).Code);

        Assert.NotNull(Raised(AlarmKind.ReplayedCall, TestHub.Peer));
    }

    [Fact]
    public async Task A_program_named_as_a_document_raises_an_alarm_that_names_the_receipt()
    {
        var reply = await Hub.SendAsync(new Letter { File = [.. "MZ"u8, .. new byte[200]] });

        Assert.Contains(reply.ReceiptId!, Raised(AlarmKind.DangerousFile, TestHub.Province)!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_in_anothers_name_and_failing_to_authenticate_raise_alarms()
    {
        await Hub.SendAsync(new Letter { From = "G22" }, TestHub.Department);
        await Hub.Client(TestHub.Department, "wrong").CountAsync("edoc");

        Assert.NotNull(Raised(AlarmKind.SuspiciousCall, TestHub.Department));
        Assert.NotNull(Raised(AlarmKind.CallsRefused, "127.0.0.1"));
    }

    [Fact]
    public async Task Content_that_is_gone_from_the_store_raises_an_alarm_instead_of_looking_like_a_wrong_id()
    {
        var letter = new Letter { To = ["H30.13"], File = [.. "%PDF-1.4\n"u8, .. RandomNumberGenerator.GetBytes(400_000)] };
        var sent = (await Hub.SendAsync(letter)).Ok();
        var digest = Convert.ToHexStringLower(SHA256.HashData(letter.Bytes));
        File.Delete(Path.Combine(Hub.Folder, "bodies", digest[..2], digest));

        await Hub.Client(HubFixture.Health).FetchAsync(sent.DocId + "0001", Stream.Null);

        Assert.NotNull(Raised(AlarmKind.ContentMissing, sent.DocId));
    }

    [Fact]
    public async Task An_operator_lists_alarms_in_both_languages_and_acknowledges_them_with_evidence()
    {
        Hub.Hub.Store.Alarms.Raise(AlarmKind.StoreUnwell, "disk/2", "12 MB free");
        await Hub.PartyStore.SaveAccountAsync(new Account(0, "truc.ban", PasswordHash.Make("mat khau", 4), Role.Operator, null), "test", default);
        var client = HubClient.ForOperator(Hub.Http, Hub.Address, "truc.ban", "mat khau");

        var listed = (await client.AlarmsAsync()).EnumerateArray().Single(a => a.GetProperty("subject").GetString() == "disk/2");

        Assert.Equal(("store-unwell", 1, "12 MB free"), (listed.GetProperty("kind").GetString(), listed.GetProperty("times").GetInt32(), listed.GetProperty("detail").GetString()));
        Assert.Contains("disk/2", listed.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Contains("Trục", listed.GetProperty("sentenceVi").GetString(), StringComparison.Ordinal);
        await client.AcknowledgeAlarmAsync("store-unwell", "disk/2");
        Assert.Null(Raised(AlarmKind.StoreUnwell, "disk/2"));
        var entry = Hub.Entries().Last(e => e.Event == EvidenceEvents.AlarmAcknowledged);
        Assert.StartsWith("store-unwell disk/2, 1 times since ", entry.Detail, StringComparison.Ordinal);
        Assert.StartsWith("account ", entry.Actor, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HubRefusedException>(() => client.AcknowledgeAlarmAsync("store-unwell", "disk/2"));
        await Assert.ThrowsAsync<HubRefusedException>(() => client.AcknowledgeAlarmAsync("no-such-kind", "x"));
    }

    [Fact]
    public async Task Alarms_are_for_operators_only()
    {
        foreach (var authorisation in new[] { null, new AuthenticationHeaderValue("Bearer", $"{TestHub.Province}.{TestHub.Secret}") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Hub.Address, "/api/v1/alarms"));
            request.Headers.Authorization = authorisation;
            using var response = await Hub.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_restart_forgets_no_alarm()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-alarms-").FullName;
        try
        {
            await using (var hub = await TestHub.StartAsync(folder))
            {
                hub.Hub.Store.Alarms.Raise(AlarmKind.ReplayedCall, "he.thong.1", "x");
                // What was raised is written behind; a later commit is behind that.
                await hub.ChangeAgencyAsync("H30", a => a);
            }
            await using var again = await TestHub.StartAsync(folder);

            Assert.Equal(("he.thong.1", 1L, "x"), again.Hub.Store.Alarms.All.Select(a => (a.Subject, a.Times, a.Detail)).Single());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Alarm? Raised(AlarmKind kind, string subject) => Hub.Hub.Store.Alarms.All.FirstOrDefault(a => a.Kind == kind && a.Subject == subject);
}
