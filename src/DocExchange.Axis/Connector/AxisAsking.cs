using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Whether an axis answers one of the questions it is asked beside sending: its lists, its directory, what became of copies. Each has a breaker of its
/// own, so that one operation that is broken there stops neither the others nor what is to be sent. An outage is one alarm.
/// </summary>
public sealed class AxisAsking(string axis, CircuitBreaker breaker, AlarmBoard alarms)
{
    public CircuitBreaker Breaker => breaker;

    /// <summary>It has not answered for a while, and it is too early to ask it again.</summary>
    public bool IsTooEarly => breaker is { IsOpen: true, UntilProbe.Ticks: > 0 };

    public void Answered() => breaker.Succeeded();

    /// <param name="reason">For operators; no secrets.</param>
    public void Missed(string reason)
    {
        if (breaker.Failed(reason)) alarms.Raise(AlarmKind.AxisUnreachable, axis, reason);
    }
}
