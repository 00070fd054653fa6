using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;
using DocExchange.Client;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>Resident megabytes that large packages add to a warmed process, at their peak.</summary>
/// <param name="Fetched">The operations they were fetched with.</param>
internal sealed record MemoryFigures(string Fetched, double Before, double SendAdds, double FetchAdds, double ConcurrentBefore, double ConcurrentAdds);

/// <summary>Peaks are read from VmHWM after it was set back, so that nothing between two looks is missed.</summary>
internal static class Memory
{
    private const long Mega = 1024 * 1024;

    public static async Task<(MemoryFigures Figures, CheckedStore Checked)> MeasureAsync(string folder, LoadProcess load, LargeFetch fetch)
    {
        using var hub = await BenchHub.StartAsync(Path.Combine(folder, "memory"), 0, ("DocExchange__MaxPackageMegabytes", "600"));
        await SendAsync(new LoadOrder(10 * 1024, 64) { Count = 5, WarmUp = 0 });
        await SendAsync(new LoadOrder(10 * Mega, 4) { Count = 2, WarmUp = 0 });
        await FetchAllAsync(hub.Process, fetch, 10 * Mega - 8);

        hub.Process.ForgetPeak();
        var before = hub.Process.PeakMegabytes;
        await SendAsync(new LoadOrder(500 * Mega, 1) { Count = 1, WarmUp = 0 });
        var sent = hub.Process.PeakMegabytes - before;
        hub.Process.ForgetPeak();
        await FetchAllAsync(hub.Process, fetch, 500 * Mega - 8);
        var fetched = hub.Process.PeakMegabytes - before;

        await SendAsync(new LoadOrder(10 * 1024, 64) { Count = 5, WarmUp = 0 });
        hub.Process.ForgetPeak();
        var concurrentBefore = hub.Process.PeakMegabytes;
        await SendAsync(new LoadOrder(10 * Mega, 64) { Count = 2, WarmUp = 0 });
        var figures = new MemoryFigures(fetch.Words, before, sent, fetched, concurrentBefore, hub.Process.PeakMegabytes - concurrentBefore);
        return (figures, await hub.StopAndCheckAsync());

        async Task SendAsync(LoadOrder order) => hub.Acknowledged.AddRange((await load.RunAsync(hub.Process, order with { Edge = fetch.Edge })).Acknowledged);
    }

    /// <summary>Fetches what waits for the receiver and is at least so large, by both ways of fetching, and answers everything listed.</summary>
    private static async Task FetchAllAsync(ServerProcess server, LargeFetch fetch, long atLeast)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/"), Timeout = TimeSpan.FromMinutes(5) };
        var client = new VxpClient(http, new Uri($"http://127.0.0.1:{server.Port}/vxp"), BenchParties.ReceiverSystem, BenchParties.Secret, TimeProvider.System);
        var fetched = 0;
        while (true)
        {
            var listed = await client.ListAsync(VxpNames.MessageEdoc);
            if (listed.Value is not { } items) throw new BenchmarkFailedException("The mailbox could not be listed: " + listed.Refusal!.Text);
            if (items.Count == 0) break;
            foreach (var item in items)
            {
                var answer = await client.FetchAsync(item.DocId, Stream.Null);
                if (answer.Refusal is { } refusal) throw new BenchmarkFailedException("A package could not be fetched: " + refusal.Text);
                if (answer.Value >= atLeast)
                {
                    fetched++;
                    await fetch.GetAsync(http, item.DocId);
                }
            }
            await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (item, ct) => await client.ConfirmAsync(item.DocId, ct));
        }
        if (fetched == 0) throw new BenchmarkFailedException("None of the large packages was in the mailbox.");
    }
}
