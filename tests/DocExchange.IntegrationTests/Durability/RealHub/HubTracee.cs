using DocExchange.Axis.Calls;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using DocExchange.Client;
using DocExchange.CrashHost;
using DocExchange.IntegrationTests.Durability.Tracing;

namespace DocExchange.IntegrationTests.Durability.RealHub;

/// <summary>The hub in a process of its own, plain, recorded or with a fault, and clients signed in to it.</summary>
internal sealed class HubTracee : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly SyscallRecorder? _recorder;
    private readonly Process _process;
    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly Task _output;

    private HubTracee(Process process, SyscallRecorder? recorder, int port)
    {
        (_process, _recorder, Port) = (process, recorder, port);
        Address = new Uri($"http://127.0.0.1:{port}/");
        Province = Client(HubHost.ProvinceSystem);
        Department = Client(HubHost.DepartmentSystem);
        Receipts = HubClient.ForSystem(_http, Address, $"{HubHost.ProvinceSystem}.{HubHost.Secret}");
        // The hub logs to its standard output: a full pipe would stop it.
        _output = process.StandardOutput.ReadToEndAsync();
        Ended = EndAsync();
    }

    public int Port { get; }

    public Uri Address { get; }

    public VxpClient Province { get; }

    public VxpClient Department { get; }

    public HubClient Receipts { get; }

    /// <summary>Completes with the exit code; 128 + signal when it was killed.</summary>
    public Task<int> Ended { get; }

    public static Task<HubTracee> StartAsync(string folder, params string[] options) =>
        ListenAsync(Process.Start(Verb(folder, options))!, null);

    public static Task<HubTracee> StartFaultyAsync(DiskFault fault, string folder, params string[] options) =>
        ListenAsync(SyscallRecorder.StartFaulty(Verb(folder, options), fault), null);

    public static Task<HubTracee> RecordAsync(string folder, params string[] options)
    {
        var recorder = SyscallRecorder.Start(Verb(folder, options), folder);
        return ListenAsync(recorder.Process, recorder);
    }

    /// <summary>What the process has computed so far, however long it had to wait for its turn.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    public Task<VxpAnswer<SentPackage>> SendAsync(TestPackage package) => Province.SendAsync(package.Open(), "edoc", HubHost.Province);

    public async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
    {
        using var response = await _http.GetAsync(new Uri(Address, "health/ready"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>True when nothing but the disk's slowness makes it unready: on a machine with busy neighbours that is no fault of the hub's.</summary>
    public static bool IsOnlySlow(string condition)
    {
        using var json = JsonDocument.Parse(condition);
        return json.RootElement.GetProperty("reasons").EnumerateArray().All(reason => reason.GetString()!.StartsWith("fsync:", StringComparison.Ordinal));
    }

    /// <summary>The status code and body of a sendEdoc, for tests that ask what exactly a client reads.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SendRawAsync(TestPackage package)
    {
        var keeping = new KeepingHandler();
        using var http = new HttpClient(keeping) { Timeout = Patience };
        await new VxpClient(http, new Uri(Address, "vxp"), HubHost.ProvinceSystem, HubHost.Secret, TimeProvider.System)
            .SendAsync(package.Open(), "edoc", HubHost.Province);
        return (keeping.Status, keeping.Text);
    }

    public async Task<int> WaitForEndAsync()
    {
        return await Ended.WaitAsync(Patience);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForEndAsync();
    }

    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await WaitForEndAsync();
    }

    /// <summary>Keys of signed-in sessions may be lost: people sign in again. The framework makes them outside the folder and moves them in.</summary>
    private static bool IsSessionKey(string path) => path.StartsWith("keys/sessions/", StringComparison.Ordinal);

    /// <summary>The published log is made again from the store, byte for byte; nothing that was promised depends on it.</summary>
    private static bool IsPublication(string path) => path == "log" || path.StartsWith("log/", StringComparison.Ordinal);

    public async Task<SyscallTrace> FinishAsync()
    {
        _process.StandardInput.Close();
        return await _recorder!.FinishAsync(path => SyscallTrace.IsWalIndex(path) || IsSessionKey(path) || IsPublication(path));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_recorder is not null)
        {
            _recorder.Dispose();
            return;
        }
        if (!Ended.IsCompleted)
        {
            _process.StandardInput.Close();
            await Task.WhenAny(Ended, Task.Delay(Patience));
            if (!Ended.IsCompleted) _process.Kill(entireProcessTree: true);
            await Ended;
        }
        await _output;
        _process.Dispose();
    }

    private static ProcessStartInfo Verb(string folder, string[] options)
    {
        var start = CrashHostProgram.Verb("hub", folder, options);
        // It is started hundreds of times: no profile is gathered for a second of life.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    private static async Task<HubTracee> ListenAsync(Process process, SyscallRecorder? recorder)
    {
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith("listening ", StringComparison.Ordinal))
            {
                return new HubTracee(process, recorder, int.Parse(line.AsSpan("listening ".Length), CultureInfo.InvariantCulture));
            }
            said.Add(line);
        }
        recorder?.Dispose();
        throw new InvalidOperationException("The hub ended before it listened: " + string.Join('\n', said));
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private VxpClient Client(string system) => new(_http, new Uri(Address, "vxp"), system, HubHost.Secret, TimeProvider.System);

    private sealed class KeepingHandler : DelegatingHandler
    {
        public KeepingHandler()
            : base(new SocketsHttpHandler())
        {
        }

        public HttpStatusCode Status { get; private set; }

        public string Text { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            (Status, Text) = (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
            return response;
        }
    }
}
