using DocExchange.Core.Delivery;
using DocExchange.Core.Ports;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>The hub's own store of pushed copies, with faults where a test wants them.</summary>
internal sealed class FaultyRelays(IRelayStore inner) : IRelayStore
{
    private int _listings, _records;

    /// <summary>So many of the next listings of what waits fail.</summary>
    public void FailListings(int times) => Volatile.Write(ref _listings, times);

    /// <summary>So many of the next outcomes are not kept.</summary>
    public void FailRecords(int times) => Volatile.Write(ref _records, times);

    public long Head => inner.Head;

    public Task WaitBeyondAsync(long head, CancellationToken cancellationToken) => inner.WaitBeyondAsync(head, cancellationToken);

    public ValueTask<IReadOnlyList<WaitingDocument>> ListWaitingAsync(long mailbox, bool oldestFirst, int limit, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _listings) >= 0 ? throw new InvalidDataException("injected") : inner.ListWaitingAsync(mailbox, oldestFirst, limit, cancellationToken);

    public ValueTask<IReadOnlyList<RelayCall>> ListOpenAsync(long mailbox, CancellationToken cancellationToken) => inner.ListOpenAsync(mailbox, cancellationToken);

    public Task<RelayCall?> BeginAsync(NewRelay relay, CancellationToken cancellationToken) => inner.BeginAsync(relay, cancellationToken);

    public Task<RelayCall?> BeginAgainAsync(RelayCall call, CancellationToken cancellationToken) => inner.BeginAgainAsync(call, cancellationToken);

    public Task<IReadOnlyList<RelayCall>> RecordAsync(RelayCall call, DeliveryAttempt attempt, RetryDecision decision, string connection, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _records) >= 0 ? throw new InvalidDataException("injected") : inner.RecordAsync(call, attempt, decision, connection, cancellationToken);

    public ValueTask<RelayBacklog> BacklogAsync(long mailbox, CancellationToken cancellationToken) => inner.BacklogAsync(mailbox, cancellationToken);

    public ValueTask<IReadOnlyList<RelayedCall>> ListRelayedAsync(long mailbox, DateTimeOffset since, long after, int limit, CancellationToken cancellationToken) =>
        inner.ListRelayedAsync(mailbox, since, after, limit, cancellationToken);

    public Task<bool> ConfirmAsync(long document, int ordinal, bool done, string? text, string connection, CancellationToken cancellationToken) =>
        inner.ConfirmAsync(document, ordinal, done, text, connection, cancellationToken);

    public ValueTask<string?> RecallAsync(string connection, string key, CancellationToken cancellationToken) => inner.RecallAsync(connection, key, cancellationToken);

    public Task RememberAsync(string connection, string key, string value, CancellationToken cancellationToken) => inner.RememberAsync(connection, key, value, cancellationToken);
}
