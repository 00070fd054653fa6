using System.Globalization;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Limits;
using DocExchange.Benchmarks.Load;
using DocExchange.Benchmarks.Reporting;
using DocExchange.Benchmarks.Scenarios;

namespace DocExchange.Benchmarks;

/// <summary>The whole run: every figure beside its limit, every acknowledgement compared with the store.</summary>
internal static class Benchmark
{
    private const string Usage = """
        Options:
          --quick            a minute: fewer cells, shorter, no large packages
          --seconds N        measured seconds per cell and side (default 4; --quick 1)
          --sizes 10,1024    only these sizes, kB
          --clients 1,64     only these numbers of clients
          --only NAME        throughput, doors, soap, edoc, memory, fanout, directory, evidence, axis, signatures or start
          --agencies N       entries of the directory (default 125000; --quick leaves it out)
          --backlog N        documents that wait for the axis in "axis" (default 5000)
          --receipts N       exported and verified by "evidence" (default 100000), a tenth of them accepted one at a time
          --million          "evidence" over a million receipts, and the start on a store of a million documents (each takes minutes to fill)
          --documents N      another number for that
          --data DIR         where the folders are made and removed again (default artifacts/bench; must be on a disk)
          --write            put the figures into docs/performance.md
        """;

    private static readonly (long Size, int Clients, bool KeepAlive)[] Quick =
        [(10, 1, true), (10, 16, true), (10, 64, true), (10, 16, false), (100, 64, true), (1024, 64, true), (10 * 1024, 64, true)];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        if (arguments.Has("help"))
        {
            Console.WriteLine(Usage);
            return 0;
        }
        var folder = Path.GetFullPath(arguments.Text("data", Path.Combine(ServerProcess.Root(), "artifacts", "bench")));
        Directory.CreateDirectory(folder);
        var quick = arguments.Has("quick");
        var seconds = arguments.Fraction("seconds", quick ? 1 : 4);
        var only = arguments.Text("only", "");
        var figures = new Figures(Machine.Look(), Disk.Examine(folder), seconds);
        var load = new LoadProcess(folder);
        if (Wants("throughput")) await ThroughputAsync(figures, folder, load, seconds, Cells(arguments, quick));
        string[] doors = only is "soap" or EdocHead.Edge ? [only] : Doors.Others;
        if (Wants("doors") || doors.Length == 1) figures.Add(await Doors.MeasureAsync(folder, load, seconds, quick ? [100 * 1024] : [100 * 1024, 10 * 1024 * 1024], doors));
        if (Wants("fanout")) figures.Add(await FanOut.MeasureAsync(folder, load, seconds / 2));
        if (Wants("memory") && !quick) figures.Add(await Memory.MeasureAsync(folder, load, new VxpFetch()));
        if (doors.Length == 1 && !quick) figures.Add(await Memory.MeasureAsync(folder, load, only == "soap" ? new SoapFetch() : new EdocFetch()));
        if (Wants("directory") && (!quick || only.Length > 0)) figures.Add(await NationalDirectory.MeasureAsync(folder, load, seconds, arguments.Number("agencies", 125_000)));
        if (Wants("evidence") && (!quick || only.Length > 0)) figures.Evidence = await EvidenceCost.MeasureAsync(folder, load, seconds, arguments.Number("receipts", arguments.Has("million") ? 1_000_000 : 100_000));
        if (Wants("axis") && (!quick || only.Length > 0)) figures.Axis = await AxisRelay.MeasureAsync(folder, load, arguments.Number("backlog", 5000));
        if (Wants("signatures")) (figures.Signatures, figures.Papers) = (SignatureCost.Measure(folder), PaperCost.Measure());
        if ((arguments.Has("million") && Wants("start")) || only == "start") figures.Start = await StartTime.MeasureAsync(folder, arguments.Number("documents", 1_000_000));
        figures.Finished = Machine.Look();

        var page = Report.Render(figures);
        Console.WriteLine(page);
        if (arguments.Has("write")) PerformancePage.Write(Path.Combine(ServerProcess.Root(), "docs", "performance.md"), page);
        return 0;

        bool Wants(string name) => only.Length == 0 || only == name;
    }

    private static async Task ThroughputAsync(Figures figures, string folder, LoadProcess load, double seconds, IEnumerable<(long Size, int Clients, bool KeepAlive)> cells)
    {
        using var hub = await BenchHub.StartAsync(Path.Combine(folder, "hub"));
        using var drain = await ServerProcess.DrainAsync();
        var throughput = new Throughput(hub, drain, load, folder, seconds);
        await throughput.WarmUpAsync();
        foreach (var (size, clients, keepAlive) in cells)
        {
            figures.Cells.Add(await throughput.MeasureAsync(size * 1024, clients, keepAlive));
            await Console.Error.WriteLineAsync(Report.Progress(figures.Cells[^1]));
        }
        figures.Checks.Add(await hub.StopAndCheckAsync());
        using var again = await ServerProcess.HubAsync(hub.Folder);
        figures.RestartSeconds = again.StartToReady.TotalSeconds;
        await again.StopAsync();
    }

    private static IEnumerable<(long Size, int Clients, bool KeepAlive)> Cells(Arguments arguments, bool quick)
    {
        if (quick) return Quick;
        var sizes = Numbers(arguments.Text("sizes", "10,100,1024,10240"));
        var clients = Numbers(arguments.Text("clients", "1,16,64"));
        var keepAlive = sizes.SelectMany(size => clients.Select(count => ((long)size, count, true)));
        var fresh = sizes.Where(size => size <= 100).SelectMany(size => clients.Where(count => count == 16).Select(count => ((long)size, count, false)));
        return [.. keepAlive, .. fresh];
    }

    private static int[] Numbers(string list) => [.. list.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
}
