using DocExchange.Core.Parties;
using DocExchange.Hub.Axes;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.NationalAxis;
using DocExchange.Sandbox.Axis;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using AxisSettings = DocExchange.Axis.Connector.AxisSettings;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>A province's hub joined to a sandbox axis; every body outside the province is behind it.</summary>
internal sealed class JoinedHub : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-joined-").FullName;
    private readonly Action<AxisSettings>? _configure;

    private readonly TimeProvider? _time;

    private readonly JobKey? _byHand;

    private JoinedHub(TestAxis axis, Action<AxisSettings>? configure, TimeProvider? time, JobKey? byHand) => (Line, _configure, _time, _byHand) = (axis, configure, time, byHand);

    public TestAxis Line { get; }

    public SandboxAxis Axis => Line.Axis;

    public TestHub Province { get; private set; } = null!;

    public AxisConnection Connection => Province.Hub.Services.GetRequiredService<AxisConnections>().Named(AxisPair.AxisName);

    /// <param name="byHand">A duty that the test calls instead of the schedule.</param>
    public static async Task<JoinedHub> StartAsync(Action<AxisSettings>? configure = null, Func<SandboxAxisOptions, SandboxAxisOptions>? axis = null, TimeProvider? time = null, JobKey? byHand = null)
    {
        var joined = new JoinedHub(await TestAxis.StartAsync(axis), configure, time, byHand);
        await joined.StartHubAsync();
        foreach (var body in joined.Province.Parties.Directory.All.Where(a => a.Kind == AgencyKind.External).ToList())
        {
            await joined.Province.ChangeAgencyAsync(body.Code, a => a with { Axis = AxisPair.AxisName });
        }
        return joined;
    }

    /// <summary>Starts a hub on that folder with an axis at that address, in a hurry.</summary>
    public static async Task<TestHub> StartProvinceAsync(string folder, Uri address, Action<AxisSettings>? configure = null, Action<HubOptions>? adjust = null, Func<HubOptions>? source = null, TimeProvider? time = null, JobKey? byHand = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        await File.WriteAllTextAsync(SecretFile(folder), TestHub.Secret + "\n");
        return await TestHub.StartAsync(folder, options =>
        {
            options.Axes[AxisPair.AxisName] = Settings(address, configure);
            adjust?.Invoke(options);
        }, source: source, time: time, byHand: byHand);
    }

    public static AxisSettings Settings(Uri address, Action<AxisSettings>? configure)
    {
        var settings = new AxisSettings
        {
            Address = address.ToString(),
            SystemId = TestHub.Province,
            ReceiveSeconds = 1,
            FirstRetrySeconds = 1,
            BreakerPauseSeconds = 1,
            DirectoryHours = 0,
            ReconcileHours = 0,
        };
        configure?.Invoke(settings);
        return settings;
    }

    public static string SecretFile(string folder) => Path.Combine(folder, "keys", $"axis-{AxisPair.AxisName}.secret");

    public string Folder => _folder;

    /// <summary>Stops the hub and starts it again on its folder.</summary>
    public async Task RestartAsync()
    {
        await Province.DisposeAsync();
        await StartHubAsync();
    }

    /// <summary>Looks whenever the hub has committed something or a call has reached the axis.</summary>
    public Task UntilAsync(Func<Task<bool>> holds, string what, int seconds = 120) =>
        Polled.UntilAsync(holds, what, stop => Task.WhenAny(Province.NextCommitAsync(stop), Axis.Seen.NextAsync(stop)), seconds);

    /// <summary>Waits until every copy of a document is in that state.</summary>
    public Task UntilAsync(string docId, Core.Delivery.DeliveryState state) =>
        UntilAsync(async () => (await Province.TrackAsync(docId)).Deliveries.All(d => d.State == state), state.ToString());

    public async ValueTask DisposeAsync()
    {
        await Province.DisposeAsync();
        await Line.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartHubAsync() => Province = await StartProvinceAsync(_folder, Axis.Address, _configure, time: _time, byHand: _byHand);
}
