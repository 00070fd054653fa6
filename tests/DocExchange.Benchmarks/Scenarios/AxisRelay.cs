using System.Diagnostics;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>Two hubs over the sandbox's axis, every one a process, beside the axis alone.</summary>
internal static class AxisRelay
{
    private const int Concurrency = 8, Clients = 16, Single = 40;
    private static readonly (long Size, int Documents)[] Ways = [(10 * 1024, 2000), (100 * 1024, 800)];

    public static async Task<AxisFigures> MeasureAsync(string folder, LoadProcess load, int backlog)
    {
        using var axis = await BenchAxis.StartAsync(Path.Combine(folder, "axis"));
        var ways = new List<RelayFigures>();
        foreach (var (size, documents) in Ways)
        {
            await AxisCeiling.MeasureAsync(axis, size, documents / 4, Concurrency);
            ways.Add(new RelayFigures(size, documents, 0, await AxisCeiling.MeasureAsync(axis, size, documents, Concurrency)));
            await axis.ForgetAsync();
        }
        using var sender = await BenchHub.StartAsync(Path.Combine(folder, "axis-sender"), 0, BenchParties.Receiver, axis.Join(BenchParties.SenderSystem, Concurrency));
        using var receiver = await BenchHub.StartAsync(Path.Combine(folder, "axis-receiver"), 0, BenchParties.Sender, axis.Join(BenchParties.ReceiverSystem, Concurrency));
        await RelayAsync(10 * 1024, Clients * 20);
        for (var i = 0; i < ways.Count; i++) ways[i] = ways[i] with { PerSecond = await RelayAsync(ways[i].Size, ways[i].Documents) };
        var idle = await IdleAsync(axis, load, sender, receiver);
        var drain = await DrainAsync(axis, load, sender, backlog);
        await UntilAsync(axis, receiver, "taken", sender.Acknowledged.Count, backlog);
        return new AxisFigures(ways, idle, drain);

        // From the first call to the moment the other hub has the last.
        async Task<double> RelayAsync(long size, int documents)
        {
            var watch = Stopwatch.StartNew();
            await SendAsync(load, sender, size, Clients, documents / Clients);
            await UntilAsync(axis, receiver, "taken", sender.Acknowledged.Count, documents);
            return documents / Clients * Clients / watch.Elapsed.TotalSeconds;
        }
    }

    private static async Task<IdleFigures> IdleAsync(BenchAxis axis, LoadProcess load, BenchHub sender, BenchHub receiver)
    {
        await axis.ForgetAsync();
        var (acknowledged, arrived) = (new List<DateTimeOffset>(), new List<DateTimeOffset>());
        for (var i = 0; i < Single; i++)
        {
            var result = await load.RunAsync(sender.Process, new LoadOrder(10 * 1024, 1) { Count = 1, WarmUp = 0, Seconds = 0 });
            acknowledged.Add(DateTimeOffset.UtcNow);
            sender.Acknowledged.AddRange(result.Acknowledged);
            await UntilAsync(axis, receiver, "taken", sender.Acknowledged.Count, 1);
            arrived.Add(DateTimeOffset.UtcNow);
        }
        var taken = await axis.TakenAsync();
        var (outwards, inwards) = (Sorted(taken.Zip(acknowledged)), Sorted(arrived.Zip(taken)));
        return new IdleFigures(Single, outwards[Single / 2], outwards[Single * 99 / 100], inwards[Single / 2], inwards[Single * 99 / 100]);

        static double[] Sorted(IEnumerable<(DateTimeOffset Later, DateTimeOffset Earlier)> pairs) => [.. pairs.Select(p => Math.Max(0, (p.Later - p.Earlier).TotalMilliseconds)).Order()];
    }

    private static async Task<DrainFigures> DrainAsync(BenchAxis axis, LoadProcess load, BenchHub sender, int backlog)
    {
        await axis.SetAwayAsync(true);
        var before = sender.Acknowledged.Count;
        await SendAsync(load, sender, 10 * 1024, Clients, backlog / Clients);
        await axis.SetAwayAsync(false);
        var start = await UntilAsync(axis, sender, "sent", before + 1, backlog);
        var watch = Stopwatch.StartNew();
        var end = await UntilAsync(axis, sender, "sent", sender.Acknowledged.Count, backlog);
        return new DrainFigures(backlog / Clients * Clients, (end - start) / watch.Elapsed.TotalSeconds, Concurrency);
    }

    private static async Task SendAsync(LoadProcess load, BenchHub hub, long size, int clients, int count) =>
        hub.Acknowledged.AddRange((await load.RunAsync(hub.Process, new LoadOrder(size, clients) { Count = count, WarmUp = 0, Seconds = 0 })).Acknowledged);

    private static async Task<long> UntilAsync(BenchAxis axis, BenchHub hub, string figure, long wanted, int underWay)
    {
        var late = Stopwatch.StartNew();
        while (true)
        {
            var now = (await axis.ConditionAsync(hub.Process)).GetProperty(figure).GetInt64();
            if (now >= wanted) return now;
            if (late.Elapsed > TimeSpan.FromSeconds(60 + underWay / 20)) throw new BenchmarkFailedException($"{figure} stays at {now} of {wanted}. {hub.Process.LastLines()}");
            await Task.Delay(underWay == 1 ? 2 : 20);
        }
    }
}
