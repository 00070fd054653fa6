using System.Net;
using DocExchange.Axis.Protocol;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.IntegrationTests.NationalAxis;

/// <summary>Each fault does what it says, to the calls it is set for and to no other.</summary>
public sealed class AxisFaultTests : IAsyncLifetime
{
    private TestAxis _axis = null!;

    private SandboxAxisFaults Faults => _axis.Axis.Faults;

    public async Task InitializeAsync() => _axis = await TestAxis.StartAsync();

    public async Task DisposeAsync() => await _axis.DisposeAsync();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_dropped_connection_leaves_the_document_taken_or_not_as_told(bool after, int taken)
    {
        Faults.Set(new AxisFault(FaultKind.Drop) { Operation = VxpOperations.SendEdoc, Times = 1, AfterProcessing = after });

        await Assert.ThrowsAsync<HttpRequestException>(() => _axis.SendAsync(new Letter { To = ["H53"] }));

        // A call is noted when its answer is out, which its caller may notice first.
        await Polled.UntilAsync(() => Task.FromResult(_axis.Axis.Seen.Calls.Count > 0), "the note of the call");
        Assert.Equal(taken, _axis.Axis.Documents.Count);
        var seen = Assert.Single(_axis.Axis.Seen.Calls);
        Assert.Equal((after, (int?)null), (seen.WasProcessed, seen.HttpStatus));
        await _axis.SendAsync(new Letter { To = ["H53"] });
        Assert.Equal(taken + 1, _axis.Axis.Documents.Count);
    }

