using System.Security.Cryptography;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>Listing, fetching and answering what waits.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync(configure: options => options.MaxPackageMegabytes = 12);

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition_while_items_come_and_go()
    {
        var letters = Enumerable.Range(0, 25).Select(i => new Letter { Priority = i % 3 == 0 ? "2" : "0" }).ToList();
        foreach (var letter in letters) await _hub.PostPackageAsync(letter.Bytes);
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await _hub.GetAsync($"inbox?kind=document&limit=10{(after is null ? "" : "&after=" + after)}", TestHub.Department)).Is(200).Json;
            var items = page.GetProperty("items").EnumerateArray().ToList();
            seen.AddRange(items.Select(i => i.GetProperty("documentId").GetString()!));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            // What the reader has stored disappears from the list behind it, and something urgent arrives before it.
            (await _hub.PostJsonAsync($"inbox/{items[0].GetProperty("itemId").GetString()}/confirm", """{"result":"done"}""", TestHub.Department)).Is(200);
            await _hub.PostPackageAsync(new Letter { Priority = "4" }.Bytes);
        }
        while (after is not null);

        Assert.Equal(25, seen.Count);
        Assert.Equal(letters.OrderByDescending(l => l.Priority).Select(l => l.DocumentId), seen);
    }

    [Fact]
    public async Task A_list_of_both_kinds_pages_from_documents_into_statuses()
    {
        for (var i = 0; i < 3; i++)
        {
            var mine = new Letter();
            await _hub.PostPackageAsync(mine.Bytes);
            (await _hub.PostPackageAsync(new StatusPaper(mine, "H30.12", "03").Bytes, TestHub.Department)).Is(201);
            (await _hub.PostPackageAsync(new Letter { From = "H30.12", To = ["H30.13"] }.Bytes, TestHub.Department)).Is(201);
        }
        var kinds = new List<string>();
        string? after = null;
        do
        {
            var page = (await _hub.GetAsync($"inbox?limit=2{(after is null ? "" : "&after=" + after)}", TestHub.Province)).Is(200).Json;
            kinds.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("kind").GetString()!));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);

        Assert.Equal(["document", "document", "document", "status", "status", "status"], kinds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2_000_000)]
    public async Task Content_is_the_bytes_that_were_sent_whole_in_ranges_or_not_at_all(int padding)
    {
        var letter = new Letter { File = [.. new Letter().File, .. RandomNumberGenerator.GetBytes(padding)] };
        var bytes = letter.Bytes;
        await _hub.PostPackageAsync(bytes);
        var path = await PathOfAsync(letter) + "/content";

        var whole = (await _hub.GetAsync(path, TestHub.Department)).Is(200);
        var tag = whole.Headers.ETag!.ToString();
        var rest = (await _hub.GetAsync(path, TestHub.Department, ("Range", $"bytes=700-"), ("If-Range", tag))).Is(206);
        var known = (await _hub.GetAsync(path, TestHub.Department, ("If-None-Match", tag))).Is(304);
        (await _hub.GetAsync(path, TestHub.Department, ("Range", $"bytes={bytes.Length}-"))).Is(416);

        Assert.Equal(bytes, whole.Body);
        Assert.Equal(bytes[700..], rest.Body);
        Assert.Empty(known.Body);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"", tag);
        var item = (await _hub.GetAsync("inbox", TestHub.Department)).Json.GetProperty("items")[0];
        Assert.Equal(1, item.GetProperty("fetchedCount").GetInt32());
    }

    [Fact]
    public async Task Done_is_recorded_once_and_never_goes_back()
    {
        var letter = new Letter();
        var sent = await _hub.PostPackageAsync(letter.Bytes);
        var path = await PathOfAsync(letter) + "/confirm";

        (await _hub.PostJsonAsync(path, """{"result":"fail"}""", TestHub.Department)).Refuses(400, "DX-0012");
        (await _hub.PostJsonAsync(path, """{"result":"maybe"}""", TestHub.Department)).Refuses(422, "DX-0008");
        Assert.True((await _hub.PostJsonAsync(path, """{"result":"done"}""", TestHub.Department)).Is(200).Json.GetProperty("recorded").GetBoolean());
        Assert.False((await _hub.PostJsonAsync(path, """{"result":"fail","reason":"muộn"}""", TestHub.Department)).Is(200).Json.GetProperty("recorded").GetBoolean());

        Assert.Equal(Core.Delivery.DeliveryState.Delivered, (await _hub.TrackAsync(sent.DocId)).Deliveries[0].State);
        Assert.Empty((await _hub.GetAsync("inbox?kind=document", TestHub.Department)).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Another_systems_items_are_as_unknown_as_those_that_do_not_exist()
    {
        var letter = new Letter();
        await _hub.PostPackageAsync(letter.Bytes);
        var path = await PathOfAsync(letter);

        (await _hub.GetAsync(path + "/content", TestHub.Province)).Refuses(404, "DX-6001");
        (await _hub.PostJsonAsync(path + "/confirm", """{"result":"done"}""", TestHub.Province)).Refuses(404, "DX-6001");
        (await _hub.PostJsonAsync(path + "/statuses", """{"code":"03","at":"2024-01-06T09:00:00+07:00"}""", TestHub.Province)).Refuses(404, "DX-6001");
        (await _hub.GetAsync("inbox/000000000000000000000000000a/content", TestHub.Province)).Refuses(404, "DX-6001");
    }

    [Fact]
    public async Task A_status_is_reported_without_writing_edxml_and_arrives_as_a_package()
    {
        var letter = new Letter();
        var sent = await _hub.PostPackageAsync(letter.Bytes);
        var path = await PathOfAsync(letter) + "/statuses";
        const string json = """{"code":"04","at":"2024-01-06T09:00:00+07:00","description":"Giao phòng văn thư","staff":{"department":"Văn thư","name":"Lê Văn Mẫu"}}""";

        (await _hub.PostJsonAsync(path, json.Replace("04", "03", StringComparison.Ordinal), TestHub.Department)).Is(201);
        var first = (await _hub.PostJsonAsync(path, json, TestHub.Department)).Is(201);
        var again = (await _hub.PostJsonAsync(path, json, TestHub.Department)).Is(200);

        Assert.Equal((first.DocId, first.ReceiptId), (again.DocId, again.ReceiptId));
        var tracked = Assert.Single((await _hub.TrackAsync(sent.DocId)).Statuses, s => s.Code == 4);
        Assert.Equal(("Giao phòng văn thư", new DateTimeOffset(2024, 1, 6, 2, 0, 0, TimeSpan.Zero)), (tracked.Description, tracked.At));
        var items = (await _hub.GetAsync("inbox?kind=status", TestHub.Province)).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, items.Count);
        var package = (await _hub.GetAsync($"inbox/{items[1].GetProperty("itemId").GetString()}/content", TestHub.Province)).Is(200);
        Assert.Contains("<edXML:StatusCode>04</edXML:StatusCode>", package.Text, StringComparison.Ordinal);
        Assert.Contains(letter.DocumentId, package.Text, StringComparison.Ordinal);
        // The receipt is about what was received: the request, kept as the original.
        var (_, entry) = await _hub.ReceiptAsync(TestHub.Department, first.ReceiptId);
        Assert.NotEqual(SHA256.HashData(package.Body), entry.Digest);
        (await _hub.PostJsonAsync(path, """{"code":"16","at":"2024-01-06T09:00:00+07:00"}""", TestHub.Department)).Is(422);
        (await _hub.PostJsonAsync(path, """{"code":"03"}""", TestHub.Department)).Refuses(400, "DX-0012");
    }

    private async Task<string> PathOfAsync(Letter letter) => "inbox/" + (await _hub.GetAsync("inbox?kind=document&limit=1000", TestHub.Department)).Json.GetProperty("items")
        .EnumerateArray().Single(i => i.GetProperty("documentId").GetString() == letter.DocumentId).GetProperty("itemId").GetString();
}
