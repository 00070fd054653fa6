using DocExchange.Benchmarks.Scenarios;

namespace DocExchange.Benchmarks.Reporting;

/// <summary>One target and what was found.</summary>
internal sealed record Target(string What, string Wanted, string Found, bool Met);

/// <summary>What the hub has set itself; all that can be are ratios to limits of the same run.</summary>
internal static class Targets
{
    private static readonly Dictionary<long, double> ShareOfDrain = new() { [10] = 0.15, [100] = 0.12, [1024] = 0.10, [10 * 1024] = 0.10 };

    public static IEnumerable<Target> Of(Figures figures)
    {
        foreach (var cell in figures.Cells.Where(c => c.Clients == 64 && c.KeepAlive))
        {
            if (ShareOfDrain.TryGetValue(cell.Size / 1024, out var share))
            {
                yield return new Target($"{Report.Size(cell.Size)}, 64 clients: share of the drain endpoint", $"≥ {share:F2}", $"{cell.OfDrain:F2}", cell.OfDrain >= share);
            }
            if (cell.Size >= 1024 * 1024 && cell.OfAppend is { } ofAppend)
            {
                yield return new Target($"{Report.Size(cell.Size)}, 64 clients: share of the plain append", "≥ 0.50", $"{ofAppend:F2}", ofAppend >= 0.5);
            }
        }
        if (figures.Cells.FirstOrDefault(c => c is { Size: 10 * 1024, Clients: 16, KeepAlive: true }) is { Append: { } append } wait)
        {
            var most = Math.Max(50, 10 * append.P99);
            yield return new Target("10 kB, 16 clients: p99 of acceptance", $"≤ {most:F0} ms", $"{wait.Hub.P99:F1} ms", wait.Hub.P99 <= most);
        }
        foreach (var target in OthersOf(figures)) yield return target;
    }

    private static IEnumerable<Target> OthersOf(Figures figures)
    {
        foreach (var door in figures.Doors)
        {
            // An envelope and its parts are more to read than headers.
            var share = door.Edge == "rest" ? 0.9 : 0.7;
            yield return new Target($"{Report.Size(door.Size)} through {door.Edge}: share of the axis SDK's edge", $"≥ {share:F2}", $"{door.OfVxp:F2}", door.OfVxp >= share);
        }
        if (figures.FanOut is { } fan)
        {
            yield return new Target("CPU per extra recipient", "≤ 100 µs", $"{fan.MicrosecondsPerRecipient:F0} µs", fan.MicrosecondsPerRecipient <= 100);
        }
        if (figures.Memory is { } memory)
        {
            var large = Math.Max(memory.SendAdds, memory.FetchAdds);
            yield return new Target("500 MB sent and fetched: added memory", "< 64 MB", $"{large:F0} MB", large < 64);
            yield return new Target("64 × 10 MB at once: added memory", "< 128 MB", $"{memory.ConcurrentAdds:F0} MB", memory.ConcurrentAdds < 128);
        }
        if (figures.Directory is { } directory)
        {
            var ratio = Math.Max(directory.Added.P99Ratio, directory.Changed.P99Ratio);
            yield return new Target($"p99 of acceptance during a {directory.Entries:N0}-row import", "≤ 2 × without", $"{ratio:F2} ×", ratio <= 2);
            yield return new Target($"Look-up among {directory.Entries:N0} agencies", "< 10 µs", $"{directory.LookUpNanoseconds / 1000:F2} µs", directory.LookUpNanoseconds < 10_000);
            yield return new Target($"Search by name among {directory.Entries:N0}, p95", "< 10 ms", $"{directory.SearchP95:F1} ms", directory.SearchP95 < 10);
        }
        if (figures.Evidence is { } evidence)
        {
            yield return new Target("Documents accepted with evidence: share of a null log's", "≥ 0.85", $"{evidence.Share:F2}", evidence.Share >= 0.85);
            yield return new Target("Receipts exported", "≥ 20,000/s", $"{evidence.ExportedPerSecond:N0}/s", evidence.ExportedPerSecond >= 20_000);
            yield return new Target("Receipts verified offline", "≥ 50,000/s", $"{evidence.VerifiedPerSecond:N0}/s", evidence.VerifiedPerSecond >= 50_000);
        }
        if (figures.Start is { } start)
        {
            yield return new Target($"Start to ready, {start.Documents:N0} documents", "< 2 s", $"{start.Worst:F2} s", start.Worst < 2 && start.AfterKill < 2);
        }
    }
}
