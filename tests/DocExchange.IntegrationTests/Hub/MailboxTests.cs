using DocExchange.Core.Delivery;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>A hub whose mailbox lists are short.</summary>
public sealed class ShortListFixture : HubFixture
{
    public const int Limit = 20;

    protected override void Configure(HubOptions options) => options.MailboxListLimit = Limit;
}

/// <summary>Mailboxes: what is listed in which order, what an answer does, and that nobody delays or sees anybody else.</summary>
public sealed class MailboxTests(ShortListFixture fixture) : IClassFixture<ShortListFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Urgent_documents_come_first_then_the_oldest_and_what_was_fetched_three_times_unanswered_last()
    {
        var (system, unit) = await AddUnitAsync();
        var stuck = await SendAsync(unit, "4");
        for (var i = 0; i < 3; i++) Assert.Null((await Hub.Client(system).FetchAsync(stuck, Stream.Null)).Refusal);
        var first = await SendAsync(unit, "0");
        var second = await SendAsync(unit, "0");
        var urgent = await SendAsync(unit, "1");
        var flash = await SendAsync(unit, "3");
        await Hub.Client(system).FetchAsync(first, Stream.Null);
        await Hub.Client(system).FetchAsync(first, Stream.Null);

        Assert.Equal([flash, urgent, first, second, stuck], await ListedAsync(system));
    }

    [Fact]
    public async Task A_list_cut_at_its_limit_still_shows_new_urgent_and_normal_documents_behind_unanswerable_ones()
    {
        var (system, unit) = await AddUnitAsync();
        for (var i = 0; i < ShortListFixture.Limit + 100; i++) await SendAsync(unit, "0");
        // A client that fetches everything it is shown and never gets to an answer.
        for (var round = 0; round < 3 * (ShortListFixture.Limit + 100) / ShortListFixture.Limit; round++)
        {
            foreach (var item in await ListedAsync(system)) await Hub.Client(system).FetchAsync(item, Stream.Null);
        }

        var normal = await SendAsync(unit, "0");
        var urgent = await SendAsync(unit, "2");

        var listed = await ListedAsync(system);
        Assert.Equal(ShortListFixture.Limit, listed.Count);
        Assert.Equal([urgent, normal], listed.Take(2));
        Assert.Equal(ShortListFixture.Limit + 102, (await Hub.Client(system).CountAsync("edoc")).Value);
    }

    [Fact]
    public async Task Done_leaves_the_list_and_never_goes_back()
    {
        var (system, unit) = await AddUnitAsync();
        var item = await SendAsync(unit, "0");
        var client = Hub.Client(system);
        Assert.Equal("initial", Assert.Single(await Hub.ListAsync(system)).Status);
        await client.FetchAsync(item, Stream.Null);
        Assert.Equal("inbox", Assert.Single(await Hub.ListAsync(system)).Status);

        Assert.Null((await client.ConfirmAsync(item)).Refusal);
        Assert.Null((await client.RejectAsync(item, "too late")).Refusal);
        Assert.Null((await client.ConfirmAsync(item)).Refusal);

        Assert.Empty(await Hub.ListAsync(system));
        Assert.Equal(DeliveryState.Delivered, await StateAsync(item));
        Assert.Equal(0, (await client.CountAsync("edoc")).Value);
        // Its bytes can still be had: the answer may have been given before they were safe. What the sender sees stays the time of the answer.
        var since = (await Hub.TrackAsync(item[..^4])).Deliveries.Select(d => d.Since);
        Assert.True((await client.FetchAsync(item, Stream.Null)).Value > 0);
        Assert.Equal(since, (await Hub.TrackAsync(item[..^4])).Deliveries.Select(d => d.Since));
    }

    [Theory]
    [InlineData("processing")]
    [InlineData("inbox")]
    public async Task A_word_of_progress_leaves_the_item_listed(string word)
    {
        var (system, unit) = await AddUnitAsync();
        var item = await SendAsync(unit, "0");

        (await Hub.CallAsync("updateStatus", system, "{}"u8.ToArray(), ("docId", item), ("status", word))).Ok();

        Assert.Equal([item], await ListedAsync(system));
    }

    [Fact]
    public async Task Fail_is_a_dead_letter_with_its_text_that_an_operator_puts_back()
    {
        var (system, unit) = await AddUnitAsync();
        var item = await SendAsync(unit, "2");
        for (var i = 0; i < 3; i++) await Hub.Client(system).FetchAsync(item, Stream.Null);

        await Hub.Client(system).RejectAsync(item, "khong doc duoc tep");

        Assert.Empty(await Hub.ListAsync(system));
        var letter = Assert.Single(await Hub.Store.ListDeadLettersAsync(Scope.OfAgencies(new HashSet<long> { Hub.Agency(unit).Id }), default));
        Assert.Equal((item, "khong doc duoc tep"), (letter.ItemId, letter.Reason));
        Assert.True(await Hub.Store.SettleDeadLetterAsync(item, requeue: true, "test", default));
        Assert.False(await Hub.Store.SettleDeadLetterAsync(item, requeue: true, "test", default));
        var normal = await SendAsync(unit, "0");
        Assert.Equal([item, normal], await ListedAsync(system));
    }

    [Fact]
    public async Task A_silent_recipient_does_not_delay_the_others()
    {
        var (silent, one) = await AddUnitAsync();
        var (awake, other) = await AddUnitAsync();
        for (var i = 0; i < 5; i++)
        {
            var sent = (await Hub.SendAsync(new Letter { To = [one, other] })).Ok();
            var item = (await Hub.TrackAsync(sent.DocId)).Deliveries.Single(d => d.Agency == other).ItemId;
            Assert.Equal([item], await ListedAsync(awake));
            Assert.Null((await Hub.Client(awake).ConfirmAsync(item)).Refusal);
        }

        Assert.Equal(5, (await ListedAsync(silent)).Count);
    }

    [Fact]
    public async Task A_unit_without_a_system_of_its_own_is_delivered_to_its_nearest_ancestors()
    {
        var below = (await Hub.SendAsync(new Letter { To = ["H30.12.05"] })).Ok();
        var item = Assert.Single((await Hub.TrackAsync(below.DocId)).Deliveries).ItemId;

        Assert.Contains(item, await ListedAsync(TestHub.Department));
        Assert.DoesNotContain(item, await ListedAsync(TestHub.Province));
        Assert.Equal(18, (await Hub.Client(TestHub.Province).FetchAsync(item, Stream.Null)).Refusal!.Code);
    }

    [Fact]
    public async Task The_senders_system_is_told_through_its_own_edge_and_the_recipients_own_01_is_a_repetition()
    {
        var (system, unit) = await AddUnitAsync();
        var (sender, office) = await AddUnitAsync();
        var letter = new Letter { From = office, To = [unit] };
        var sent = (await Hub.SendAsync(letter, sender)).Ok();
        var item = Assert.Single(await ListedAsync(system));

        await Hub.Client(system).ConfirmAsync(item);
        var own = (await Hub.SendAsync(new StatusPaper(letter, unit, "01"), system)).Ok();

        var notice = Assert.Single(await Hub.ListAsync(sender, "status"));
        Assert.Equal(1, (await Hub.Client(sender).CountAsync("status")).Value);
        Assert.Equal((unit, office), (notice.From, notice.To));
        using var package = new MemoryStream();
        await Hub.Client(sender).FetchAsync(notice.DocId, package);
        Assert.Contains($"<edXML:DocumentId>{letter.DocumentId}</edXML:DocumentId>", System.Text.Encoding.UTF8.GetString(package.ToArray()), StringComparison.Ordinal);
        var status = Assert.Single((await Hub.TrackAsync(sent.DocId, sender)).Statuses);
        Assert.Equal((1, true), (status.Code, status.RecordedByHub));
        Assert.NotEqual("", own.DocId);
        Assert.Null((await Hub.Client(sender).ConfirmAsync(notice.DocId)).Refusal);
        Assert.Empty(await Hub.ListAsync(sender, "status"));
    }

    [Fact]
    public async Task A_period_lists_what_came_in_it_answered_or_not_its_last_second_included()
    {
        var (system, unit) = await AddUnitAsync();
        var item = await SendAsync(unit, "0");
        await Hub.Client(system).ConfirmAsync(item);
        var created = (await Hub.TrackAsync(item[..^4])).AcceptedAt;

        async Task<int> CountAsync(DateTimeOffset? from, DateTimeOffset? to) => (await Hub.Client(system).ListAsync("edoc", from, to)).Value!.Count;

        Assert.Equal(1, await CountAsync(created.AddHours(-1), created));
        Assert.Equal(1, await CountAsync(created.AddHours(-1), null));
        Assert.Equal(0, await CountAsync(created.AddHours(1), null));
        Assert.Equal(0, await CountAsync(null, created.AddHours(-1)));
    }

    [Fact]
    public async Task A_circular_to_a_thousand_recipients_stores_its_body_once_and_holds_nobody_up()
    {
        var parent = Hub.Agency("H30").Id;
        var codes = Enumerable.Range(0, 1000).Select(i => $"H30.X{i}").ToArray();
        await Task.WhenAll(codes.Select(code => Hub.PartyStore.SaveAgencyAsync(new Agency(0, code, "Xã " + code, parent, AgencyKind.Local), "test", default)));
        var letter = new Letter { To = codes };
        var before = Hub.CountLeftovers();

        var sent = (await Hub.SendAsync(letter, to: System.Text.Json.JsonSerializer.Serialize(codes))).Ok();

        var after = Hub.CountLeftovers();
        Assert.Equal(before with { Documents = before.Documents + 1, Deliveries = before.Deliveries + 1000, Bodies = before.Bodies + 1 }, after);
        var deliveries = (await Hub.TrackAsync(sent.DocId)).Deliveries;
        Assert.Equal(codes.Order(), deliveries.Select(d => d.Agency).Order());
        Assert.Equal(1000, deliveries.Select(d => d.ItemId).Distinct().Count());
    }

    private static int _units;

    /// <summary>A unit of the province with a system of its own.</summary>
    private async Task<(string System, string Unit)> AddUnitAsync()
    {
        var code = "H30.M" + Interlocked.Increment(ref _units);
        var agency = await Hub.PartyStore.SaveAgencyAsync(new Agency(0, code, "Đơn vị " + code, Hub.Agency("H30").Id, AgencyKind.Local), "test", default);
        await Hub.AddSystemAsync(new PartnerSystem(0, "he.thong." + code, Profile.Agency, true, [new Served(agency.Id, true)]));
        return ("he.thong." + code, code);
    }

    private async Task<string> SendAsync(string to, string priority)
    {
        var sent = (await Hub.SendAsync(new Letter { To = [to], Priority = priority })).Ok();
        return Assert.Single((await Hub.TrackAsync(sent.DocId)).Deliveries).ItemId;
    }

    private async Task<IReadOnlyList<string>> ListedAsync(string system) => [.. (await Hub.ListAsync(system)).Select(i => i.DocId)];

    private async Task<DeliveryState> StateAsync(string item) =>
        (await Hub.Client(TestHub.Province).SentListAsync("edoc", item)).Value!.Single(i => i.ReceiverDocId == item).ReceiveStatus switch
        {
            "done" => DeliveryState.Delivered,
            "fail" => DeliveryState.Failed,
            "inbox" => DeliveryState.Fetched,
            _ => DeliveryState.Available,
        };
}
