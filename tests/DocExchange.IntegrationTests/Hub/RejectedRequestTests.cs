using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>What the server rejects by itself is answered in the form its caller reads: never by an empty body, which one client takes for "no documents".</summary>
public sealed class RejectedRequestTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly string Flood = string.Concat(Enumerable.Range(0, 80).Select(i => $"X-{i}: {new string('a', 16_000)}\r\n"));

    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("RUBBISH\r\n\r\n", 400)]
    [InlineData("GET  / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("POST /vxp/sendEdoc HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400)]
    [InlineData("POST /vxp/sendEdoc HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST /getReceivedEdocList HTTP/1.1\r\n\r\n", 400)]
    [InlineData("POST /vxp/sendEdoc HTTP/7.7\r\n\r\n", 505)]
    public async Task A_request_that_cannot_be_read_is_refused_in_the_protocols_form(string request, int status)
    {
        var answer = await Hub.SendRawAsync(Encoding.ASCII.GetBytes(request));

        AssertRefused(answer, status, "22");
    }

    [Theory]
    [InlineData("/vxp/sendEdoc")]
    [InlineData("/vxp/getReceivedEdocList")]
    [InlineData("/getReceivedEdocList")]
    public async Task More_than_a_megabyte_of_headers_is_refused_in_the_protocols_form(string path)
    {
        var answer = await SendFloodAsync($"POST {path} HTTP/1.1\r\nHost: x\r\n{Flood}\r\n");

        AssertRefused(answer, 431, "22");
        Assert.Contains("256 KB", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_the_json_interface_it_is_a_problem_document()
    {
        var answer = await SendFloodAsync($"GET /api/v1/inbox HTTP/1.1\r\nHost: x\r\n{Flood}\r\n");

        Assert.Equal((431, "application/problem+json"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal("DX-0014", JsonDocument.Parse(answer.Body).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Under_the_soap_interfaces_it_is_a_fault()
    {
        var answer = await Hub.SendRawAsync("POST /soap/v1 HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"u8.ToArray());

        Assert.Equal((400, "text/xml; charset=utf-8"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Contains("<faultcode>s:Client</faultcode>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<Code>DX-0015</Code>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_download_stays_empty()
    {
        var answer = await Hub.SendRawAsync("GET /vxp/downloadEdoc HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"u8.ToArray());

        Assert.Equal((400, 0), (answer.Status, answer.Body.Length));
    }

    [Fact]
    public async Task An_answer_given_before_on_the_same_connection_is_left_alone()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Hub.Address.Host, Hub.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\nRUBBISH\r\n\r\n"u8.ToArray());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, patience.Token);

        var answers = Encoding.UTF8.GetString(all.ToArray()).Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["200", "200", "400"], answers.Select(a => a[..3]));
        Assert.Contains("live", answers[1], StringComparison.Ordinal);
        Assert.Contains("\"status\":\"FAIL\"", answers[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/vxp/sendEdoc")]
    [InlineData("/api/v1/documents")]
    public async Task A_body_that_stops_arriving_is_refused_with_the_code_to_send_it_again(string path)
    {
        var isVxp = path.StartsWith("/vxp", StringComparison.Ordinal);
        var headers = isVxp
            ? Hub.Signed(TestHub.Province, ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", new string('a', 64)))
            : [new("Authorization", $"Bearer {TestHub.Province}.{TestHub.Secret}"), new("Content-Type", "application/octet-stream")];
        var head = $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n" + string.Concat(headers.Select(h => $"{h.Key}: {h.Value}\r\n")) + "\r\n";

        // The server gives a body five seconds to come at a pace.
        var answer = await Hub.SendRawAsync(Encoding.Latin1.GetBytes(head + "<?xml"));

        Assert.Equal(408, answer.Status);
        if (isVxp) AssertRefused(answer, 408, "20");
        else Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
    }

    /// <summary>The server stops reading before all is sent, so the sending may fail while the answer is there.</summary>
    private async Task<RawAnswer> SendFloodAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Hub.Address.Host, Hub.Address.Port);
        var stream = socket.GetStream();
        var sending = stream.WriteAsync(Encoding.ASCII.GetBytes(request)).AsTask();
        var answer = await RawAnswer.ReadAsync(stream);
        try
        {
            await sending;
        }
        catch (IOException)
        {
        }
        return answer;
    }

    private static void AssertRefused(RawAnswer answer, int status, string code)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal(answer.Body.Length.ToString(CultureInfo.InvariantCulture), answer.Headers["Content-Length"]);
        Assert.Equal(code, new VxpReply(answer.Status, answer.Body).WellFormed().Code);
    }
}
