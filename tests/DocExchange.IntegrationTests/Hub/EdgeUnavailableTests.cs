using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;
using DocExchange.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>While the hub cannot take anything, clients are told to come again (20), and only for what they should repeat.</summary>
public sealed class EdgeUnavailableTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task While_the_store_cannot_commit_submissions_are_told_to_come_again_and_mistakes_stay_mistakes()
    {
        var letter = new Letter();
        var before = _hub.CountLeftovers();
        VxpReply accepted, refused, mistake, answer;
        using (var other = Database.Open(Path.Combine(_hub.Folder, "store", "exchange.db"), readOnly: false))
        {
            // Somebody else holds the store's one write lock.
            other.Execute("BEGIN IMMEDIATE");
            var replies = await Task.WhenAll(
                _hub.SendAsync(letter), _hub.SendAsync(letter with { To = ["H77"] }), _hub.CallAsync("updateStatus", TestHub.Province, [], ("docId", "d-1"), ("status", "ok")));
            (accepted, refused, mistake) = (replies[0], replies[1], replies[2]);
            answer = await _hub.CallAsync("countReceiveEdoc", TestHub.Department, []);
            other.Execute("ROLLBACK");
        }

        foreach (var reply in new[] { accepted, refused })
        {
            Assert.Equal((503, "20", ""), (reply.Status, reply.WellFormed().Code, reply.DocId));
        }
        Assert.Equal((200, "22"), (mistake.Status, mistake.WellFormed().Code));
        answer.Ok();
        Assert.Equal(before, _hub.CountLeftovers());
        (await _hub.SendAsync(letter)).Ok();
    }

    [Fact]
    public async Task A_hub_that_is_being_stopped_finishes_what_is_on_its_way_and_sends_the_rest_away_in_the_protocols_form()
    {
        var letter = new Letter();
        var headers = _hub.Signed(TestHub.Province, ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", FileHash.Unpadded(SHA256.HashData(letter.Bytes))));
        using var socket = new TcpClient();
        await socket.ConnectAsync(_hub.Address.Host, _hub.Address.Port);
        var stream = socket.GetStream();
        var head = $"POST /vxp/sendEdoc HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: {letter.Bytes.Length}\r\n"
            + string.Concat(headers.Select(h => $"{h.Key}: {h.Value}\r\n")) + "\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
        // The interim answer says that the hub has begun with this request.
        await stream.ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length]);

        _hub.Hub.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var late = await _hub.SendAsync(new Letter());
        await stream.WriteAsync(letter.Bytes);
        var answer = await RawAnswer.ReadAsync(stream);

        Assert.Equal((503, "20"), (late.Status, late.WellFormed().Code));
        Assert.Contains("DX-9004", late.Description, StringComparison.Ordinal);
        new VxpReply(answer.Status, answer.Body).WellFormed().Ok();
    }
}
