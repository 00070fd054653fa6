using DocExchange.Core.Delivery;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Ports;

/// <summary>
/// Copies that are pushed over a connection. A mailbox that a connection empties is read like any other, through its system; nothing is
/// written for a copy before its first attempt begins, so that copies for mailboxes that are fetched cost nothing more.
/// Throws <see cref="StoreUnavailableException"/> when nothing could be written.
/// </summary>
public interface IRelayStore
{
    /// <summary>Index of the last durable entry of the log: whatever is committed later moves it.</summary>
    long Head { get; }

    /// <summary>Completes when something was committed behind <paramref name="head"/>.</summary>
    Task WaitBeyondAsync(long head, CancellationToken cancellationToken);

    /// <summary>Documents whose copies wait, by urgency or, with <paramref name="oldestFirst"/>, by age. Writes nothing.</summary>
    ValueTask<IReadOnlyList<WaitingDocument>> ListWaitingAsync(long mailbox, bool oldestFirst, int limit, CancellationToken cancellationToken);

    /// <summary>Calls that were begun and not settled: what a stop or a fault left. Those whose attempt has no outcome are in doubt; asked while nothing is under way.</summary>
    ValueTask<IReadOnlyList<RelayCall>> ListOpenAsync(long mailbox, CancellationToken cancellationToken);

    /// <summary>
    /// Begins the first attempt: when this returns, copy and call are durable, and whatever happens the same bytes will go to the same
    /// recipients again. Null when none of them waits any more.
    /// </summary>
    Task<RelayCall?> BeginAsync(NewRelay relay, CancellationToken cancellationToken);

    /// <summary>Begins a further attempt. The call with this attempt counted; null when it was settled meanwhile.</summary>
    Task<RelayCall?> BeginAgainAsync(RelayCall call, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps an attempt and what follows from it; evidence where something became final. Returns the calls a split made. May be repeated: an
    /// attempt is kept once, and a settled call stays as it was settled.
    /// </summary>
    Task<IReadOnlyList<RelayCall>> RecordAsync(RelayCall call, DeliveryAttempt attempt, RetryDecision decision, string connection, CancellationToken cancellationToken);

    /// <summary>What waits in a connection's mailbox.</summary>
    ValueTask<RelayBacklog> BacklogAsync(long mailbox, CancellationToken cancellationToken);

    /// <summary>Calls the other side took and whose recipients have not all confirmed, begun after <paramref name="since"/>, oldest first, behind <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<RelayedCall>> ListRelayedAsync(long mailbox, DateTimeOffset since, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The other side says how a recipient's system answered. False when that was known.</summary>
    Task<bool> ConfirmAsync(long document, int ordinal, bool done, string? text, string connection, CancellationToken cancellationToken);

    /// <summary>A small fact about a connection that outlives the process; null when there is none.</summary>
    ValueTask<string?> RecallAsync(string connection, string key, CancellationToken cancellationToken);

    Task RememberAsync(string connection, string key, string value, CancellationToken cancellationToken);
}

/// <param name="Body">The bytes to be sent; null when they are stored.</param>
public sealed record NewRelay(long Mailbox, WaitingDocument Document, RelayCopy Copy, StoredBody? Body);

/// <param name="Oldest">Null when nothing waits.</param>
public sealed record RelayBacklog(long Waiting, DateTimeOffset? Oldest);

/// <param name="DocumentId">The package's own.</param>
/// <param name="Recipients">Those who have not confirmed.</param>
public sealed record RelayedCall(
    long Id, long Document, string DocId, string? DocumentId, Envelopes.MessageKind Kind, string RemoteId, IReadOnlyList<RelayRecipient> Recipients);
