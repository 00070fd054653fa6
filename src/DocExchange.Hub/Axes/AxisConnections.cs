using DocExchange.Axis.Connector;
using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Intake;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Axes;

/// <summary>
/// The configured axes. Each has a system of its own in the store, whose mailbox holds what is to be sent over it and in whose name its
/// packages come in.
/// </summary>
internal sealed class AxisConnections(
    HubOptions options, CurrentParties parties, IPartyStore partyStore, AlarmBoard alarms, TimeProvider time, IServiceProvider services) : IDisposable
{
    private const string Actor = "configuration", SuspendedBy = "suspended-by";
    private readonly List<AxisConnection> _all = [];

    public IReadOnlyList<AxisConnection> All => _all;

    public AxisConnection Named(string name) => _all.Single(c => c.Name == name);

    /// <summary>
    /// Makes the systems of new axes, and suspends those of axes that are configured no more: what waits for them goes on waiting, and goes out when they
    /// are configured again. What a person suspended stays so.
    /// </summary>
    public async Task EnsureSystemsAsync()
    {
        var relays = services.GetRequiredService<IRelayStore>();
        foreach (var gone in parties.Book.Systems.Where(s => s.Axis is { } axis && s.Enabled && !options.Axes.ContainsKey(axis)).ToList())
        {
            // Noted first: ended in between, the next start suspends it again.
            await relays.RememberAsync(gone.Axis!, SuspendedBy, Actor, CancellationToken.None).ConfigureAwait(false);
            await partyStore.SaveSystemAsync(gone with { Enabled = false }, Actor, CancellationToken.None).ConfigureAwait(false);
        }
        foreach (var (name, settings) in options.Axes)
        {
            var system = parties.Book.Systems.FirstOrDefault(s => s.Axis == name) ?? await partyStore.SaveSystemAsync(
                new PartnerSystem(0, $"axis.{name}", Profile.Peer, Enabled: true, []) { Axis = name, Dialects = [] }, Actor, CancellationToken.None).ConfigureAwait(false);
            _all.Add(Connect(name, settings, await ReviveAsync(relays, system).ConfigureAwait(false)));
        }
    }

    /// <summary>Undoes what a start without the axis' section did, and nothing else.</summary>
    private async Task<PartnerSystem> ReviveAsync(IRelayStore relays, PartnerSystem system)
    {
        if (await relays.RecallAsync(system.Axis!, SuspendedBy, CancellationToken.None).ConfigureAwait(false) != Actor) return system;
        if (!system.Enabled) system = await partyStore.SaveSystemAsync(system with { Enabled = true }, Actor, CancellationToken.None).ConfigureAwait(false);
        await relays.RememberAsync(system.Axis!, SuspendedBy, "", CancellationToken.None).ConfigureAwait(false);
        return system;
    }

    /// <summary>Each axis in figures, for health and metrics.</summary>
    public async Task<IReadOnlyList<AxisCondition>> ConditionAsync()
    {
        var relays = services.GetRequiredService<IRelayStore>();
        var conditions = new List<AxisCondition>(_all.Count);
        foreach (var axis in _all)
        {
            var backlog = await relays.BacklogAsync(axis.Relay.Mailbox, CancellationToken.None).ConfigureAwait(false);
            var open = axis.Breakers.FirstOrDefault(breaker => breaker.IsOpen);
            conditions.Add(new AxisCondition(axis.Name, open is null ? "closed" : "open", open?.OpenSince, open?.Reason, backlog.Waiting,
                backlog.Oldest, axis.Relay.Delivered, axis.Relay.Retried, axis.Relay.Dead, axis.Items.Taken, axis.Link.Drift.TotalSeconds));
        }
        return conditions;
    }

    /// <summary>The settings were changed: calls that begin from now on go by them.</summary>
    public void Apply()
    {
        foreach (var axis in _all)
        {
            var settings = axis.Link.Settings;
            axis.Relay.Use(settings.Relay());
            foreach (var breaker in axis.Breakers) breaker.Set(settings.BreakerFailures, TimeSpan.FromSeconds(settings.BreakerPauseSeconds));
        }
    }

    public void Dispose()
    {
        foreach (var connection in _all) connection.Dispose();
    }

    private AxisConnection Connect(string name, AxisSettings settings, PartnerSystem system)
    {
        var store = services.GetRequiredService<IExchangeStore>();
        var relays = services.GetRequiredService<IRelayStore>();
        var packages = services.GetRequiredService<IPackageStore>();
        var link = new AxisLink(name, settings, Path.Combine(Path.GetFullPath(options.Data), "keys"), alarms, time);
        var relay = new RelayConnection(name, system.Id, settings.Relay(), Breaker(), store, alarms, time);
        AxisAsking[] asking = [new(name, Breaker(), alarms), new(name, Breaker(), alarms), new(name, Breaker(), alarms)];
        var dispatcher = new Dispatcher(relay, new AxisTransport(link, packages, time), relays, new RelayPreparation(relays, packages), parties, time);
        var items = new AxisItems(link, services.GetRequiredService<IntakeDesk>(), parties, alarms, time);
        return new AxisConnection(link, relay, dispatcher, items, new AxisInbox(link, asking[0], items, relays, time))
        {
            Breakers = [relay.Breaker, .. asking.Select(one => one.Breaker)],
            Directory = new AxisDirectory(link, asking[1], parties, partyStore, alarms, time),
            Units = new AxisUnits(link, store),
            Reconciliation = new AxisReconciliation(link, relay, asking[2], relays, parties, alarms, time),
        };

        CircuitBreaker Breaker() => new(settings.BreakerFailures, TimeSpan.FromSeconds(settings.BreakerPauseSeconds), time);
    }
}
