using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Delivery;

/// <summary>A document with the copies of it that wait to be pushed over one connection.</summary>
/// <param name="Digest">Of the package as recipients get it.</param>
/// <param name="Copy">What was made of it for this connection earlier; null when nothing was.</param>
/// <param name="Lane">0 most urgent, 4 normal.</param>
/// <param name="AcceptedAt">When the hub took it: the time of its hop, so that a copy made again after a restore has the same bytes.</param>
public sealed record WaitingDocument(
    long Number, string DocId, MessageKind Kind, ReadOnlyMemory<byte> Digest, DateTimeOffset AcceptedAt, int Lane, IReadOnlyList<RelayRecipient> Recipients, RelayCopy? Copy);

/// <param name="Code">As the package addresses it.</param>
public sealed record RelayRecipient(int Ordinal, string Code);

/// <summary>The bytes that are sent in every attempt, stored by digest, and the sender as they name it.</summary>
public sealed record RelayCopy(ReadOnlyMemory<byte> Digest, string Sender);

/// <summary>One call over a connection: the same bytes for the same recipients in every attempt until it is settled.</summary>
/// <param name="Attempts">Begun so far.</param>
/// <param name="InDoubt">An earlier attempt may have reached the other side.</param>
/// <param name="FirstBegun">When the first attempt began.</param>
public sealed record RelayCall(
    long Id, long Number, string DocId, MessageKind Kind, int Lane, RelayCopy Copy, IReadOnlyList<RelayRecipient> Recipients, int Attempts, bool InDoubt,
    DateTimeOffset FirstBegun)
{
    public required string? DocumentId { get; init; }

    public required string Subject { get; init; }

    /// <summary>Number and notation.</summary>
    public required string Code { get; init; }

    /// <summary>No other document of the store has this DocumentId: what the other side lists under it is this one.</summary>
    public required bool HasOwnId { get; init; }

    /// <summary>When the next attempt is due, as the clock stood when that was written; null = now.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
