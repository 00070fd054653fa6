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
public sealed class RelayConnection
{
    private readonly IExchangeStore _store;
    private readonly AlarmBoard _alarms;
    private readonly CallPacer _pacer;
    private long _delivered, _retried, _dead;
    private volatile RelaySettings _settings;

    /// <param name="name">As configured.</param>
    /// <param name="mailbox">The system whose mailbox the connection empties.</param>
    public RelayConnection(string name, long mailbox, RelaySettings settings, CircuitBreaker breaker, IExchangeStore store, AlarmBoard alarms, TimeProvider time)
    {
        (Name, Mailbox, _settings, Breaker, _store, _alarms) = (name, mailbox, settings, breaker, store, alarms);
        _pacer = new CallPacer(() => _settings.PerSecond, time);
    }

    public string Name { get; }

    public long Mailbox { get; }

    public RelaySettings Settings => _settings;

    /// <summary>Of sending alone: what else is asked of the other side neither opens nor closes it.</summary>
    public CircuitBreaker Breaker { get; }

    /// <summary>Calls the other side took since the start.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Attempts that will be repeated, since the start.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Calls that ended as dead letters since the start.</summary>
    public long Dead => Interlocked.Read(ref _dead);

    /// <summary>At any time: calls that begin later go by these.</summary>
    public void Use(RelaySettings changed) => _settings = changed;

    /// <summary>Until the next call may begin, whoever makes it.</summary>
    public Task PaceAsync(CancellationToken cancellationToken) => _pacer.WaitAsync(cancellationToken);

    public void Count(RetryDecision decision)
    {
        if (decision is RetryDecision.Done) Interlocked.Increment(ref _delivered);
        else if (decision is RetryDecision.RetryAfter) Interlocked.Increment(ref _retried);
        else if (decision is RetryDecision.DeadLetter dead)
        {
            Interlocked.Increment(ref _dead);
            _alarms.Raise(AlarmKind.RelayFailed, Name, dead.Reason);
        }
    }

    /// <summary>What was to be copied cannot be read; it is tried again later.</summary>
    public void CannotRead(string docId, string reason) => _alarms.Raise(AlarmKind.ContentMissing, docId, reason);

    /// <summary>The other side answered as it should.</summary>
    public Task AnsweredAsync() => Breaker.Succeeded()
        ? TellAsync(EvidenceEvents.ConnectionRestored, $"{Name} answers again")
        : Task.CompletedTask;

    /// <param name="reason">For operators; no secrets.</param>
    public Task MissedAsync(string reason)
    {
        if (!Breaker.Failed(reason)) return Task.CompletedTask;
        _alarms.Raise(AlarmKind.AxisUnreachable, Name, reason);
        return TellAsync(EvidenceEvents.ConnectionLost, $"{Name}: {reason}");
    }

    private async Task TellAsync(string what, string detail)
    {
        try
        {
            await _store.RecordEventAsync(new EvidenceEntry { Event = what, Time = default, Detail = detail }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // The alarm stands; a store that cannot write is an alarm itself.
        }
    }
}