    [Fact]
    public async Task An_answer_that_is_lost_leaves_the_caller_waiting_until_it_gives_up()
    {
        Faults.Set(new AxisFault(FaultKind.Hang) { Operation = VxpOperations.SendEdoc, AfterProcessing = true });
        using var patience = new CancellationTokenSource();
        using var package = new MemoryStream(new Letter { To = ["H53"] }.Bytes);

        var sending = _axis.NorthClient.SendAsync(package, "edoc", "H30", ct: patience.Token);
        await Polled.UntilAsync(() => Task.FromResult(_axis.Axis.Documents.Count == 1), "the document at the axis");
        Assert.False(sending.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(FaultKind.ServerError, HttpStatusCode.InternalServerError)]
    [InlineData(FaultKind.Maintenance, HttpStatusCode.ServiceUnavailable)]
    [InlineData(FaultKind.ForeignPage, HttpStatusCode.OK)]
    [InlineData(FaultKind.EmptyBody, HttpStatusCode.OK)]
    public async Task An_answer_of_something_else_takes_the_answers_place(FaultKind kind, HttpStatusCode status)
    {
        await _axis.SendAsync(new Letter { To = ["H53"] });
        Faults.Set(new AxisFault(kind) { Operation = VxpOperations.GetReceivedEdocList });

        var answer = await _axis.SouthClient.ListAsync("edoc");

        Assert.NotNull(answer.Refusal);
        await Polled.UntilAsync(() => Task.FromResult(_axis.Axis.Seen.Of(VxpOperations.GetReceivedEdocList).Any()), "the note of the call");
        var seen = Assert.Single(_axis.Axis.Seen.Of(VxpOperations.GetReceivedEdocList));
        Assert.Equal(((int?)status, kind == FaultKind.EmptyBody), (seen.HttpStatus, seen.AnswerBytes == 0));
        Faults.Clear();
        Assert.Single(await _axis.ListAsync(_axis.SouthClient));
    }

    [Fact]
    public async Task A_refusal_carries_the_code_it_was_set_with()
    {
        Faults.Set(new AxisFault(FaultKind.Refuse) { Code = VxpCodes.ReceiverLocked });

        var answer = await _axis.NorthClient.AgenciesAsync();

        Assert.Equal(VxpCodes.ReceiverLocked, answer.Refusal!.Code);
    }

    [Fact]
    public async Task A_list_is_doubled_shuffled_or_has_gaps()
    {
        for (var i = 0; i < 12; i++) await _axis.SendAsync(new Letter { To = ["H53"] });
        var whole = (await _axis.ListAsync(_axis.SouthClient)).Select(item => item.DocId).ToList();

        Faults.Set(new AxisFault(FaultKind.Duplicate) { Times = 1 });
        var doubled = await _axis.ListAsync(_axis.SouthClient);
        Faults.Set(new AxisFault(FaultKind.Reorder) { Times = 1 });
        var shuffled = (await _axis.ListAsync(_axis.SouthClient)).Select(item => item.DocId).ToList();
        Faults.Set(new AxisFault(FaultKind.Omit) { Times = 1 });
        var gaps = await _axis.ListAsync(_axis.SouthClient);

        Assert.Equal(24, doubled.Count);
        Assert.NotEqual(whole, shuffled);
        Assert.Equal(whole.Order(), shuffled.Order());
        Assert.InRange(gaps.Count, 1, 11);
    }

    [Fact]
    public async Task A_damaged_upload_is_refused_for_its_hash_and_a_damaged_download_differs()
    {
        Faults.Set(new AxisFault(FaultKind.Damage) { Operation = VxpOperations.SendEdoc, Times = 1 });
        using var package = new MemoryStream(new Letter { To = ["H53"] }.Bytes);
        var refused = await _axis.NorthClient.SendAsync(package, "edoc", "H30");
        await _axis.SendAsync(new Letter { To = ["H53"] });
        var item = Assert.Single(await _axis.ListAsync(_axis.SouthClient));
        var sound = await _axis.FetchAsync(_axis.SouthClient, item.DocId);

        Faults.Set(new AxisFault(FaultKind.Damage) { Operation = VxpOperations.DownloadEdoc, Times = 1 });
        var damaged = await _axis.FetchAsync(_axis.SouthClient, item.DocId);

        Assert.Equal(VxpCodes.DamagedFile, refused.Refusal!.Code);
        Assert.Equal(1, sound.Zip(damaged).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public async Task A_download_that_is_cut_ends_with_an_error_not_with_a_short_file()
    {
        await _axis.SendAsync(new Letter { To = ["H53"], File = new byte[100_000] });
        var item = Assert.Single(await _axis.ListAsync(_axis.SouthClient));
        Faults.Set(new AxisFault(FaultKind.Truncate) { Operation = VxpOperations.DownloadEdoc });

        var cut = await Record.ExceptionAsync(() => _axis.SouthClient.FetchAsync(item.DocId, new MemoryStream()));

        Assert.True(cut is HttpRequestException or IOException, $"{cut}");
        Faults.Clear();
        Assert.Contains(await _axis.ListAsync(_axis.SouthClient), i => i.DocId == item.DocId && i.Status is not ("done" or "fail"));
    }

    [Fact]
    public async Task Latency_and_slow_bodies_take_their_time()
    {
        Faults.Set(new AxisFault(FaultKind.Latency) { Operation = VxpOperations.CountReceiveEdoc, DelayMs = 150, Times = 1 });
        Faults.Set(new AxisFault(FaultKind.SlowBody) { Operation = VxpOperations.CountReceiveEdoc, DelayMs = 20, PieceBytes = 10, Skip = 1, Times = 1 });

        for (var i = 0; i < 3; i++) Assert.Null((await _axis.SouthClient.CountAsync("edoc")).Refusal);

        var took = _axis.Axis.Seen.Calls.Select(call => call.Took.TotalMilliseconds).ToList();
        Assert.True(took[0] > 100 && took[1] > 100, string.Join(" ", took));
    }

    [Fact]
    public async Task Another_systems_calls_are_left_alone_and_the_draws_repeat_with_the_seed()
    {
        async Task<string> RunAsync()
        {
            Faults.Clear();
            Faults.Set(new AxisFault(FaultKind.Refuse) { SystemId = TestAxis.South, Probability = 0.5 });
            var outcomes = "";
            for (var i = 0; i < 16; i++)
            {
                Assert.Null((await _axis.NorthClient.CountAsync("edoc")).Refusal);
                outcomes += (await _axis.SouthClient.CountAsync("edoc")).Refusal is null ? '.' : 'x';
            }
            return outcomes;
        }

        var first = await RunAsync();

        Assert.Contains('x', first);
        Assert.Contains('.', first);
        Assert.Equal(first, await RunAsync());
        Assert.Equal((16, first.Count(c => c == 'x')), (Faults.Current[0].Matched, Faults.Current[0].Happened));
    }

    [Fact]
    public void A_fault_that_cannot_be_is_refused_with_a_sentence()
    {
        var refused = Assert.Throws<ArgumentException>(() => Faults.Set(new AxisFault(FaultKind.Drop) { Operation = "sendEdocs" }));

        Assert.Contains("sendEdoc,", refused.Message, StringComparison.Ordinal);
    }
}
