using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Limits;
using DocExchange.Benchmarks.Load;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>One row of the table. CPU in milliseconds per document, of the server.</summary>
internal sealed record Cell(
    long Size, int Clients, bool KeepAlive, Measured Hub, Measured Drain, Measured? Append, double HubCpu, double DrainCpu, double ClientCpu, double ResidentMegabytes)
{
    public double OfDrain => Hub.PerSecond / Drain.PerSecond;

    public double? OfAppend => Append is null ? null : Hub.PerSecond / Append.PerSecond;
}

/// <summary>Accepted documents per second beside the two limits. Hub and drain take turns, so that a ratio is of the same minute.</summary>
internal sealed class Throughput(BenchHub hub, ServerProcess drain, LoadProcess load, string folder, double seconds)
{
    private const int Rounds = 2;

    /// <summary>Servers run for months: no cell is to pay for compiling them, which goes on for some 40,000 documents. Hub and drain get the same time.</summary>
    public async Task WarmUpAsync()
    {
        var order = new LoadOrder(10 * 1024, 64) { Seconds = Math.Min(12, 3 * seconds) };
        hub.Acknowledged.AddRange((await load.RunAsync(hub.Process, order)).Acknowledged);
        await load.RunAsync(drain, order);
    }

    public async Task<Cell> MeasureAsync(long size, int clients, bool keepAlive)
    {
        var order = new LoadOrder(size, clients) { KeepAlive = keepAlive, Seconds = seconds / Rounds };
        var (ours, theirs) = (new Sum(), new Sum());
        for (var round = 0; round < Rounds; round++)
        {
            var result = await load.RunAsync(hub.Process, order);
            hub.Acknowledged.AddRange(result.Acknowledged);
            ours.Add(result);
            theirs.Add(await load.RunAsync(drain, order));
        }
        var resident = hub.Process.ResidentMegabytes;
        var append = keepAlive ? AppendLimit.Run(folder, (int)size, clients, TimeSpan.FromSeconds(Math.Max(0.5, seconds / 3))) : null;
        return new Cell(size, clients, keepAlive, ours.Measured, theirs.Measured, append, ours.CpuEach, theirs.CpuEach, ours.ClientCpuEach, resident);
    }

    private sealed class Sum
    {
        private readonly List<int> _times = [];
        private double _seconds;
        private double _cpu;
        private double _clientCpu;
        private int _documents;

        public Measured Measured => Measured.Of([.. _times], _seconds);

        public double CpuEach => 1000 * _cpu / _documents;

        public double ClientCpuEach => 1000 * _clientCpu / _documents;

        public void Add(LoadResult result)
        {
            _times.AddRange(result.Microseconds);
            _seconds += result.Seconds;
            _cpu += result.ServerCpu;
            _clientCpu += result.ClientCpu;
            _documents += result.Acknowledged.Length;
        }
    }
}
