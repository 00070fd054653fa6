using System.Diagnostics;
using DocExchange.Benchmarks.Hub;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>Seconds from the start of the process to ready, median of five, on a store of so many documents.</summary>
internal sealed record StartFigures(int Documents, double Megabytes, double Median, double Worst, double AfterKill, double SeedSeconds);

internal static class StartTime
{
    public static async Task<StartFigures> MeasureAsync(string folder, int documents)
    {
        var data = Path.Combine(folder, "million");
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        try
        {
            var clock = Stopwatch.StartNew();
            await SeedCommand.SeedAsync(data, 0, documents);
            var seeded = clock.Elapsed.TotalSeconds;
            var times = new List<double>();
            for (var i = 0; i < 5; i++)
            {
                using var hub = await ServerProcess.HubAsync(data);
                times.Add(hub.StartToReady.TotalSeconds);
                // The last one is killed, so that the next start has to recover.
                if (i < 4) await hub.StopAsync();
            }
            using var recovered = await ServerProcess.HubAsync(data);
            var size = new FileInfo(Path.Combine(data, "store", "exchange.db")).Length / (1024.0 * 1024);
            await recovered.StopAsync();
            times.Sort();
            return new StartFigures(documents, size, times[2], times[^1], recovered.StartToReady.TotalSeconds, seeded);
        }
        finally
        {
            if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        }
    }
}
