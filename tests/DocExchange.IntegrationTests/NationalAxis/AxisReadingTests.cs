using DocExchange.Axis.Protocol;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.IntegrationTests.NationalAxis;

/// <summary>Where the protocol's description is silent: each switch makes the axis behave as it says.</summary>
public sealed class AxisReadingTests : IAsyncLifetime
{
    private TestAxis _axis = null!;

    public async Task InitializeAsync() => _axis = await TestAxis.StartAsync();

    public async Task DisposeAsync() => await _axis.DisposeAsync();

    [Theory]
    [InlineData(Repeats.Kept, 2, 3)]
    [InlineData(Repeats.SameBytesAnsweredAgain, 1, 2)]
    [InlineData(Repeats.SameIdAnsweredAgain, 1, 1)]
    public async Task A_package_sent_again_is_another_document_or_the_first(Repeats repeats, int afterSameBytes, int afterOtherBytes)
    {
        Read(readings => readings with { Repeats = repeats });
        var letter = new Letter { To = ["H53"] };

        var first = await _axis.SendAsync(letter);
        var again = await _axis.SendAsync(letter);
        var count = _axis.Axis.Documents.Count;
        await _axis.SendAsync(letter with { Subject = "V/v họp giao ban, sửa" });

        Assert.Equal((afterSameBytes == 1, afterSameBytes, afterOtherBytes), (first == again, count, _axis.Axis.Documents.Count));
    }

    [Fact]
    public async Task An_id_sent_again_is_refused_where_the_axis_refuses_it()
    {
        Read(readings => readings with { Repeats = Repeats.SameIdRefused });
        var letter = new Letter { To = ["H53"] };
        await _axis.SendAsync(letter);

        using var package = new MemoryStream(letter.Bytes);
        var again = await _axis.NorthClient.SendAsync(package, "edoc", "H30");

        Assert.Equal(VxpCodes.WrongFormat, again.Refusal!.Code);
    }

    [Fact]
    public async Task The_same_bytes_to_other_receivers_are_no_repetition()
    {
        Read(readings => readings with { Repeats = Repeats.SameBytesAnsweredAgain });
        var letter = new Letter { To = ["H53", "G22"] };

        var first = await _axis.SendAsync(letter, "H53");
        var second = await _axis.SendAsync(letter, "G22");

        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(ItemsPer.Receiver, 2)]
    [InlineData(ItemsPer.System, 1)]
    public async Task Two_receivers_of_one_system_make_one_item_or_two(ItemsPer per, int items)
    {
        Read(readings => readings with { ItemsPer = per });
        _axis.Axis.Register(new AxisSystem(TestAxis.South, TestAxis.Secret, "H53", "H46"));

        await _axis.SendAsync(new Letter { To = ["H53", "H46"] });

        var list = await _axis.ListAsync(_axis.SouthClient);
        Assert.Equal(items, list.Count);
        Assert.Equal("H53,H46", string.Join(',', list.Select(item => item.To)));
    }

    [Theory]
    [InlineData(Listed.Unanswered, 1, 0)]
    [InlineData(Listed.Unfetched, 0, 0)]
    [InlineData(Listed.Everything, 1, 1)]
    public async Task A_fetched_and_an_answered_item_are_listed_or_not(Listed listed, int fetched, int answered)
    {
        Read(readings => readings with { Listed = listed });
        await _axis.SendAsync(new Letter { To = ["H53"] });
        var item = Assert.Single(await _axis.ListAsync(_axis.SouthClient));

        await _axis.FetchAsync(_axis.SouthClient, item.DocId);
        var afterFetch = (await _axis.ListAsync(_axis.SouthClient)).Count;
        await _axis.SouthClient.ConfirmAsync(item.DocId);

        Assert.Equal((fetched, answered), (afterFetch, (await _axis.ListAsync(_axis.SouthClient)).Count));
    }

    [Theory]
    [InlineData(ListedInPeriod.Everything, 1)]
    [InlineData(ListedInPeriod.Unanswered, 0)]
    public async Task A_period_shows_answered_items_or_not(ListedInPeriod listed, int count)
    {
        Read(readings => readings with { ListedInPeriod = listed });
        await _axis.SendAsync(new Letter { To = ["H53"] });
        await _axis.SouthClient.ConfirmAsync((await _axis.ListAsync(_axis.SouthClient))[0].DocId);

        var list = await _axis.ListAsync(_axis.SouthClient, "edoc", DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));

