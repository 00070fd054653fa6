using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using DocExchange.Benchmarks.Hub;

namespace DocExchange.Benchmarks.Load;

/// <summary>What one run of the generator is asked for.</summary>
internal sealed record LoadOrder(long Size, int Clients)
{
    public string Edge { get; init; } = "vxp";

    public bool KeepAlive { get; init; } = true;

    public double Seconds { get; init; }

    public double WarmUp { get; init; } = 0.5;

    /// <summary>Documents per client instead of a time.</summary>
    public int Count { get; init; }

    /// <summary>0 = the one receiver.</summary>
    public int Recipients { get; init; }
}

/// <summary>What came of it, and what it cost the server.</summary>
internal sealed record LoadResult(int[] Microseconds, double Seconds, long[] Acknowledged, double ServerCpu, double ClientCpu);

/// <summary>Runs the generator in its own process against a server.</summary>
internal sealed class LoadProcess(string folder)
{
    private int _run;

    public async Task<LoadResult> RunAsync(ServerProcess server, LoadOrder order)
    {
        var output = Path.Combine(folder, "load");
        var before = server.CpuSeconds;
        var start = new ProcessStartInfo(Environment.ProcessPath!, Options(server.Port, order, output)) { RedirectStandardOutput = true };
        // Little to compile and nothing to collect: what the client takes, the server does not have.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (text.Length == 0) throw new BenchmarkFailedException("The load generator ended without a result. " + server.LastLines());
        var summary = JsonSerializer.Deserialize<LoadSummary>(text)!;
        if (summary.Failure is not null) throw new BenchmarkFailedException($"{order}: {summary.Failure} {server.LastLines()}");
        return new LoadResult(Read<int>(output + ".times"), summary.Seconds, Read<long>(output + ".acks"), server.CpuSeconds - before, summary.CpuSeconds);
    }

    private List<string> Options(int port, LoadOrder order, string output)
    {
        List<string> options =
        [
            "load", "--port", Text(port), "--size", Text(order.Size), "--clients", Text(order.Clients), "--seconds", Text(order.Seconds),
            "--warmup", Text(order.WarmUp), "--count", Text(order.Count), "--run", Text(++_run), "--out", output, "--edge", order.Edge,
        ];
        if (!order.KeepAlive) options.Add("--new-connections");
        if (order.Recipients > 0) options.AddRange(["--recipients", Text(order.Recipients)]);
        return options;
    }

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static T[] Read<T>(string path) where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(path)).ToArray();
        File.Delete(path);
        return values;
    }
}
