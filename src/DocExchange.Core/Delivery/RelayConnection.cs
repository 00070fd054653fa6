using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;

namespace DocExchange.Core.Delivery;

/// <param name="Concurrency">Calls at once; with two or more, one place is kept for urgent copies.</param>
/// <param name="PerSecond">Calls begun per second at most.</param>
/// <param name="RecipientsPerCall">One document for more goes out in several calls.</param>
public sealed record RelaySettings(int Concurrency, int PerSecond, int RecipientsPerCall, RetryPolicy Retry);

/// <summary>
/// A side that copies are pushed to, and whether it answers. Going away and coming back are one alarm and one entry of evidence each,
/// whatever waits meanwhile.
/// </summary>
/// <param name="name">As configured.</param>
/// <param name="mailbox">The system whose mailbox the connection empties.</param>
public sealed class RelayConnection(string name, long mailbox, RelaySettings settings, CircuitBreaker breaker, IExchangeStore store, AlarmBoard alarms)
{
    private long _delivered, _retried, _dead;
    private volatile RelaySettings _settings = settings;

    public string Name => name;

    public long Mailbox => mailbox;

    public RelaySettings Settings => _settings;

    public CircuitBreaker Breaker => breaker;

    /// <summary>Calls the other side took since the start.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Attempts that will be repeated, since the start.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Calls that ended as dead letters since the start.</summary>
    public long Dead => Interlocked.Read(ref _dead);

    /// <summary>At any time: calls that begin later go by these.</summary>
    public void Use(RelaySettings changed) => _settings = changed;

    public void Count(RetryDecision decision)
    {
        if (decision is RetryDecision.Done) Interlocked.Increment(ref _delivered);
        else if (decision is RetryDecision.RetryAfter) Interlocked.Increment(ref _retried);
        else if (decision is RetryDecision.DeadLetter dead)
        {
            Interlocked.Increment(ref _dead);
            alarms.Raise(AlarmKind.RelayFailed, name, dead.Reason);
        }
    }

    /// <summary>What was to be copied cannot be read; it is tried again later.</summary>
    public void CannotRead(string docId, string reason) => alarms.Raise(AlarmKind.ContentMissing, docId, reason);

    /// <summary>The other side answered as it should.</summary>
    public Task AnsweredAsync() => breaker.Succeeded()
        ? TellAsync(EvidenceEvents.ConnectionRestored, $"{name} answers again")
        : Task.CompletedTask;

    /// <param name="reason">For operators; no secrets.</param>
    public Task MissedAsync(string reason)
    {
        if (!breaker.Failed(reason)) return Task.CompletedTask;
        alarms.Raise(AlarmKind.AxisUnreachable, name, reason);
        return TellAsync(EvidenceEvents.ConnectionLost, $"{name}: {reason}");
    }

    private async Task TellAsync(string what, string detail)
    {
        try
        {
            await store.RecordEventAsync(new EvidenceEntry { Event = what, Time = default, Detail = detail }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // The alarm stands; a store that cannot write is an alarm itself.
        }
    }
}
