using System.Diagnostics;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>Two hubs over the sandbox's axis, every one a process, beside the axis alone.</summary>
internal sealed class AxisRelay(BenchAxis axis, LoadProcess load, BenchHub sender, BenchHub receiver)
{
    private const int Concurrency = 8, Clients = 16, Single = 40;
    private static readonly (long Size, int Documents)[] Sizes = [(10 * 1024, 2000), (100 * 1024, 800)];

    /// <summary>Documents the sender's hub has acknowledged.</summary>
    private int _sent;

    public static async Task<AxisFigures> MeasureAsync(string folder, LoadProcess load, int backlog)
    {
        using var axis = await BenchAxis.StartAsync(Path.Combine(folder, "axis"));
        var ways = new List<RelayFigures>();
        foreach (var (size, documents) in Sizes)
        {
            await AxisCeiling.MeasureAsync(axis, size, documents / 4, Concurrency);
            ways.Add(new RelayFigures(size, documents, 0, await AxisCeiling.MeasureAsync(axis, size, documents, Concurrency)));
            await axis.ForgetAsync();
        }
        using var sender = await BenchHub.StartAsync(Path.Combine(folder, "axis-sender"), 0, BenchParties.Receiver, axis.Join(BenchParties.SenderSystem, Concurrency));
        using var receiver = await BenchHub.StartAsync(Path.Combine(folder, "axis-receiver"), 0, BenchParties.Sender, axis.Join(BenchParties.ReceiverSystem, Concurrency));
        var relay = new AxisRelay(axis, load, sender, receiver);
        await relay.ThroughAsync(10 * 1024, Clients * 20);
        for (var i = 0; i < ways.Count; i++) ways[i] = ways[i] with { PerSecond = await relay.ThroughAsync(ways[i].Size, ways[i].Documents) };
        return new AxisFigures(ways, await relay.IdleAsync(), await relay.DrainAsync(backlog));
    }

    /// <summary>Documents a second from the first call to the moment the other hub has the last.</summary>
    private async Task<double> ThroughAsync(long size, int documents)
    {
        var watch = Stopwatch.StartNew();
        var before = _sent;
        await SendAsync(size, documents);
        await UntilAsync(receiver, "taken", _sent);
        return (_sent - before) / watch.Elapsed.TotalSeconds;
    }

    private async Task<IdleFigures> IdleAsync()
    {
        await axis.ForgetAsync();
        using var http = new HttpClient();
        var (acknowledged, arrived) = (new List<DateTimeOffset>(), new List<DateTimeOffset>());
        for (var i = 0; i < Single; i++)
        {
            await AxisCeiling.SendAsync(BenchAxis.ClientOf(http, sender.Process), 10 * 1024);
            acknowledged.Add(DateTimeOffset.UtcNow);
            await UntilAsync(receiver, "taken", ++_sent);
            arrived.Add(DateTimeOffset.UtcNow);
        }
        var taken = await axis.TakenAsync();
        var (outwards, inwards) = (Sorted(taken.Zip(acknowledged)), Sorted(arrived.Zip(taken)));
        return new IdleFigures(Single, outwards[Single / 2], outwards[Single * 99 / 100], inwards[Single / 2], inwards[Single * 99 / 100]);

        static double[] Sorted(IEnumerable<(DateTimeOffset Later, DateTimeOffset Earlier)> pairs) => [.. pairs.Select(p => (p.Later - p.Earlier).TotalMilliseconds).Order()];
    }

    private async Task<DrainFigures> DrainAsync(int backlog)
    {
        await axis.SetAwayAsync(true);
        var before = _sent;
        await SendAsync(10 * 1024, backlog);
        await axis.SetAwayAsync(false);
        // From the first one taken: until then the breaker's pause is waited for.
        var start = await UntilAsync(sender, "sent", before + 1);
        var watch = Stopwatch.StartNew();
        var end = await UntilAsync(sender, "sent", _sent);
        var figures = new DrainFigures(_sent - before, (end - start) / watch.Elapsed.TotalSeconds, Concurrency);
        await UntilAsync(receiver, "taken", _sent);
        return figures;
    }

    private async Task SendAsync(long size, int documents) =>
        _sent += (await load.RunAsync(sender.Process, new LoadOrder(size, Clients) { Count = documents / Clients, WarmUp = 0, Seconds = 0 })).Acknowledged.Length;

    private async Task<long> UntilAsync(BenchHub hub, string figure, long wanted)
    {
        var (since, now, last) = (Stopwatch.StartNew(), 0L, -1L);
        await Polling.UntilAsync(async () =>
        {
            now = (await axis.ConditionAsync(hub.Process)).GetProperty(figure).GetInt64();
            if (now != last) since.Restart();
            last = now;
            return now >= wanted;
        }, () => since.Elapsed > TimeSpan.FromSeconds(60) ? $"{figure} stays at {now} of {wanted}. {hub.Process.LastLines()}" : null);
        return now;
    }
}
