using DocExchange.Axis.Protocol;
using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Hub.Scheduling;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.NationalAxis;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>One operation of an axis is broken, or one document, and everything else goes on.</summary>
public sealed class BrokenOperationTests
{
    [Fact]
    public async Task An_axis_whose_lists_are_broken_is_an_alarm_and_gets_what_is_sent()
    {
        await using var hub = await JoinedHub.StartAsync(s => s.BreakerFailures = 2);
        hub.Axis.Faults.Set(new AxisFault(FaultKind.ServerError) { Operation = VxpOperations.GetReceivedEdocList });
        await hub.UntilAsync(() => Task.FromResult(hub.Province.Hub.Store.Alarms.All.Any(a => a.Kind == AlarmKind.AxisUnreachable)), "the alarm");

        var sent = (await hub.Province.SendAsync(new Letter { To = ["G22"] })).Ok();

        await hub.UntilAsync(sent.DocId, DeliveryState.Relayed);
    }

    [Fact]
    public async Task An_axis_that_takes_nothing_and_shows_its_lists_is_left_alone_with_one_call_at_a_time()
    {
        await using var hub = await JoinedHub.StartAsync(s => (s.BreakerFailures, s.BreakerPauseSeconds, s.LongestRetrySeconds) = (3, 2, 1));
        hub.Axis.Faults.Set(new AxisFault(FaultKind.ServerError) { Operation = VxpOperations.SendEdoc });
        var sent = (await hub.Province.SendAsync(new Letter { To = ["G22"] })).Ok();

        await hub.UntilAsync(() => Task.FromResult(hub.Province.Entries().Any(e => e.Event == EvidenceEvents.ConnectionLost)), "the breaker");
        var others = new List<string>();
        for (var i = 0; i < 6; i++) others.Add((await hub.Province.SendAsync(new Letter { To = ["G22"] })).Ok().DocId);
        var begun = Calls(hub);
        // What looks at the lists closes nothing.
        await hub.UntilAsync(() => Task.FromResult(Calls(hub) > begun + 1), "probes");
        Assert.True(hub.Connection.Relay.Breaker.IsOpen);
        // A pause lasts two seconds; those that made the breaker open are left out. Seven documents at once would come together.
        var times = hub.Axis.Seen.Of(VxpOperations.SendEdoc).Select(call => call.At).Skip(3).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First > TimeSpan.FromMilliseconds(500), $"{pair.First:O}, {pair.Second:O}"));

        hub.Axis.Faults.Clear();
        foreach (var docId in (string[])[sent.DocId, .. others]) await hub.UntilAsync(docId, DeliveryState.Relayed);
        Assert.Single(hub.Province.Entries(), e => e.Event == EvidenceEvents.ConnectionRestored);
    }

    [Fact]
    public async Task An_outage_that_lasts_longer_than_all_attempts_makes_no_dead_letter()
    {
        const int attempts = 5;
        await using var hub = await JoinedHub.StartAsync(s => (s.BreakerFailures, s.BreakerPauseSeconds, s.LongestRetrySeconds, s.Attempts) = (2, 1, 1, attempts));
        hub.Axis.Faults.Set(new AxisFault(FaultKind.ServerError));
        var sent = (await hub.Province.SendAsync(new Letter { To = ["G22"] })).Ok();

        await hub.UntilAsync(() => Task.FromResult(Calls(hub) > attempts + 2), "calls beyond the attempts");
        Assert.Equal(DeliveryState.Sending, Assert.Single((await hub.Province.TrackAsync(sent.DocId)).Deliveries).State);

        hub.Axis.Faults.Clear();
        await hub.UntilAsync(sent.DocId, DeliveryState.Relayed);
    }

    [Fact]
    public async Task One_document_the_axis_does_not_answer_for_is_passed_over_when_it_is_asked_what_became_of_them()
    {
        await using var hub = await JoinedHub.StartAsync(byHand: ReceiveFromAxisJob.KeyOf(AxisPair.AxisName));
        var sent = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            sent.Add((await hub.Province.SendAsync(new Letter { To = ["G12"] })).Ok().DocId);
            await hub.UntilAsync(sent[i], DeliveryState.Relayed);
        }
        hub.Axis.Faults.Set(new AxisFault(FaultKind.Refuse) { Operation = VxpOperations.GetSentEdocList, Times = 1 });

        Assert.Equal(2, await hub.Connection.Reconciliation.RunAsync(default));

        var states = new List<DeliveryState>();
        foreach (var docId in sent) states.Add(Assert.Single((await hub.Province.TrackAsync(docId)).Deliveries).State);
        Assert.Equal([DeliveryState.Relayed, DeliveryState.Delivered, DeliveryState.Delivered], states);
    }

    [Fact]
    public async Task A_list_that_is_cut_at_its_limit_hides_nothing_after_a_restart()
    {
        var clock = new SetClock(DateTimeOffset.UtcNow.AddHours(-10));
        await using var hub = await JoinedHub.StartAsync(
            s => (s.LongListRows, s.BreakerFailures) = (5, 1000), axis => axis with { Time = clock, Readings = new AxisReadings { Listed = Listed.Unfetched, ListLimit = 5 } },
            byHand: ReceiveFromAxisJob.KeyOf(AxisPair.AxisName));
        await hub.Connection.Inbox.RunAsync(default);
        string last = "";
        for (var i = 0; i < 14; i++)
        {
            clock.Now += TimeSpan.FromMinutes(20);
            last = await hub.Axis.DeliverAsync(new SampleLetter("G14", "H30.12"));
        }
        // So that the last one is fetched, twice in vain, and all others are taken in.
        hub.Axis.Faults.Set(new AxisFault(FaultKind.Truncate) { Operation = VxpOperations.DownloadEdoc, Skip = 13, Times = 2 });
        for (var passes = 0; passes < 5; passes++) await TakeAsync(hub);
        hub.Axis.Faults.Clear();
        await hub.RestartAsync();

        await Polled.UntilAsync(async () => { await hub.Connection.Inbox.RunAsync(default); return hub.Axis.Documents.All(d => d.Items[0].Status == "done"); }, "the last letter");

        Assert.Equal(14, (await hub.Province.ListAsync(TestHub.Department)).Count);
    }

    [Fact]
    public async Task An_axis_whose_section_was_missing_at_one_start_sends_again_and_one_that_a_person_suspended_does_not()
    {
        await using var axis = await TestAxis.StartAsync();
        using var folder = new Evidence.TemporaryFolder();
        await using (await JoinedHub.StartProvinceAsync(folder.Path, axis.Axis.Address)) { }
        await using (var without = await TestHub.StartAsync(folder.Path)) Assert.False(without.Parties.FindSystem("axis.national")!.Enabled);

        await using (var again = await JoinedHub.StartProvinceAsync(folder.Path, axis.Axis.Address))
        {
            Assert.True(again.Parties.FindSystem("axis.national")!.Enabled);
            await again.ChangeSystemAsync("axis.national", s => s with { Enabled = false });
        }
        await using (await TestHub.StartAsync(folder.Path)) { }
        await using var last = await JoinedHub.StartProvinceAsync(folder.Path, axis.Axis.Address);
        Assert.False(last.Parties.FindSystem("axis.national")!.Enabled);
    }

    private static int Calls(JoinedHub hub) => hub.Axis.Seen.Of(VxpOperations.SendEdoc).Count;

    /// <summary>Only what waits, as between two catch-ups.</summary>
    private static async Task TakeAsync(JoinedHub hub)
    {
        hub.Connection.Link.Settings.CatchUpHours = 0;
        await hub.Connection.Inbox.RunAsync(default);
        hub.Connection.Link.Settings.CatchUpHours = 24;
    }
}
