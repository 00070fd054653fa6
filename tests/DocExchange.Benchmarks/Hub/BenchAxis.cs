using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DocExchange.Axis.Calls;
using DocExchange.Benchmarks.Load;

namespace DocExchange.Benchmarks.Hub;

/// <summary>The sandbox's axis as a process, between the sender's hub and the receiver's.</summary>
internal sealed class BenchAxis : IDisposable
{
    public const string Name = "national";

    private readonly HttpClient _http = new();

    private BenchAxis(ServerProcess process) => Process = process;

    public ServerProcess Process { get; }

    public Uri Address => new($"http://127.0.0.1:{Process.Port}/XrdAdapter/adapter");

    public static async Task<BenchAxis> StartAsync(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var axis = new BenchAxis(await ServerProcess.SandboxAsync(folder));
        await axis.RegisterAsync(BenchParties.SenderSystem, BenchParties.Sender);
        await axis.RegisterAsync(BenchParties.ReceiverSystem, BenchParties.Receiver);
        return axis;
    }

    /// <summary>Settings of a hub that is joined as that system and held back by nothing but itself.</summary>
    public (string Name, string Value)[] Join(string system, int concurrency) =>
        [.. new (string Key, object Value)[]
        {
            ("Address", Address), ("SystemId", system), ("ReceiveSeconds", 1), ("ReceiveConcurrency", concurrency), ("SendConcurrency", concurrency), ("SendPerSecond", 10_000),
            ("BreakerPauseSeconds", 1), ("FirstRetrySeconds", 1), ("LongestRetrySeconds", 1), ("DirectoryHours", 0), ("ReconcileHours", 0),
        }.Select(s => ($"DocExchange__Axes__{Name}__{s.Key}", Convert.ToString(s.Value, CultureInfo.InvariantCulture)!))];

    /// <summary>Calls the axis itself, without a hub.</summary>
    public VxpClient Client(string system) => new(_http, Address, system, BenchParties.Secret, TimeProvider.System);

    /// <summary>Calls a hub as its sending system does.</summary>
    public static VxpClient ClientOf(HttpClient http, ServerProcess hub) => new(http, new Uri($"http://127.0.0.1:{hub.Port}/vxp"), BenchParties.SenderSystem, BenchParties.Secret, TimeProvider.System);

    public async Task ForgetAsync()
    {
        using var answer = await _http.PostAsync(new Uri(Address, "/sandbox/reset"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Away: every connection is cut; or back.</summary>
    public async Task SetAwayAsync(bool isAway)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(Address, "/sandbox/faults"), isAway ? [new { kind = "drop" }] : Array.Empty<object>());
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>When the axis had taken what was sent, one moment for each, in order of arrival.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> TakenAsync()
    {
        var seen = await _http.GetFromJsonAsync<JsonElement>(new Uri(Address, "/sandbox/seen?operation=sendEdoc"));
        return [.. seen.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("at").GetDateTimeOffset() + TimeSpan.Parse(call.GetProperty("took").GetString()!, CultureInfo.InvariantCulture))];
    }

    /// <summary>How that hub's connection is doing.</summary>
    public async Task<JsonElement> ConditionAsync(ServerProcess hub) =>
        (await _http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{hub.Port}/health/ready")).GetProperty("axes")[0];

    public void Dispose()
    {
        Process.Dispose();
        _http.Dispose();
    }

    private async Task RegisterAsync(string system, string code)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Address, "/sandbox/systems"), new { systemId = system, secret = BenchParties.Secret, serves = new[] { code } });
        answer.EnsureSuccessStatusCode();
    }
}
