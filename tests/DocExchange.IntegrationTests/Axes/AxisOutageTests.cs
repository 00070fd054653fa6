using System.Diagnostics;
using DocExchange.Core.Delivery;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis.Faults;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>An axis that is away, and what waits for it: local documents are not slower, and what is urgent goes first when it is back.</summary>
public sealed class AxisOutageTests(ITestOutputHelper output)
{
    private const int Backlog = 200, Urgent = 20;

    /// <summary>What other tests may cost at the same time; whoever waited for the axis would wait for seconds.</summary>
    private static readonly TimeSpan Neighbours = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Hang)]
    public async Task Local_documents_are_as_fast_while_the_axis_is_away(FaultKind how)
    {
        await using var hub = await JoinedHub.StartAsync();
        await LocalAsync(hub, 40);
        var before = await LocalAsync(hub, 60);

        hub.Axis.Faults.Set(new AxisFault(how));
        for (var i = 0; i < 40; i++) (await hub.Province.SendAsync(new Letter { To = ["G22"] })).Ok();
        var during = await LocalAsync(hub, 60);

        output.WriteLine($"figure: local document while the axis is away ({how}): p50 {during[30].TotalMilliseconds:f1} ms, p90 {during[54].TotalMilliseconds:f1} ms; before p50 {before[30].TotalMilliseconds:f1} ms, p90 {before[54].TotalMilliseconds:f1} ms");
        Assert.True(during[30] < before[30] * 10 + Neighbours, $"half of them took over {during[30]}, before it was {before[30]}");
        Assert.DoesNotContain(hub.Axis.Documents, d => d.SystemId is not null);
    }

    [Fact]
    public async Task A_backlog_goes_out_in_order_of_urgency_with_its_oldest_not_forgotten_and_local_traffic_not_starved()
    {
        await using var hub = await JoinedHub.StartAsync(s => (s.SendPerSecond, s.BreakerFailures) = (100, 2));
        var before = await LocalAsync(hub, 60);
        hub.Axis.Faults.Set(new AxisFault(FaultKind.Drop));
        var letters = Enumerable.Range(0, Backlog).Select(i => new Letter { To = ["G22"], Priority = i >= Backlog - Urgent ? "3" : "0" }).ToList();
        foreach (var letter in letters) (await hub.Province.SendAsync(letter)).Ok();
        await hub.UntilAsync(() => Task.FromResult(hub.Connection.Relay.Breaker.IsOpen), "the breaker");

        hub.Axis.Faults.Clear();
        var during = await LocalAsync(hub, 60);
        await hub.UntilAsync(() => Task.FromResult(hub.Axis.Documents.Count(d => d.SystemId is not null) == Backlog), "the backlog's arrival");

        output.WriteLine($"figure: local document while a backlog drains: p50 {during[30].TotalMilliseconds:f1} ms; before {before[30].TotalMilliseconds:f1} ms");
        Assert.True(during[30] < before[30] * 10 + Neighbours, $"half of them took over {during[30]}, before it was {before[30]}");
        var order = hub.Axis.Documents.Where(d => d.SystemId is not null).OrderBy(d => d.SentAt).Select(d => letters.FindIndex(l => l.DocumentId == d.DocumentId)).ToList();
        var lastUrgent = order.FindLastIndex(i => i >= Backlog - Urgent);
        // Every fourth is the oldest, those begun before the outage come again when they are due, and calls overtake one another.
        Assert.InRange(lastUrgent, Urgent - 1, Urgent * 4 / 3 + 60);
        Assert.True(order.Take(lastUrgent).Any(i => i < Backlog - Urgent), string.Join(' ', order));
    }

    /// <summary>From the call to the acknowledgement, sorted.</summary>
    private static async Task<IReadOnlyList<TimeSpan>> LocalAsync(JoinedHub hub, int documents)
    {
        var took = new List<TimeSpan>();
        for (var i = 0; i < documents; i++)
        {
            var letter = new Letter { To = ["H30.12"] };
            var watch = Stopwatch.StartNew();
            var sent = (await hub.Province.SendAsync(letter)).Ok();
            took.Add(watch.Elapsed);
            Assert.Equal(DeliveryState.Available, Assert.Single((await hub.Province.TrackAsync(sent.DocId)).Deliveries).State);
        }
        took.Sort();
        return took;
    }
}
