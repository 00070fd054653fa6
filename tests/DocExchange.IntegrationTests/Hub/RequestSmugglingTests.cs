using System.Net.Sockets;
using System.Text;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Requests that a proxy before the hub and the hub might cut apart in two ways: none of them may carry a second one inside.</summary>
public sealed class RequestSmugglingTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Inside = "GET /health/live HTTP/1.1\r\nHost: inside\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 50")]
    [InlineData("Content-Length: 5, 50")]
    [InlineData("Content-Length: +5")]
    [InlineData("Content-Length : 5")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData("Content-Length: 5\r\n Transfer-Encoding: chunked")]
    public async Task What_stands_behind_a_head_that_can_be_read_in_two_ways_is_never_answered(string headers)
    {
        var answers = await AnswersAsync($"POST /health/live HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{Inside}", hangsUp: false);

        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.StartsWith("4", answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5 ;\r\n")]
    [InlineData("0x5\r\n")]
    [InlineData("5\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")]
    public async Task A_chunk_whose_size_is_not_plain_ends_the_connection(string size)
    {
        var answers = await AnswersAsync($"POST /vxp/sendEdoc HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{size}GET /\r\n0\r\n\r\n{Inside}", hangsUp: true);

        Assert.DoesNotContain(answers, answer => answer.StartsWith("200", StringComparison.Ordinal) && answer.Contains("live", StringComparison.Ordinal));
    }

    /// <summary>Everything the hub says until it hangs up, answer by answer.</summary>
    private async Task<string[]> AnswersAsync(string request, bool hangsUp)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(fixture.Hub.Address.Host, fixture.Hub.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        if (hangsUp) socket.Client.Shutdown(SocketShutdown.Send);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, patience.Token);
        return Encoding.UTF8.GetString(all.ToArray()).Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries);
    }
}
