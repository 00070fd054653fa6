using DocExchange.Axis.Calls;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;
using DocExchange.Client;
using Xunit;

namespace DocExchange.UnitTests.Client;

/// <summary>Guards the client against calls that a hub cannot verify, and against taking an outage for "no documents".</summary>
public sealed class VxpClientTests
{
    /// <summary>A file whose disk does not give it.</summary>
    private sealed class BadSector : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("a bad sector");
    }

    private const string Ok = """{"status":"OK","ErrorCode":"0","ErrorDesc":"Thanh cong"}""";

    [Fact]
    public async Task A_file_is_sent_with_its_hash_a_line_end_and_an_honest_length()
    {
        var hub = RecordedHub.Json("""{"status":"OK","ErrorCode":"0","ErrorDesc":"","DocId":"0192"}""");
        var file = Encoding.UTF8.GetBytes("ignored<edXML/>\r\n");
        using var stream = new MemoryStream(file) { Position = 7 };

        var sent = (await Client(hub).SendAsync(stream, VxpNames.MessageEdoc, "H30", ["G22"])).Value!;

        var (request, body) = hub.Calls[0];
        Assert.Equal("http://hub/some/vxp/sendEdoc", request.RequestUri!.ToString());
        Assert.Equal("<edXML/>\r\n\r\n", Encoding.UTF8.GetString(body));
        Assert.Equal((body.Length, "application/octet-stream"), ((int)request.Content!.Headers.ContentLength!, request.Content.Headers.ContentType!.ToString()));
        var digest = SHA256.HashData(file.AsSpan(7));
        var signed = hub.Signed();
        Assert.True(FileHash.Matches(digest, signed.HashFile!));
        Assert.Equal(("eDoc", "edoc", "H30", "sys"), (signed.ServiceType, signed.MessageType, signed.From, signed.SystemId));
        Assert.Equal(["G22"], signed.To);
        Assert.Equal(new SentPackage("0192", FileHash.Padded(digest), 10), sent);
    }

    [Fact]
    public async Task A_refusal_is_a_value_with_its_code_and_text()
    {
        var hub = RecordedHub.Json("""{"status":"FAIL","ErrorCode":"18","ErrorDesc":"DX-4001: unknown \u0111","DocId":""}""");
        using var stream = new MemoryStream([1]);
        Assert.Equal(new VxpRefusal(18, "DX-4001: unknown đ") { HttpStatus = 200 }, (await Client(hub).SendAsync(stream, "edoc", "H30")).Refusal);
        Assert.Null(hub.Signed().To);
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("<html/>", HttpStatusCode.BadGateway)]
    [InlineData("[]", HttpStatusCode.OK)]
    [InlineData("{}", HttpStatusCode.OK)]
    public async Task An_answer_of_something_else_is_a_failure_and_no_empty_list(string body, HttpStatusCode status)
    {
        var refusal = (await Client(RecordedHub.Json(body, status)).ListAsync("edoc")).Refusal;
        Assert.True(refusal!.IsTransient);
    }

    [Fact]
    public async Task A_list_is_asked_for_with_bounds_and_read_with_numbers_or_gaps_in_it()
    {
        var hub = RecordedHub.Json("""{"status":"OK","ErrorCode":0,"ErrorDesc":"","data":[{"docId":7,"from":"H30","status":"initial","to":null}]}""");
        var at = new DateTimeOffset(2026, 11, 21, 9, 2, 45, TimeSpan.Zero);

        var items = (await Client(hub).ListAsync("edoc", at, at.AddDays(1))).Value!;

        Assert.Equal(new ReceivedItem("7", "", "", "", "H30", "", "initial", ""), Assert.Single(items));
        Assert.Equal(("21/11/2026 16:02:45", "22/11/2026 16:02:45"), (hub.Signed().FromDate, hub.Signed().ToDate));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "<edXML/>", 0)]
    // Nothing from either operation is an outage that looks like "no such package".
    [InlineData(HttpStatusCode.OK, "", 20)]
    [InlineData(HttpStatusCode.NotFound, "", 18)]
    [InlineData(HttpStatusCode.Unauthorized, "", 15)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "", 20)]
    [InlineData(HttpStatusCode.InternalServerError, "an error page", 20)]
    public async Task A_download_is_a_package_or_a_refusal_never_an_error_page(HttpStatusCode status, string body, int code)
    {
        var hub = RecordedHub.Json(body, status, "application/xml");
        using var target = new MemoryStream();

        var answer = await Client(hub).FetchAsync("0192", target);

        Assert.Equal(code, answer.Refusal?.Code ?? 0);
        Assert.Equal(code == 0 ? body : "", Encoding.UTF8.GetString(target.ToArray()));
        Assert.Equal((HttpMethod.Get, "0192"), (hub.Calls[0].Request.Method, hub.Signed().DocId));
    }

    [Fact]
    public async Task Confirming_and_rejecting_say_so_in_signed_values()
    {
        var hub = RecordedHub.Json(Ok);
        Assert.True((await Client(hub).ConfirmAsync("1")).Value);
        Assert.Equal(("1", "done", null), (hub.Signed().DocId, hub.Signed().Status, hub.Signed().Description));
        Assert.True((await Client(hub).RejectAsync("1", "no disk")).Value);
        Assert.Equal(("fail", "no disk"), (hub.Signed().Status, hub.Signed().Description));
    }

    [Fact]
    public async Task What_the_hub_writes_the_client_reads()
    {
        using var list = new MemoryStream();
        await VxpJson.AgenciesAsync(System.IO.Pipelines.PipeWriter.Create(list), [new AgencyRow("1", null, "H30", "Sở Nội vụ", OldCode: "000.00.01.H30")], default);
        var agencies = (await Client(RecordedHub.Json(Encoding.UTF8.GetString(list.ToArray()))).AgenciesAsync()).Value!;
        Assert.Equal(new AgencyItem("1", "", "H30", "Sở Nội vụ", "", "000.00.01.H30"), Assert.Single(agencies));

        var output = new System.Buffers.ArrayBufferWriter<byte>();
        VxpJson.Count(output, 5);
        Assert.Equal(5, (await Client(RecordedHub.Json(Encoding.UTF8.GetString(output.WrittenSpan))).CountAsync("status")).Value);

        output.ResetWrittenCount();
        VxpJson.SentList(output, [new SentRow("edoc", "1", "2", "H30", "G22", "Tờ trình", "1/TTr", default, null, "done", "x", "inbox", null)]);
        var sent = Assert.Single((await Client(RecordedHub.Json(Encoding.UTF8.GetString(output.WrittenSpan))).SentListAsync("edoc", "1")).Value!);
        Assert.Equal(("Tờ trình", "done", "inbox", "G22", ""), (sent.Title, sent.SendStatus, sent.ReceiveStatus, sent.To, sent.ReceivedAt));
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("Sun, 22 Nov 2026 08:01:30 GMT", 90)]
    [InlineData("Sun, 22 Nov 2026 07:00:00 GMT", 0)]
    public async Task How_long_to_wait_is_read_in_seconds_or_as_a_date_by_the_clock_of_who_says_it(string retryAfter, int seconds)
    {
        var hub = new RecordedHub(_ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("busy") };
            answer.Headers.Date = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return answer;
        });

        Assert.Equal(TimeSpan.FromSeconds(seconds), (await Client(hub).ListAsync("edoc")).Refusal!.RetryAfter);
    }

    [Fact]
    public async Task A_package_that_cannot_be_read_here_is_no_silence_of_the_other_side()
    {
        var hub = RecordedHub.Json(Ok);

        await Assert.ThrowsAsync<UnreadablePackageException>(() => Client(hub).SendAsync(new BadSector(), "edoc", "H30"));
        Assert.Empty(hub.Calls);
    }

    private static VxpClient Client(RecordedHub hub) =>
        new(new HttpClient(hub), new Uri("http://hub/some/vxp/"), "sys", Encoding.UTF8.GetString(RecordedHub.Secret), TimeProvider.System);
}