        Assert.Equal(count, list.Count);
    }

    [Theory]
    [InlineData(PeriodBounds.Inclusive, 1, 1)]
    [InlineData(PeriodBounds.WithoutEnd, 1, 0)]
    [InlineData(PeriodBounds.Exclusive, 0, 0)]
    public async Task The_seconds_named_as_bounds_belong_to_the_period_or_not(PeriodBounds bounds, int fromThatSecond, int toThatSecond)
    {
        Read(readings => readings with { PeriodBounds = bounds });
        await _axis.SendAsync(new Letter { To = ["H53"] });
        var made = _axis.Axis.Documents[0].SentAt;

        var from = await _axis.ListAsync(_axis.SouthClient, "edoc", made, made.AddHours(1));
        var to = await _axis.ListAsync(_axis.SouthClient, "edoc", made.AddHours(-1), made);

        Assert.Equal((fromThatSecond, toThatSecond), (from.Count, to.Count));
    }

    [Fact]
    public async Task A_period_is_about_the_last_change_where_the_axis_reads_it_so()
    {
        await using var axis = await TestAxis.StartAsync(options => options with { Time = new SteppingTime(), Readings = new AxisReadings { PeriodTime = PeriodTime.Updated } });
        await axis.SendAsync(new Letter { To = ["H53"] });
        var sent = axis.Axis.Documents[0].SentAt;
        var item = Assert.Single(await axis.ListAsync(axis.SouthClient));
        await axis.FetchAsync(axis.SouthClient, item.DocId);

        Assert.Empty(await axis.ListAsync(axis.SouthClient, "edoc", sent.AddHours(-1), sent.AddSeconds(1)));
        Assert.Single(await axis.ListAsync(axis.SouthClient, "edoc", sent.AddSeconds(2), sent.AddHours(1)));
    }

    [Fact]
    public async Task Times_are_of_utc_where_the_axis_keeps_that()
    {
        await _axis.SendAsync(new Letter { To = ["H53"] });
        var made = _axis.Axis.Documents[0].SentAt;
        var vietnam = (await _axis.ListAsync(_axis.SouthClient))[0].CreatedAt;

        Read(readings => readings with { Zone = AxisZone.Utc });
        var utc = (await _axis.ListAsync(_axis.SouthClient))[0].CreatedAt;

        Assert.Equal((made.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy/MM/dd HH:mm:ss"), made.ToString("yyyy/MM/dd HH:mm:ss")), (vietnam, utc));
        Assert.Empty(await _axis.ListAsync(_axis.SouthClient, "edoc", made.AddMinutes(-1), made.AddMinutes(1)));
        Assert.Single(await _axis.ListAsync(_axis.SouthClient, "edoc", made.AddHours(-7).AddMinutes(-1), made.AddHours(-7).AddMinutes(1)));
    }

    [Fact]
    public async Task A_list_is_cut_at_its_limit_and_comes_in_the_order_that_is_set()
    {
        for (var i = 0; i < 4; i++) await _axis.SendAsync(new Letter { To = ["H53"] });
        var whole = (await _axis.ListAsync(_axis.SouthClient)).Select(item => item.DocId).ToList();

        Read(readings => readings with { ListOrder = ListOrder.NewestFirst, ListLimit = 3 });
        var cut = (await _axis.ListAsync(_axis.SouthClient)).Select(item => item.DocId);

        Assert.Equal(whole.AsEnumerable().Reverse().Take(3), cut);
    }

    [Theory]
    [InlineData(SentListId.AxisId, true, false)]
    [InlineData(SentListId.DocumentId, false, true)]
    [InlineData(SentListId.Either, true, true)]
    public async Task The_sent_list_takes_the_axis_id_the_documents_own_or_either(SentListId id, bool byAxisId, bool byDocumentId)
    {
        Read(readings => readings with { SentListId = id });
        var letter = new Letter { To = ["H53"], Notation = "VX" };
        var docId = await _axis.SendAsync(letter);

        Assert.Equal(byAxisId, (await _axis.NorthClient.SentListAsync("edoc", docId)).Refusal is null);
        Assert.Equal(byDocumentId, (await _axis.NorthClient.SentListAsync("edoc", letter.DocumentId)).Refusal is null);
    }

    [Theory]
    [InlineData(ToMeans.Narrows, 0)]
    [InlineData(ToMeans.Ignored, 1)]
    public async Task A_named_receiver_narrows_the_delivery_or_is_passed_over(ToMeans to, int items)
    {
        Read(readings => readings with { To = to });

        await _axis.SendAsync(new Letter { To = ["H53", "000.00.00.G22"] }, "G22");

        Assert.Equal(items, (await _axis.ListAsync(_axis.SouthClient)).Count);
    }

    [Fact]
    public async Task An_unknown_receiver_refuses_the_package_or_fails_alone()
    {
        var letter = new Letter { To = ["H53", "H99"] };
        using var package = new MemoryStream(letter.Bytes);
        var refused = await _axis.NorthClient.SendAsync(package, "edoc", "H30");

        Read(readings => readings with { UnknownReceivers = UnknownReceivers.FailThatOne });
        var docId = await _axis.SendAsync(letter);

        Assert.Equal(VxpCodes.UnknownReceiver, refused.Refusal!.Code);
        var rows = (await _axis.NorthClient.SentListAsync("edoc", docId)).Value!;
        Assert.Equal("H53 done, H99 fail", string.Join(", ", rows.Select(row => $"{row.To} {row.SendStatus}")));
    }

    [Fact]
    public async Task A_stale_timestamp_is_refused_where_the_axis_looks_at_it()
    {
        var stale = _axis.Client(TestAxis.North, new SetClock(DateTimeOffset.UtcNow.AddMinutes(-10)));
        Assert.Null((await stale.CountAsync("edoc")).Refusal);

        Read(readings => readings with { TimestampWindowSeconds = 300 });

        Assert.Equal(VxpCodes.NotAuthentic, (await stale.CountAsync("edoc")).Refusal!.Code);
        Assert.Null((await _axis.NorthClient.CountAsync("edoc")).Refusal);
    }

    [Fact]
    public async Task Two_fetches_give_other_bytes_of_the_same_document_where_the_axis_rewrites_each_time()
    {
        var letter = new Letter { To = ["H53"] };
        await _axis.SendAsync(letter);
        var item = Assert.Single(await _axis.ListAsync(_axis.SouthClient));
        Read(readings => readings with { FetchesDiffer = true });

        var first = await _axis.FetchAsync(_axis.SouthClient, item.DocId);
        var second = await _axis.FetchAsync(_axis.SouthClient, item.DocId);
        Read(readings => readings with { FetchesDiffer = false, Rewrites = false });
        var asSent = await _axis.FetchAsync(_axis.SouthClient, item.DocId);

        Assert.NotEqual(first, second);
        Assert.Equal(letter.DocumentId, PackageReader.Read(second, PackageLimits.Default).Envelope!.DocumentId);
        Assert.Equal(letter.Bytes, asSent);
    }

    [Fact]
    public async Task An_answered_item_can_be_fetched_or_not_and_without_downloads_items_come_in_one_answer()
    {
        await _axis.SendAsync(new Letter { To = ["H53"] });
        var item = Assert.Single(await _axis.ListAsync(_axis.SouthClient));
        await _axis.SouthClient.ConfirmAsync(item.DocId);
        await _axis.FetchAsync(_axis.SouthClient, item.DocId);

        Read(readings => readings with { FetchAfterAnswer = false });
        var answered = await _axis.SouthClient.FetchAsync(item.DocId, Stream.Null);
        Read(_ => new AxisReadings { Downloads = false });
        var inOneAnswer = await _axis.SouthClient.FetchAsync(item.DocId, Stream.Null);

        Assert.NotNull(answered.Refusal);
        Assert.Null(inOneAnswer.Refusal);
    }

    [Fact]
    public async Task Ids_have_either_form_and_refusals_come_with_an_http_status_where_set()
    {
        Read(readings => readings with { DocIds = DocIdForm.Uuid, RefusalsHaveHttpStatus = true });

        var docId = await _axis.SendAsync(new Letter { To = ["H53"] });
        using var package = new MemoryStream(new Letter { To = ["H99"] }.Bytes);
        var refused = await _axis.NorthClient.SendAsync(package, "edoc", "H30");

        Assert.True(Guid.TryParse(docId, out _), docId);
        Assert.Equal(VxpCodes.UnknownReceiver, refused.Refusal!.Code);
        // A call is noted when its answer is out, which its caller may notice first.
        await Polled.UntilAsync(() => Task.FromResult(_axis.Axis.Seen.Calls.Any(call => call.HttpStatus == 400)), "the note of the refused call");
    }

    private void Read(Func<AxisReadings, AxisReadings> change) => _axis.Axis.Readings = change(_axis.Axis.Readings);

    /// <summary>Every look at it is a second later.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        private readonly DateTimeOffset _start = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
        private int _looks;

        public override DateTimeOffset GetUtcNow() => _start.AddSeconds(Interlocked.Increment(ref _looks));
    }
}
