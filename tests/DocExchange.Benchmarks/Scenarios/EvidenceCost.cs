using System.Diagnostics;
using System.Security.Cryptography;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Hub.Operations;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>What evidence costs and how fast it goes out and is checked.</summary>
/// <param name="WithLog">Accepted documents of 10 kB per second, 64 clients.</param>
/// <param name="WithoutLog">The same in turns through a hub that writes no evidence.</param>
/// <param name="Entries">In the export.</param>
/// <param name="AddedMegabytes">The most that the process grew beyond its size at the export's start.</param>
/// <param name="Plain">Verified in a process of its own, against the heads and the seal.</param>
/// <param name="Deep">The same with the signature of every batch.</param>
internal sealed record EvidenceFigures(double WithLog, double WithoutLog, long Entries, double ExportedPerSecond, double AddedMegabytes, Verified Plain, Verified Deep, double Megabytes)
{
    public double VerifiedPerSecond => Entries / Plain.Seconds;

    public double DeepPerSecond => Entries / Deep.Seconds;

    public double Share => WithLog / WithoutLog;
}

/// <summary>The real log beside a null log that exists for this comparison only; then a store of many receipts exported and verified.</summary>
internal static class EvidenceCost
{
    private const int Clients = 64;
    private const int Rounds = 4;

    public static async Task<EvidenceFigures> MeasureAsync(string folder, LoadProcess load, double seconds, int receipts)
    {
        var (with, without) = await CompareAsync(folder, load, seconds);
        var data = Path.Combine(folder, "receipts");
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        try
        {
            await SeedCommand.SeedAsync(data, 0, receipts, receipts / 10);
            return await ExportAsync(data, with, without);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<(double With, double Without)> CompareAsync(string folder, LoadProcess load, double seconds)
    {
        string[] folders = [Path.Combine(folder, "with-log"), Path.Combine(folder, "without-log")];
        foreach (var data in folders)
        {
            if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
            await SeedCommand.SeedAsync(data, 0);
        }
        using var real = await ServerProcess.SameHubAsync(folders[0], withoutLog: false);
        using var none = await ServerProcess.SameHubAsync(folders[1], withoutLog: true);
        var rates = new (double Documents, double Seconds)[2];
        for (var round = 0; round <= Rounds; round++)
        {
            // Who goes first changes, and the first round warms up.
            foreach (var side in round % 2 == 0 ? (int[])[0, 1] : [1, 0])
            {
                var result = await load.RunAsync(side == 0 ? real : none, new LoadOrder(10 * 1024, Clients) { Edge = "vxp", Seconds = seconds / 2 });
                if (round > 0) rates[side] = (rates[side].Documents + result.Microseconds.Length, rates[side].Seconds + result.Seconds);
            }
        }
        await real.StopAsync();
        await none.StopAsync();
        foreach (var data in folders) Directory.Delete(data, recursive: true);
        return (rates[0].Documents / rates[0].Seconds, rates[1].Documents / rates[1].Seconds);
    }

    private static async Task<EvidenceFigures> ExportAsync(string data, double with, double without)
    {
        await using var hub = await HubApplication.OpenAsync(new HubOptions { Data = data, Port = 0 }, TimeProvider.System);
        var file = Path.Combine(data, "all.jsonl");
        var epoch = hub.Store.Log.Epochs[^1];
        var filter = new ExportFilter();
        var range = (await hub.Store.Exports.FindRangeAsync(epoch, filter, default))!;
        GC.Collect();
        long before = Environment.WorkingSet, most = before;
        var clock = Stopwatch.StartNew();
        await using (var output = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 256 * 1024))
        {
            await new ExportWriter(hub.Store.Exports, epoch, filter).WriteAsync(output, range, () => hub.Key, TimeProvider.System.GetUtcNow(), _ => most = Math.Max(most, Environment.WorkingSet), default);
        }
        var exported = clock.Elapsed.TotalSeconds;
        var root = Path.Combine(data, "verified-with.pem");
        await File.WriteAllTextAsync(root, PemEncoding.WriteString("CERTIFICATE", hub.Key.Chain[^1]));
        var plain = await VerifyCommand.MeasureAsync(file, root, deep: false);
        var deep = await VerifyCommand.MeasureAsync(file, root, deep: true);
        const double megabyte = 1024 * 1024;
        return new EvidenceFigures(with, without, plain.Entries, plain.Entries / exported, (most - before) / megabyte, plain, deep, new FileInfo(file).Length / megabyte);
    }
}
