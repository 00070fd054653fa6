using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DocExchange.Benchmarks.Hub;

/// <summary>A server in a process of its own, and what /proc says of it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const double TicksPerSecond = 100;
    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>From the start of the process to its first answer that it is ready.</summary>
    public TimeSpan StartToReady { get; private set; }

    /// <summary>User and system time of the process so far, seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    public double ResidentMegabytes => StatusMegabytes("VmRSS:");

    /// <summary>The highest resident size since the last <see cref="ForgetPeak"/>.</summary>
    public double PeakMegabytes => StatusMegabytes("VmHWM:");

    public void ForgetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    public static Task<ServerProcess> HubAsync(string data, params (string Name, string Value)[] settings)
    {
        var hub = Environment.GetEnvironmentVariable("BENCH_HUB") ?? Path.Combine(Root(), "src/DocExchange.Hub/bin/Release/net10.0/docexchange");
        return StartAsync(hub, port => ["serve", "--data", data, "--port", port], "/health/ready", settings);
    }

    /// <summary>A hub run by this program itself, with or without its log.</summary>
    public static Task<ServerProcess> SameHubAsync(string data, bool withoutLog) =>
        StartAsync(Environment.ProcessPath!, port => ["hub", "--data", data, "--port", port, .. withoutLog ? (string[])["--without-log"] : []], "/health/ready", []);

    public static Task<ServerProcess> DrainAsync() => StartAsync(Environment.ProcessPath!, port => ["drain", "--port", port], "/", []);

    /// <summary>The sandbox with its national axis.</summary>
    public static Task<ServerProcess> SandboxAsync(string data) => StartAsync(
        Path.Combine(Root(), "src/DocExchange.Sandbox/bin/Release/net10.0/docexchange-sandbox"), port => ["serve", "--port", port, "--data", data], "/sandbox", []);

    /// <summary>Asks it to stop, as Ctrl-C or a service manager does, and waits.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "DocExchange.sln"))) return folder;
        }
        throw new BenchmarkFailedException("The benchmark does not stand inside the repository: DocExchange.sln was not found above it.");
    }

    private static async Task<ServerProcess> StartAsync(string file, Func<string, string[]> arguments, string readyPath, (string Name, string Value)[] settings)
    {
        if (!File.Exists(file)) throw new BenchmarkFailedException($"{file} does not exist: build it in Release.");
        var port = FreePort();
        var start = new ProcessStartInfo(file, arguments(port.ToString(CultureInfo.InvariantCulture))) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var server = new ServerProcess(new Process { StartInfo = start }, port);
        server._process.OutputDataReceived += server.Keep;
        server._process.ErrorDataReceived += server.Keep;
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        using var http = new HttpClient();
        await Polling.UntilAsync(() => server.IsReadyAsync(http, readyPath),
            () => server._process.HasExited || clock.Elapsed > TimeSpan.FromMinutes(2) ? "The server did not start: " + server.LastLines() : null);
        server.StartToReady = clock.Elapsed;
        return server;
    }

    private async Task<bool> IsReadyAsync(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{Port}{path}");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line.Data);
            if (_lastLines.Count > 20) _lastLines.Dequeue();
        }
    }

    public string LastLines()
    {
        lock (_lastLines) return string.Join(Environment.NewLine, _lastLines);
    }

    private double StatusMegabytes(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..^2].Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
