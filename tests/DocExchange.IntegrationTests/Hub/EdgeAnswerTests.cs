using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;
using DocExchange.Hub.Operations;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>A hub that also answers under the address of an adapter.</summary>
public sealed class AdapterPrefixFixture : HubFixture
{
    protected override void Configure(HubOptions options) => options.VxpPrefixes = ["/vxp", "/XrdAdapter/adapter", ""];
}

/// <summary>Every answer under a prefix can be read by the axis SDK, whatever went wrong. What the server rejects by itself: <see cref="RejectedRequestTests"/>.</summary>
public sealed class EdgeAnswerTests(AdapterPrefixFixture fixture) : IClassFixture<AdapterPrefixFixture>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("/vxp/noSuchOperation", "POST", 400)]
    [InlineData("/vxp/", "POST", 400)]
    [InlineData("/vxp", "GET", 400)]
    [InlineData("/vxp/sendEdoc/more", "POST", 400)]
    [InlineData("/XrdAdapter/adapter/noSuchOperation", "POST", 400)]
    [InlineData("/XrdAdapter/adapter", "POST", 400)]
    [InlineData("/vxp/sendEdoc", "GET", 400)]
    [InlineData("/vxp/getEdoc", "GET", 400)]
    [InlineData("/vxp/getEdoc", "POST", 401)]
    [InlineData("/getEdoc", "POST", 401)]
    public async Task A_wrong_address_method_or_caller_is_answered_in_the_protocols_form(string path, string method, int status)
    {
        var reply = await Hub.PostAsync(path, [], [], method);

        Assert.Equal(status, reply.Status);
        Assert.Equal("FAIL", reply.WellFormed().Json.GetProperty("status").GetString());
        Assert.NotEqual("20", reply.Code);
    }

    [Fact]
    public async Task A_signed_call_to_no_operation_at_the_root_is_answered_in_the_protocols_form()
    {
        Assert.Equal(400, (await Hub.PostAsync("/noSuchOperation", Hub.Signed(TestHub.Province), [])).WellFormed().Status);
    }

    [Theory]
    [InlineData("/vxp/")]
    [InlineData("/VXP/")]
    [InlineData("/XrdAdapter/adapter/")]
    [InlineData("/")]
    public async Task Operations_are_found_under_every_configured_prefix(string prefix)
    {
        (await Hub.PostAsync(prefix + "countReceiveEdoc", Hub.Signed(TestHub.Province), [])).Ok();
    }

    [Fact]
    public async Task The_other_pages_of_the_hub_are_not_swallowed_by_the_empty_prefix()
    {
        Assert.Equal(200, (await Hub.PostAsync("/health/live", [], [], "GET")).Status);
        Assert.Equal(401, (await Hub.PostAsync("/api/v1/documents/d-1", [], [], "GET")).Status);
    }

    [Theory]
    [InlineData(200 * 1024, 200)]
    [InlineData(255 * 1024, 200)]
    [InlineData(257 * 1024, 431)]
    [InlineData(900 * 1024, 431)]
    public async Task Headers_are_taken_up_to_256_kilobytes_with_any_byte_in_them_and_refused_in_words_beyond(int size, int status)
    {
        var signed = Hub.Signed(TestHub.Province);
        var head = $"POST /vxp/countReceiveEdoc HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n"
            + string.Concat(signed.Select(h => $"{h.Key}: {h.Value}\r\n"));
        while (head.Length + 200 < size) head += "X-Filler: " + new string('\u00e9', Math.Min(8000, size - head.Length - 14)) + "\r\n";

        var answer = await Hub.SendRawAsync(Encoding.Latin1.GetBytes(head + "\r\n"));

        var reply = new VxpReply(answer.Status, answer.Body).WellFormed();
        Assert.True(status == reply.Status, reply.Text);
        Assert.NotEqual("20", reply.Code);
    }

    [Fact]
    public async Task Many_short_headers_are_no_reason_for_an_empty_answer()
    {
        var headers = Hub.Signed(TestHub.Province).Concat(Enumerable.Range(0, 5000).Select(i => new KeyValuePair<string, string>("X-" + i, "1")));

        var answer = await Hub.SendRawAsync(Head("countReceiveEdoc", headers, "Connection: close\r\nContent-Length: 0\r\n"));

        new VxpReply(answer.Status, answer.Body).WellFormed().Ok();
    }

    [Fact]
    public async Task A_circulars_receivers_may_fill_the_headers()
    {
        var codes = Enumerable.Range(0, 3000).Select(i => $"\"000.00.{i % 100:00}.H{i}\"");

        var reply = await Hub.SendAsync(new Letter().Bytes, to: "[" + string.Join(',', codes) + "]");

        Assert.Equal("18", reply.Code);
    }

    [Fact]
    public async Task A_client_that_waits_for_100_continue_gets_it_and_one_that_is_refused_first_does_not()
    {
        var letter = new Letter();
        var headers = Hub.Signed(TestHub.Province, ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", FileHash.Unpadded(SHA256.HashData(letter.Bytes))));

        var (interim, accepted) = await ExpectAsync(headers, letter.Bytes);
        Assert.StartsWith("HTTP/1.1 100", interim, StringComparison.Ordinal);
        accepted!.Ok();

        var (refused, _) = await ExpectAsync([], letter.Bytes);
        Assert.StartsWith("HTTP/1.1 401", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_calls_on_a_connection_each_are_all_answered()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            var letter = new Letter();
            var headers = Hub.Signed(TestHub.Province, ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", FileHash.Unpadded(SHA256.HashData(letter.Bytes))));
            var answer = await Hub.SendRawAsync([.. Head("sendEdoc", headers, $"Connection: close\r\nContent-Length: {letter.Bytes.Length}\r\n"), .. letter.Bytes]);
            return new VxpReply(answer.Status, answer.Body).WellFormed().Ok().DocId;
        }));

        Assert.Equal(100, replies.Distinct().Count());
    }

    [Fact]
    public async Task A_broken_chunk_is_a_request_that_cannot_be_read_and_not_a_fault_of_the_hub()
    {
        var headers = Hub.Signed(TestHub.Province, ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", "00"));

        var answer = await Hub.SendRawAsync([.. Head("sendEdoc", headers, "Connection: close\r\nTransfer-Encoding: chunked\r\n"), .. "zz\r\n"u8]);

        Assert.Equal((400, "22"), (answer.Status, new VxpReply(answer.Status, answer.Body).WellFormed().Code));
    }

    [Fact]
    public async Task A_registration_leaves_its_connection_usable()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Hub.Address.Host, Hub.Address.Port);
        var body = "{\"code\":\"H30.12.66\",\"pcode\":\"H30.12\",\"name\":\"Phòng Mẫu\"}"u8.ToArray();
        for (var i = 0; i < 3; i++)
        {
            await socket.GetStream().WriteAsync((byte[])[.. Head("registerAgency", Hub.Signed(TestHub.Province), $"Content-Length: {body.Length}\r\n"), .. body]);
            Assert.Equal(200, (await RawAnswer.ReadAsync(socket.GetStream())).Status);
        }
    }

    private byte[] Head(string operation, IEnumerable<KeyValuePair<string, string>> headers, string further) => Encoding.Latin1.GetBytes(
        $"POST /vxp/{operation} HTTP/1.1\r\nHost: x\r\n{further}" + string.Concat(headers.Select(h => $"{h.Key}: {h.Value}\r\n")) + "\r\n");

    /// <summary>Sends the head, reads the first line of what comes back, and sends the body only when asked to.</summary>
    private async Task<(string FirstLine, VxpReply? Reply)> ExpectAsync(IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Hub.Address.Host, Hub.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Head("sendEdoc", headers, $"Connection: close\r\nExpect: 100-continue\r\nContent-Length: {body.Length}\r\n"));
        var line = new StringBuilder();
        var one = new byte[1];
        while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) > 0) line.Append((char)one[0]);
        if (!line.ToString().StartsWith("HTTP/1.1 100", StringComparison.Ordinal)) return (line.ToString(), null);
        await stream.ReadExactlyAsync(new byte[2]);
        await stream.WriteAsync(body);
        var answer = await RawAnswer.ReadAsync(stream);
        return (line.ToString(), new VxpReply(answer.Status, answer.Body));
    }
}
