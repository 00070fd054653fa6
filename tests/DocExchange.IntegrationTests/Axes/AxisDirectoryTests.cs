using System.Diagnostics;
using DocExchange.Core.Parties;
using DocExchange.Hub.Scheduling;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis.Faults;
using DocExchange.Sandbox.Axis.Parties;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>The axis' directory at its real size.</summary>
public sealed class AxisDirectoryTests(ITestOutputHelper output)
{
    /// <summary>The whole nation is 125 000.</summary>
    private static readonly int Units = int.TryParse(Environment.GetEnvironmentVariable("DOCEXCHANGE_AXIS_UNITS"), out var wanted) ? wanted : 30_000;

    [Fact]
    public async Task A_national_directory_is_taken_over_then_only_its_difference_and_stays_while_the_axis_is_away()
    {
        await using var hub = await StartAsync();
        hub.Axis.Units = new UnitSettings(Units);
        await RunAsync(hub, "whole directory");
        var first = hub.Province.Parties.Directory;
        Assert.InRange(first.Count, Units, Units + 40);

        hub.Axis.Units = new UnitSettings(Units, Revision: 2);
        await RunAsync(hub, "difference");
        var second = hub.Province.Parties.Directory;

        var (renamed, ended) = (0, 0);
        foreach (var unit in second.All)
        {
            if (first.Find(unit.Code) is not { } earlier) continue;
            if (unit.Name != earlier.Name) renamed++;
            if (unit.ValidTo is not null && earlier.ValidTo is null) ended++;
        }
        Assert.InRange(renamed, Units / 2500, Units / 300);
        Assert.InRange(ended, 1, Units / 1000);

        // Away; broken off in the middle of the list, where a hub that believed it would end what did not come; and whole with half of it left out.
        foreach (var fault in (AxisFault[])[new(FaultKind.EmptyBody), new(FaultKind.Truncate) { PieceBytes = Units * 100 }, new(FaultKind.Omit)])
        {
            hub.Axis.Units = new UnitSettings(Units, Revision: 3);
            hub.Axis.Faults.Clear();
            hub.Axis.Faults.Set(fault with { Operation = "getSynchronizeUnit" });
            Assert.False(await hub.Connection.Directory.RunAsync(default));
            Assert.Equal(fault.Kind != FaultKind.Omit, hub.Connection.Directory.IsOwed);
            Assert.Equal(fault.Kind != FaultKind.EmptyBody, hub.Axis.Seen.Of("getSynchronizeUnit")[^1].AnswerBytes >= Units * 100);
            Assert.Equal(second.All, hub.Province.Parties.Directory.All);
        }
    }

    [Fact]
    public async Task A_national_list_is_never_read_twice_at_once()
    {
        await using var hub = await StartAsync();
        hub.Axis.Faults.Set(new AxisFault(FaultKind.Latency) { Operation = "getSynchronizeUnit", DelayMs = 300 });

        // At the start, the day's comparison and the one that is owed as long as it runs used to come together.
        var together = await Task.WhenAll(hub.Connection.Directory.RunAsync(default), hub.Connection.Directory.RunEarlyAsync(default));

        Assert.Equal([true, false], together);
        Assert.Single(hub.Axis.Seen.Of("getSynchronizeUnit"));
    }

    /// <summary>No duty of the schedule comes between: receiving is paused, and the comparison is configured after the start.</summary>
    private static async Task<JoinedHub> StartAsync()
    {
        var hub = await JoinedHub.StartAsync(byHand: ReceiveFromAxisJob.KeyOf(AxisPair.AxisName));
        hub.Connection.Link.Settings.DirectoryHours = 24;
        return hub;
    }

    private async Task RunAsync(JoinedHub hub, string what)
    {
        var watch = Stopwatch.StartNew();
        Assert.True(await hub.Connection.Directory.RunAsync(default));
        output.WriteLine($"figure: axis directory, {what} of {Units}: {watch.Elapsed.TotalSeconds:f1} s");
    }
}
