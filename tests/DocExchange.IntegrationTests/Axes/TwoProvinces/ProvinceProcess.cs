using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DocExchange.Axis.Calls;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Backups;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Axes.TwoProvinces;

/// <summary>A province's hub in a process of its own, joined to an axis, that can be killed at any moment and started again on its folder.</summary>
internal sealed class ProvinceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly int _port = Ports.Free();
    private readonly Uri _axis;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(3) };
    private Process? _process;
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
        var process = _process = HubProgram.Start(Configure, "serve", "--data", Folder, "--port", _port.ToString(CultureInfo.InvariantCulture));
        var up = _up;
        // It logs: a full pipe would stop it.
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("DocExchange listens on ", StringComparison.Ordinal) == true) up.TrySetResult();
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        Assert.True(await Task.WhenAny(up.Task, ended).WaitAsync(Patience) == up.Task, $"the hub of {Code} ended instead of starting");
    }

    /// <summary>kill -9, wherever it is.</summary>
    public async Task KillAsync()
    {
        _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>How long a caller who got no answer holds back: while the hub is down, until it is up.</summary>
    public Task HoldBackAsync(CancellationToken stop) => _up.Task.IsCompleted ? Task.Delay(TimeSpan.FromMilliseconds(20), stop) : _up.Task.WaitAsync(stop);

    /// <summary>Copies that wait for the axis.</summary>
    public async Task<long> WaitingAsync()
    {
        // Told with 503 as well: a slow disk makes a hub unready, not silent.
        using var answer = await _http.GetAsync(new Uri(Address, "/health/ready"));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("axes")[0].GetProperty("waiting").GetInt64();
    }

    /// <summary>Comes back when something has happened to a document of the province, or after a few seconds; the cursor for the next time.</summary>
    public async Task<long> NewsAsync(long after, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, $"/api/v1/events?after={after.ToString(CultureInfo.InvariantCulture)}&wait=5&limit=1000"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{SystemId}.{TestHub.Secret}");
        using var answer = await _http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("next").GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
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
}
