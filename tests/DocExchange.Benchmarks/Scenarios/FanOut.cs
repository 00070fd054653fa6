using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Benchmarks.Scenarios;

/// <param name="OneCpu">Server CPU milliseconds of a document to one recipient; <paramref name="ManyCpu"/> to 1 000.</param>
internal sealed record FanOutFigures(double OneCpu, double ManyCpu, int Recipients, long Bodies, long Documents)
{
    public double MicrosecondsPerRecipient => 1000 * (ManyCpu - OneCpu) / (Recipients - 1);
}

/// <summary>What each further recipient costs, reading its element in the package included.</summary>
internal static class FanOut
{
    private const int Recipients = 1000;

    public static async Task<(FanOutFigures Figures, CheckedStore Checked)> MeasureAsync(string folder, LoadProcess load, double seconds)
    {
        using var hub = await BenchHub.StartAsync(Path.Combine(folder, "fanout"), Recipients);
        await CpuAsync(1, 0.5);
        await CpuAsync(Recipients, 0.5);
        var one = await CpuAsync(1, seconds);
        var many = await CpuAsync(Recipients, seconds);
        var check = await hub.StopAndCheckAsync();
        using var database = Database.Open(Path.Combine(hub.Folder, "store", "exchange.db"), readOnly: true);
        var bodies = database.Prepare("SELECT count(*) FROM body").RunScalar() ?? 0;
        if (bodies != check.Documents) throw new BenchmarkFailedException($"{check.Documents} documents, but {bodies} bodies: a circular's body is to be stored once.");
        return (new FanOutFigures(one, many, Recipients, bodies, check.Documents), check);

        async Task<double> CpuAsync(int recipients, double time)
        {
            var result = await load.RunAsync(hub.Process, new LoadOrder(10 * 1024, 16) { Seconds = time, WarmUp = 0, Recipients = recipients });
            hub.Acknowledged.AddRange(result.Acknowledged);
            return 1000 * result.ServerCpu / result.Acknowledged.Length;
        }
    }
}
