using DocExchange.Core.Envelopes;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Ports;

/// <summary>
/// Documents, deliveries, statuses and their evidence. Every operation is whole: when it returns, its outcome and the evidence of it are
/// durable; conflicts are outcomes, not exceptions. Throws <see cref="StoreUnavailableException"/> when nothing could be written, in which
/// case nothing was.
/// </summary>
public interface IExchangeStore
{
    /// <summary>Accepts a document, or says which earlier one it is, or why it conflicts. Decides identity inside the commit.</summary>
    Task<CommitOutcome> AcceptDocumentAsync(DocumentAcceptance acceptance, CancellationToken cancellationToken);

    /// <summary>Accepts a status package: finds its document, judges the step, records the event and puts the package into the addressee's mailbox.</summary>
    Task<CommitOutcome> AcceptStatusAsync(StatusAcceptance acceptance, CancellationToken cancellationToken);

    /// <summary>Receipts a refusal. The same bytes refused for the same reason within a day share the first receipt and a counter.</summary>
    Task<ReceiptRef> RefuseAsync(Refusal refusal, CancellationToken cancellationToken);

    /// <summary>Remembers that a known document was sent under this key, or says what the key stands for already.</summary>
    Task<RememberedRequest> RememberRequestAsync(KeyedRequest request, ReceiptRef receipt, CancellationToken cancellationToken);

    /// <summary>
    /// Events behind a place in the log, in its order, as far as the caller may see their documents. Every event stands in exactly one page
    /// of a reader that goes on from <see cref="EventPage.Next"/>, whatever is committed meanwhile.
    /// </summary>
    ValueTask<EventPage> ReadEventsAsync(Scope scope, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Completes when the log holds anything behind <paramref name="after"/>, whoever may see it.</summary>
    Task WaitForEventsAsync(long after, CancellationToken cancellationToken);

    /// <summary>The first receipt of these bytes from this sender when every one of the addressed codes is served already; else null.</summary>
    ValueTask<ReceiptRef?> FindAcceptedAsync(long senderId, ReadOnlyMemory<byte> digest, IReadOnlyCollection<string> addressed, CancellationToken cancellationToken);

    /// <summary>The first receipt of the document that this envelope names as sent by that agency, whatever its bytes; null when there is none.</summary>
    ValueTask<ReceiptRef?> FindSentAsync(long senderId, Envelope envelope, CancellationToken cancellationToken);

    /// <summary>What a system's mailbox lists: priority, then oldest; what was fetched three times without an answer goes last.</summary>
    ValueTask<MailboxPage> ListMailboxAsync(Scope scope, MailboxQuery query, CancellationToken cancellationToken);

    ValueTask<int> CountMailboxAsync(Scope scope, MailboxQuery query, CancellationToken cancellationToken);

    /// <summary>One item of the caller's mailbox; null when it is not the caller's or does not exist, indistinguishably.</summary>
    ValueTask<MailboxItem?> FindItemAsync(Scope scope, string itemId, CancellationToken cancellationToken);

    /// <summary>The copies of one document, or of one status package, in the caller's mailbox; none when it is not the caller's or does not exist.</summary>
    /// <param name="documentNumber">The number in its public id (<see cref="Ids.NumberOf"/>).</param>
    ValueTask<IReadOnlyList<MailboxItem>> FindItemsAsync(Scope scope, long documentNumber, CancellationToken cancellationToken);

    /// <summary>Notes that an item's bytes were handed out.</summary>
    Task RecordFetchAsync(Scope scope, MailboxItem item, CancellationToken cancellationToken);

    /// <summary>The recipient's system confirms or cannot take an item. Repeating an answer is a success; done never goes back.</summary>
    Task<AnswerOutcome> AnswerAsync(Scope scope, MailboxAnswer answer, CancellationToken cancellationToken);

    /// <summary>One row per recipient of documents the caller's agencies sent, newest first.</summary>
    ValueTask<IReadOnlyList<SentItem>> ListSentAsync(Scope scope, SentQuery query, CancellationToken cancellationToken);

    ValueTask<ReceiptParts?> FindReceiptAsync(Scope scope, string receiptId, CancellationToken cancellationToken);

    /// <summary>
    /// True for a document's or receipt's id that this hub gave out before it was restored from a backup taken earlier still: it is genuine,
    /// and what it names is not here any more.
    /// </summary>
    ValueTask<bool> IsLostAsync(string id, CancellationToken cancellationToken);

    ValueTask<DocumentTrack?> TrackAsync(Scope scope, string docId, CancellationToken cancellationToken);

    /// <summary>Hub ids of documents with this DocumentId that the caller may see, newest first.</summary>
    ValueTask<IReadOnlyList<string>> FindDocumentsAsync(Scope scope, string documentId, CancellationToken cancellationToken);

    /// <summary>Documents that the caller sent or got, newest first. Status packages are not searched: they are part of their document's track.</summary>
    ValueTask<SearchPage> SearchAsync(Scope scope, DocumentSearch search, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(Scope scope, CancellationToken cancellationToken);

    /// <summary>Puts a dead letter back into its mailbox, or gives it up. False when it is no dead letter.</summary>
    Task<bool> SettleDeadLetterAsync(string itemId, bool requeue, string actor, CancellationToken cancellationToken);

    /// <summary>Writes an evidence entry of its own: what the hub or a person did that is no document.</summary>
    Task RecordEventAsync(EvidenceEntry entry, CancellationToken cancellationToken);
}

/// <summary>The store could not commit: disk full, read-only, being closed. Nothing of the operation was kept; the caller may retry.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
