using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DocExchange.Axis.Calls;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Backups;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Axes.TwoProvinces;

/// <summary>A province's hub in a process of its own, joined to an axis, that can be killed at any moment and started again on its folder.</summary>
internal sealed class ProvinceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly int _port = FreePort();
    private readonly Uri _axis;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private Process? _process;

    private ProvinceProcess(string code, Uri axis) => (Code, _axis) = (code, axis);

    /// <summary>The province's own code; its system has the old form of it.</summary>
    public string Code { get; }

    public string SystemId => $"000.00.00.{Code}";

    public string Folder { get; } = Directory.CreateTempSubdirectory("docexchange-two-provinces-").FullName;

    public Uri Address => new($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Calls as the province's own system does.</summary>
    public VxpClient Client => new(_http, new Uri(Address, "vxp"), SystemId, TestHub.Secret, TimeProvider.System);

    /// <param name="others">Organisations of the other province, behind the axis.</param>
    public static async Task<ProvinceProcess> StartAsync(string code, Uri axis, params string[] others)
    {
        var province = new ProvinceProcess(code, axis);
        await province.SeedAsync(others);
        await province.StartAsync();
        return province;
    }

    public async Task StartAsync()
    {
        _process = HubProgram.Start(Configure, "serve", "--data", Folder, "--port", _port.ToString(CultureInfo.InvariantCulture));
        // It logs: a full pipe would stop it.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await AxisPair.UntilAsync(IsReadyAsync, $"the start of {Code}", (int)Patience.TotalSeconds);
    }

    /// <summary>kill -9, wherever it is.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task<string> ConditionAsync() => await _http.GetStringAsync(new Uri(Address, "/health/ready"));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process!.HasExited, $"the hub of {Code} ended with {(_process.HasExited ? _process.ExitCode : 0)}");
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task SeedAsync(string[] others)
    {
        await using var hub = await TestHub.StartAsync(Folder);
        foreach (var system in hub.Parties.Systems.ToList()) await hub.ChangeSystemAsync(system.SystemId, s => s with { Serves = [] });
        if (hub.Parties.FindSystem(SystemId) is null) await hub.AddSystemAsync(new PartnerSystem(0, SystemId, Profile.Agency, true, []));
        var own = await SaveAsync(hub, Code, AgencyKind.Local, null);
        await hub.ChangeSystemAsync(SystemId, s => s with { Serves = [new Served(own.Id, true)] });
        foreach (var other in others) await SaveAsync(hub, other, AgencyKind.External, AxisPair.AxisName);
        await File.WriteAllTextAsync(JoinedHub.SecretFile(Folder), TestHub.Secret + "\n");
    }

    private static Task<Agency> SaveAsync(TestHub hub, string code, AgencyKind kind, string? axis) => hub.PartyStore.SaveAgencyAsync(
        (hub.Parties.Directory.Find(code) ?? new Agency(0, code, $"Tỉnh {code} (mẫu)", null, kind) { Aliases = [$"000.00.00.{code}"] }) with { Kind = kind, Axis = axis }, "test", default);

    private void Configure(ProcessStartInfo start)
    {
        const string axis = "DocExchange__Axes__" + AxisPair.AxisName + "__";
        start.Environment[axis + "Address"] = _axis.ToString();
        start.Environment[axis + "SystemId"] = SystemId;
        foreach (var (key, value) in (ReadOnlySpan<(string, int)>)[
            ("ReceiveSeconds", 1), ("SendPerSecond", 2000), ("TimeoutSeconds", 5), ("FirstRetrySeconds", 1), ("LongestRetrySeconds", 2), ("Attempts", 1000),
            ("BreakerPauseSeconds", 1), ("DirectoryHours", 0), ("ReconcileHours", 0)])
        {
            start.Environment[axis + key] = value.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
