using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Scheduling;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.NationalAxis;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Faults;
using DocExchange.Sandbox.Axis.Parties;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>What changes around a running connection: secrets, settings, clocks, and what the axis shows after it was away.</summary>
public sealed class AxisChangesTests
{
    [Fact]
    public async Task A_secret_is_replaced_on_both_sides_without_a_restart_and_no_document_becomes_a_dead_letter()
    {
        await using var hub = await JoinedHub.StartAsync();
        hub.Axis.Register(new AxisSystem(TestAxis.North, "another-secret", "H30", "H30.01", "H30.12"));
        var sent = (await hub.Province.SendAsync(new Letter { To = ["G22"] })).Ok();
        await hub.UntilAsync(() => Task.FromResult(hub.Axis.Seen.Of("sendEdoc").Any(call => call.Code == 15)), "the refusal of the old secret");

        await File.WriteAllTextAsync(JoinedHub.SecretFile(hub.Folder), "another-secret\n");

        await hub.UntilAsync(sent.DocId, DeliveryState.Relayed);
    }

    [Fact]
    public async Task Settings_of_a_running_connection_are_taken_over_where_that_is_safe()
    {
        var wanted = new HubOptions();
        await using var axis = await TestAxis.StartAsync();
        using var folder = new Evidence.TemporaryFolder();
        await using var hub = await JoinedHub.StartProvinceAsync(folder.Path, axis.Axis.Address, source: () => wanted);
        var connection = hub.Hub.Services.GetRequiredService<DocExchange.Hub.Axes.AxisConnections>().Named(AxisPair.AxisName);
        (wanted.Data, wanted.Port) = (folder.Path, 0);
        wanted.Axes[AxisPair.AxisName] = JoinedHub.Settings(new Uri("http://127.0.0.1:9/elsewhere"), s => (s.SendPerSecond, s.SendConcurrency, s.TimeoutSeconds, s.Attempts) = (7, 2, 33, 9));

        var outcome = await hub.Hub.Services.GetRequiredService<SettingsReload>().RunAsync("test", default);

        Assert.Equal((7, 2, 9), (connection.Relay.Settings.PerSecond, connection.Relay.Settings.Concurrency, connection.Relay.Settings.Retry.Attempts));
        Assert.Equal(33, connection.Link.Settings.TimeoutSeconds);
        Assert.Contains("Axes:national:SendPerSecond 50 -> 7", outcome.Changed);
        Assert.Contains(outcome.AtNextStart, later => later.StartsWith("Axes:national:Address", StringComparison.Ordinal));
        Assert.Equal(axis.Axis.Address.ToString(), connection.Link.Settings.Address);
        Assert.Contains(hub.Entries(), e => e.Event == EvidenceEvents.SettingsChanged && e.Actor == "test");
    }

    [Fact]
    public async Task A_clock_that_is_off_is_measured_and_alarmed_and_documents_cross_all_the_same()
    {
        await using var hub = await JoinedHub.StartAsync(time: new ShiftedTime(TimeSpan.FromMinutes(-2)));

        var sent = (await hub.Province.SendAsync(new Letter { To = ["G22"] })).Ok();
        await hub.UntilAsync(sent.DocId, DeliveryState.Relayed);

        Assert.InRange(hub.Connection.Link.Drift.TotalSeconds, 90, 125);
        Assert.Contains(hub.Province.Hub.Store.Alarms.All, a => a.Kind == AlarmKind.AxisClock);
    }

    [Fact]
    public async Task What_an_axis_shows_once_only_is_found_by_its_day_after_a_restart()
    {
        await using var hub = await JoinedHub.StartAsync(byHand: ReceiveFromAxisJob.KeyOf(AxisPair.AxisName));
        Assert.True(await hub.Connection.Inbox.RunAsync(default));
        hub.Axis.Readings = new AxisReadings { Listed = Listed.Unfetched };
        hub.Axis.Faults.Set(new AxisFault(FaultKind.Truncate) { Operation = "downloadEdoc", Times = 2 });

        await hub.Axis.DeliverAsync(new SampleLetter("G14", "H30.12"));
        Assert.False(await hub.Connection.Inbox.RunAsync(default));

        await hub.RestartAsync();
        Assert.True(await hub.Connection.Inbox.RunAsync(default));

        Assert.Single(await hub.Province.ListAsync(TestHub.Department));
        Assert.Contains(hub.Axis.Seen.Of("getReceivedEdocList"), call => call.Values.ContainsKey("fromDate") && call.Values.ContainsKey("toDate"));
    }

    [Fact]
    public async Task A_fetch_whose_answer_stalls_in_its_middle_ends_at_the_limit_and_is_made_again()
    {
        await using var hub = await JoinedHub.StartAsync(s => s.TimeoutSeconds = 1);
        hub.Axis.Faults.Set(new AxisFault(FaultKind.SlowBody) { Operation = "downloadEdoc", Times = 1, PieceBytes = 100, DelayMs = 60_000 });

        await hub.Axis.DeliverAsync(new SampleLetter("G14", "H30.12"));

        await hub.UntilAsync(async () => (await hub.Province.ListAsync(TestHub.Department)).Count == 1, "the letter's arrival");
    }

    /// <summary>A machine whose clock is wrong by so much.</summary>
    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
