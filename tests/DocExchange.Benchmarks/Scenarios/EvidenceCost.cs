using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Hub.Operations;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>What evidence costs and how fast it goes out and is checked.</summary>
/// <param name="WithLog">Accepted documents of 10 kB per second, 64 clients.</param>
/// <param name="WithoutLog">The same in turns through a hub that writes no evidence.</param>
/// <param name="Entries">In the export.</param>
/// <param name="AddedMegabytes">Managed memory at the end of the export, beyond that at its start.</param>
/// <param name="Batches">Signatures checked by the deep verification.</param>
internal sealed record EvidenceFigures(double WithLog, double WithoutLog, long Entries, double ExportedPerSecond, double AddedMegabytes, double VerifiedPerSecond, double DeepPerSecond, long Batches, double Megabytes)
{
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
            await SeedCommand.SeedAsync(data, 0, receipts);
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
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        await using (var output = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 256 * 1024))
        {
            await new ExportWriter(hub.Store.Exports, epoch, filter).WriteAsync(output, range, () => hub.Key, DateTimeOffset.UtcNow, null, default);
        }
        var exported = clock.Elapsed.TotalSeconds;
        var added = (GC.GetTotalMemory(forceFullCollection: true) - before) / (1024.0 * 1024);
        X509Certificate2Collection roots = [X509CertificateLoader.LoadCertificate(hub.Key.Chain[^1])];
        var (entries, plain, _) = Verify(file, roots, deep: false);
        var (_, deep, batches) = Verify(file, roots, deep: true);
        return new EvidenceFigures(with, without, entries, entries / exported, added, entries / plain, entries / deep, batches, new FileInfo(file).Length / (1024.0 * 1024));
    }

    private static (long Entries, double Seconds, long Batches) Verify(string file, X509Certificate2Collection roots, bool deep)
    {
        using var export = File.OpenRead(file);
        var clock = Stopwatch.StartNew();
        var verdict = ExportVerifier.Verify(export, roots, HeldEvidence.Nothing, deep);
        var seconds = clock.Elapsed.TotalSeconds;
        if (verdict.Checks.FirstOrDefault(check => check.Outcome != CheckOutcome.Passed) is { } wrong) throw new BenchmarkFailedException("An export did not verify: " + wrong.English);
        return (verdict.Shown, seconds, verdict.Batches);
    }
}
