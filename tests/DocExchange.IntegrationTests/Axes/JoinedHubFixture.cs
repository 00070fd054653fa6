using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Hub.Axes;
using DocExchange.Hub.Scheduling;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Correspondents;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>One joined hub for many tests one after the other, each with an axis that has forgotten the last; the hub takes in when it is told to.</summary>
public sealed class JoinedHubFixture : IAsyncLifetime
{
    private JoinedHub _hub = null!;

    public async Task InitializeAsync()
    {
        _hub = await JoinedHub.StartAsync(s => s.BreakerFailures = 1000, byHand: ReceiveFromAxisJob.KeyOf(AxisPair.AxisName));
        _hub.Axis.Set(new Correspondent("G22") { Scripts = ["03"] });
    }

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    internal async Task<JoinedHub> BeginAsync(AxisReadings readings)
    {
        _hub.Axis.Faults.Clear();
        await EmptyAsync(TestHub.Department);
        await EmptyAsync(TestHub.Province);
        // What was confirmed just now is reported over the axis, too.
        await _hub.UntilAsync(async () => (await _hub.Province.Hub.Services.GetRequiredService<AxisConnections>().ConditionAsync())[0].Waiting == 0, "the end of earlier reports");
        await _hub.Axis.ResetAsync();
        _hub.Axis.Readings = readings;
        return _hub;
    }

    /// <summary>One look at what waits at the axis; true when it went through.</summary>
    internal Task<bool> PassAsync() => _hub.Connection.Inbox.RunAsync(default);

    /// <summary>Fetches and confirms what is in a mailbox, as its system does.</summary>
    internal async Task<IReadOnlyList<Envelope>> EmptyAsync(string system)
    {
        var client = _hub.Province.Client(system);
        var taken = new List<Envelope>();
        foreach (var kind in (string[])["edoc", "status"])
        {
            foreach (var item in await _hub.Province.ListAsync(system, kind))
            {
                using var package = new MemoryStream();
                Assert.Null((await client.FetchAsync(item.DocId, package)).Refusal);
                Assert.Null((await client.ConfirmAsync(item.DocId)).Refusal);
                taken.Add(PackageReader.Read(package.ToArray(), PackageLimits.Default).Envelope!);
            }
        }
        return taken;
    }
}
