using DocExchange.Core.Evidence;

namespace DocExchange.Core.Tracking;

/// <summary>One entry of the evidence log as a caller of the feed may see it.</summary>
/// <param name="Index">The log index: unique and rising across all epochs, below 2^53.</param>
/// <param name="DocId">The document it belongs to.</param>
/// <param name="ReceiptId">Set when the caller may fetch a receipt of it.</param>
public sealed record ExchangeEvent(long Index, string DocId, string? ReceiptId, EvidenceEntry Entry);

/// <param name="Next">Where to go on; beyond the last event when what followed is nobody's of the caller's.</param>
/// <param name="AtEnd">True when nothing stood behind <paramref name="Next"/> at the time of reading.</param>
public sealed record EventPage(IReadOnlyList<ExchangeEvent> Events, long Next, bool AtEnd);
