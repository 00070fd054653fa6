using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Tracking;

/// <param name="From">With <paramref name="To"/>: everything of the period. Without: what still waits for an answer.</param>
/// <param name="Limit">At most so many items.</param>
public sealed record MailboxQuery(MessageKind? Kind, DateTimeOffset? From = null, DateTimeOffset? To = null, int Limit = 1000)
{
    /// <summary>Goes on behind this place; for what still waits only.</summary>
    public MailboxPlace? After { get; init; }
}

/// <summary>A place in the order of a mailbox: documents before statuses, then priority, then oldest.</summary>
public sealed record MailboxPlace(MessageKind Kind, int Lane, long DocumentNumber, int Ordinal);

/// <summary>One recipient's copy as its system sees it.</summary>
/// <param name="ItemId">Opaque; names the document and the recipient.</param>
public sealed record MailboxItem(
    string ItemId, long DocumentNumber, int Ordinal, MessageKind Kind, string Sender, string Recipient, string RecipientName, long RecipientId,
    DeliveryState State, string? StateText, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Fetched, ReadOnlyMemory<byte> Digest, long Length)
{
    public required string DocId { get; init; }

    public required string? DocumentId { get; init; }

    public required string Subject { get; init; }

    /// <summary>Number and notation of the document, or of the one a status speaks of.</summary>
    public required string Code { get; init; }

    public required string? PromulgationDate { get; init; }

    public required int Lane { get; init; }

    /// <summary>It waited here when the hub was restored from a backup: the recipient may have it already.</summary>
    public bool InDoubt { get; init; }

    /// <summary>What this mailbox gets of the document was made for it before: the digest and the length are that copy's. Lists name those of the package.</summary>
    public bool HasOwnCopy { get; init; }

    /// <summary>The name of what newer signatures found in it; null when nothing was.</summary>
    public string? Malware { get; init; }

    /// <summary>Why it is listed and not handed out; null when it is.</summary>
    public Problem? Withheld => Malware is null ? null : new Problem(ProblemCatalogue.Withheld, Value: ItemId, Limit: Malware);

    public MailboxPlace Place => new(Kind, Lane, DocumentNumber, Ordinal);
}

/// <param name="Cut">More items wait than the limit let through: an operator should know.</param>
public sealed record MailboxPage(IReadOnlyList<MailboxItem> Items, bool Cut);

public sealed record MailboxAnswer(string ItemId, bool Done, string? Reason)
{
    /// <summary>Remembered in the same commit; null when the caller sent no key.</summary>
    public KeyedRequest? Key { get; init; }
}

/// <summary>What became of an answer.</summary>
public enum AnswerOutcome { Recorded, AlreadyRecorded, NotYours, KeyTaken }

/// <param name="DocId">One document by the hub's id or its DocumentId; null = the most recent ones.</param>
public sealed record SentQuery(string? DocId, MessageKind? Kind, int Limit = 1000);

public sealed record SentItem(
    string DocId, string ItemId, MessageKind Kind, string Sender, string Recipient, string Subject, string Code, DateTimeOffset SentAt,
    DateTimeOffset? ReceivedAt, DeliveryState State, string? StateText);

/// <summary>A delivery that waits for a person, with the reason in words.</summary>
public sealed record DeadLetter(string ItemId, string DocId, string Sender, string Recipient, string Subject, string? Reason, DateTimeOffset Since);
