using DocExchange.Axis.Connector;
using DocExchange.Core.Delivery;
using DocExchange.Core.Parties;
using DocExchange.Hub.Axes;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>
/// A province's hub and, as the axis it is joined to, a second hub that speaks the axis' protocol: there the province is a system like any
/// other, and a ministry's system fetches from it.
/// </summary>
internal sealed class AxisPair : IAsyncDisposable
{
    public const string Ministry = "G14";
    public const string AxisName = "national";

    private AxisPair(TestHub axis, TestHub province, string folder) => (Axis, Province, Folder) = (axis, province, folder);

    private bool _axisEnded;

    public TestHub Axis { get; }

    public TestHub Province { get; private set; }

    public string Folder { get; }

    public AxisConnection Connection => Province.Hub.Services.GetRequiredService<AxisConnections>().Named(AxisName);

    /// <param name="address">Where the province thinks the axis is; null = where it is.</param>
    public static async Task<AxisPair> StartAsync(Action<AxisSettings>? configure = null, Func<Uri, Uri>? address = null)
    {
        var axis = await TestHub.StartAsync();
        // To the axis, the province is one system.
        await axis.ChangeSystemAsync(TestHub.Department, s => s with { Serves = [] });
        var folder = Directory.CreateTempSubdirectory("docexchange-province-").FullName;
        var province = await StartProvinceAsync(folder, axis, configure, address);
        foreach (var ministry in province.Parties.Directory.All.Where(a => a.Kind == AgencyKind.External).ToList())
        {
            await province.ChangeAgencyAsync(ministry.Code, a => a with { Axis = AxisName });
        }
        return new AxisPair(axis, province, folder);
    }

    /// <summary>Stops the province's hub and starts it again on its folder.</summary>
    public async Task RestartAsync(Action<AxisSettings>? configure = null, Func<Uri, Uri>? address = null)
    {
        await Province.DisposeAsync();
        Province = await StartProvinceAsync(Folder, Axis, configure, address);
    }

    /// <summary>Looks whenever either hub has committed something.</summary>
    public Task UntilAsync(Func<Task<bool>> holds, string what, int seconds = 120) =>
        Polled.UntilAsync(holds, what, stop => Task.WhenAny(Province.NextCommitAsync(stop), Axis.NextCommitAsync(stop)), seconds);

    /// <summary>Waits until every copy of a document of the province is in that state.</summary>
    public Task UntilAsync(string docId, DeliveryState state) => UntilAsync(async () => (await Province.TrackAsync(docId)).Deliveries.All(d => d.State == state), state.ToString());

    /// <summary>The axis is gone for the rest of the test.</summary>
    public async Task EndAxisAsync()
    {
        if (!_axisEnded) await Axis.DisposeAsync();
        _axisEnded = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Province.DisposeAsync();
        await EndAxisAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Task<TestHub> StartProvinceAsync(string folder, TestHub axis, Action<AxisSettings>? configure, Func<Uri, Uri>? address) =>
        JoinedHub.StartProvinceAsync(folder, address?.Invoke(axis.Address) ?? new Uri(axis.Address, "vxp"), configure);
}
