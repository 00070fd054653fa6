using DocExchange.Axis.Connector;
using DocExchange.Core.Delivery;

namespace DocExchange.Hub.Axes;

/// <summary>Everything that belongs to one configured axis.</summary>
internal sealed record AxisConnection(AxisLink Link, RelayConnection Relay, Dispatcher Dispatcher, AxisItems Items, AxisInbox Inbox) : IDisposable
{
    /// <summary>Of sending, and of each of what is asked beside it.</summary>
    public required IReadOnlyList<CircuitBreaker> Breakers { get; init; }

    public required AxisDirectory Directory { get; init; }

    public required AxisReconciliation Reconciliation { get; init; }

    public required AxisUnits Units { get; init; }

    public string Name => Link.Name;

    public void Dispose()
    {
        Directory.Dispose();
        Link.Dispose();
    }
}
