using System.Net.Http.Headers;
using System.Text.Json;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>The feed: everything of one's own, nothing of others, once each and in order.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task Sender_and_recipient_learn_of_the_same_document_each_what_is_their_business()
    {
        var letter = new Letter { To = ["H30.12", "H30.13"] };
        var sent = (await _hub.PostPackageAsync(letter.Bytes)).Is(201);
        var item = (await _hub.GetAsync("inbox?kind=document", TestHub.Department)).Json.GetProperty("items")[0].GetProperty("itemId").GetString();
        (await _hub.GetAsync($"inbox/{item}/content", TestHub.Department)).Is(200);
        (await _hub.PostJsonAsync($"inbox/{item}/confirm", """{"result":"done"}""", TestHub.Department)).Is(200);
        (await _hub.PostJsonAsync($"inbox/{item}/statuses", """{"code":"03","at":"2024-01-06T09:00:00+07:00"}""", TestHub.Department)).Is(201);

        var sender = await EventsAsync(TestHub.Province);
        var recipient = await EventsAsync(TestHub.Department);

        Assert.Equal(["SubmissionAcceptance", "ContentAccessTracking", "ContentHandover", "StatusReported", "SubmissionAcceptance"], sender.Select(e => Text(e, "event")));
        Assert.Equal(sent.ReceiptId, Text(sender[0], "receiptId"));
        Assert.Equal(2, sender[0].GetProperty("recipients").GetArrayLength());
        Assert.Equal("H30.12", Assert.Single(recipient[0].GetProperty("recipients").EnumerateArray()).GetString());
        Assert.False(recipient[0].TryGetProperty("receiptId", out _));
        Assert.Equal((sent.DocId, "03"), (Text(sender[4], "about"), Text(sender[4], "statusCode")));
        Assert.Empty(await EventsAsync(TestHub.Peer));
    }

    [Fact]
    public async Task A_reader_that_follows_while_many_commit_misses_nothing_and_gets_nothing_twice()
    {
        const int documents = 300;
        using var reading = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var polled = PollAsync(documents, reading.Token);
        var streamed = StreamAsync(documents, after: 0, reading.Token);
        // Others' events lie between, and several commits are under way at any time.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            for (var i = worker; i < documents; i += 8)
            {
                (await _hub.PostPackageAsync(new Letter().Bytes)).Is(201);
                (await _hub.PostPackageAsync(new Letter { From = "G22", To = ["G12"] }.Bytes, TestHub.Peer)).Is(201);
            }
        }));

        var (byPoll, byStream) = (await polled, await streamed);

        Assert.Equal(documents, byPoll.Distinct().Count());
        Assert.Equal(documents, byPoll.Count);
        Assert.Equal(byPoll.Order(), byPoll);
        Assert.Equal(byPoll, byStream);
        // A reader that comes back goes on behind the last event it got.
        Assert.Equal(byPoll.Skip(200), await StreamAsync(documents - 200, byPoll[199], reading.Token));
    }

    [Fact]
    public async Task A_poll_looks_through_some_pages_of_what_is_others_business_and_says_where_to_go_on()
    {
        var start = (await _hub.GetAsync("events?limit=1000", TestHub.Department)).Is(200).Json.GetProperty("next").GetInt64();
        const int others = 25_000;
        await _hub.Hub.Store.Writer.RunAsync(session =>
        {
            for (var i = 0; i < others; i++) session.Witness(new EvidenceEntry { Event = EvidenceEvents.AccountSignedOut, Time = session.Now });
            return true;
        });
        (await _hub.PostPackageAsync(new Letter().Bytes)).Is(201);

        var first = (await _hub.GetAsync($"events?limit=1&wait=30&after={start}", TestHub.Department)).Is(200).Json;

        Assert.Empty(first.GetProperty("events").EnumerateArray());
        var next = first.GetProperty("next").GetInt64();
        Assert.InRange(next, start + 1, start + others - 1);
        var polls = 1;
        JsonElement found;
        do
        {
            found = (await _hub.GetAsync($"events?limit=1&after={next}", TestHub.Department)).Is(200).Json;
            next = found.GetProperty("next").GetInt64();
        }
        while (found.GetProperty("events").GetArrayLength() == 0 && polls++ < 10);
        Assert.Equal("SubmissionAcceptance", found.GetProperty("events")[0].GetProperty("event").GetString());
    }

    [Fact]
    public async Task A_long_poll_answers_when_something_happens_and_with_its_cursor_when_nothing_does()
    {
        var idle = (await _hub.GetAsync("events?wait=1", TestHub.Department)).Is(200).Json;
        var waiting = _hub.GetAsync($"events?wait=30&after={idle.GetProperty("next").GetInt64()}", TestHub.Department);
        (await _hub.PostPackageAsync(new Letter().Bytes)).Is(201);

        var answer = (await waiting).Is(200).Json;

        Assert.Empty(idle.GetProperty("events").EnumerateArray());
        Assert.True(idle.GetProperty("next").GetInt64() > 0);
        Assert.Equal("SubmissionAcceptance", Text(Assert.Single(answer.GetProperty("events").EnumerateArray()), "event"));
        (await _hub.GetAsync("events?wait=61", TestHub.Department)).Refuses(400, "DX-0012");
    }

    private async Task<List<JsonElement>> EventsAsync(string system) => [.. (await _hub.GetAsync("events", system)).Is(200).Json.GetProperty("events").EnumerateArray()];

    private async Task<List<long>> PollAsync(int wanted, CancellationToken cancellationToken)
    {
        var seen = new List<long>();
        for (long after = 0; seen.Count < wanted;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = (await _hub.GetAsync($"events?wait=10&limit=7&after={after}", TestHub.Province)).Is(200).Json;
            seen.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("index").GetInt64()));
            after = page.GetProperty("next").GetInt64();
        }
        return seen;
    }

    private async Task<List<long>> StreamAsync(int wanted, long after, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_hub.Address, "/api/v1/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{TestHub.Province}.{TestHub.Secret}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (after > 0) request.Headers.Add("Last-Event-ID", after.ToString());
        using var response = await _hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var seen = new List<long>();
        while (seen.Count < wanted && await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) seen.Add(long.Parse(line[4..]));
        }
        return seen;
    }

    private static string? Text(JsonElement holder, string member) => holder.GetProperty(member).GetString();
}
