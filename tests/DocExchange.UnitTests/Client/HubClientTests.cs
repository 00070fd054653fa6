using System.Net;
using System.Text;
using DocExchange.Client;
using Xunit;

namespace DocExchange.UnitTests.Client;

/// <summary>Guards the contract of the JSON interface as callers of the client see it.</summary>
public sealed class HubClientTests
{
    [Fact]
    public async Task A_track_is_read_with_its_deliveries_statuses_and_events()
    {
        var hub = RecordedHub.Json("""
            {"docId":"0192","documentId":"G22,2026","kind":"document","businessType":"new","subject":"Về việc","code":"1/CV","sender":"G22",
             "acceptedAt":"2026-11-21T09:02:45Z","digest":"ab","size":10,"receiptId":"r1",
             "deliveries":[{"agency":"H30","name":"Sở","state":"Fetched","since":"2026-11-21T09:02:45Z","fetchedCount":2}],
             "statuses":[{"reporter":"H30","code":"01","name":"Đã đến","description":null,"at":"2026-11-21T09:02:45Z","recordedByHub":true}],
             "events":[{"index":7,"event":"SubmissionAcceptance","time":"2026-11-21T09:02:45Z"}]}
            """);

        var track = await HubClient.ForSystem(new HttpClient(hub), new Uri("http://hub"), "sys.key").TrackAsync("0192");

        Assert.Equal(("0192", "r1", 10L), (track.DocId, track.ReceiptId, track.Size));
        Assert.Equal(("H30", "Fetched", 2), (track.Deliveries[0].Agency, track.Deliveries[0].State, track.Deliveries[0].FetchedCount));
        Assert.True(track.Statuses[0].RecordedByHub);
        Assert.Equal(7, track.Events[0].Index);
        Assert.Equal("Bearer sys.key", hub.Calls[0].Request.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task A_receipt_comes_byte_for_byte()
    {
        var hub = RecordedHub.Json("{ \"a\" : 1 }\n");
        Assert.Equal("{ \"a\" : 1 }\n"u8.ToArray(), await Operator(hub).ReceiptAsync("r 1/../x"));
        Assert.Equal("http://hub/api/v1/receipts/r%201%2F..%2Fx", hub.Calls[0].Request.RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task A_refusal_carries_both_languages_the_remedy_and_the_receipt()
    {
        var hub = RecordedHub.Json(
            """{"type":"about:blank","status":409,"code":"DX-4001","path":"code","title":"t","detail":"d","detailVi":"dv","fix":"f","fixVi":"fv","receiptId":"r"}""",
            HttpStatusCode.Conflict, "application/problem+json");
        var refused = await Assert.ThrowsAsync<HubRefusedException>(() => Operator(hub).AddAgencyAsync(new AgencyEntry("H30", "Sở")));
        Assert.Equal(new HubProblem("DX-4001", "code", "t", "d", "dv", "f", "fv", "r") { Status = HttpStatusCode.Conflict }, refused.Problem);
        Assert.Equal("DX-4001: d", refused.Message);
    }

    [Theory]
    [InlineData("", "text/plain")]
    [InlineData("{", "application/problem+json")]
    public async Task A_refusal_without_a_readable_body_still_has_its_status(string body, string type)
    {
        var refused = await Assert.ThrowsAsync<HubRefusedException>(() => Operator(RecordedHub.Json(body, HttpStatusCode.Unauthorized, type)).AgencyAsync("H30"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Problem.Status);
    }

    [Fact]
    public async Task Operator_calls_use_the_contracts_paths_bodies_and_account()
    {
        var hub = RecordedHub.Json("""{"id":"c1","secret":"s","validFrom":"2026-11-21T09:02:45Z"}""");
        var client = Operator(hub);

        Assert.Equal("s", (await client.IssueCredentialAsync("sys", new NewCredential("hmac", 24))).Secret);
        await client.RevokeCredentialAsync("sys", "c1");
        await client.ReplaceAgencyAsync(new AgencyEntry("H30", "Sở") { LockedSince = null });
        await client.AddSystemAsync(new SystemEntry("sys", Serves: [new ServedAgency("H30", true)]));
        await client.DecideDirectoryRequestAsync("5", approve: false);
        await client.RequeueDeadLetterAsync("6");

        Assert.Equal(
            ["POST /api/v1/systems/sys/credentials", "DELETE /api/v1/systems/sys/credentials/c1", "PUT /api/v1/agencies/H30", "POST /api/v1/systems",
             "POST /api/v1/directory-requests/5/reject", "POST /api/v1/dead-letters/6/requeue"],
            hub.Calls.Select(call => $"{call.Request.Method} {call.Request.RequestUri!.AbsolutePath}"));
        Assert.Equal("""{"kind":"hmac","overlapHours":24}""", Encoding.UTF8.GetString(hub.Calls[0].Body));
        Assert.Contains("\"serves\":[{\"agency\":\"H30\",\"subtree\":true}]", Encoding.UTF8.GetString(hub.Calls[3].Body), StringComparison.Ordinal);
        Assert.All(hub.Calls, call => Assert.Equal("op:pa:ss", Encoding.UTF8.GetString(Convert.FromBase64String(call.Request.Headers.Authorization!.Parameter!))));
    }

    private static HubClient Operator(RecordedHub hub) => HubClient.ForOperator(new HttpClient(hub), new Uri("http://hub"), "op", "pa:ss");
}
