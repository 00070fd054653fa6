namespace DocExchange.Core.Tracking;

/// <summary>Where a receipt is found again: its own id, and the hub's id of the document (empty for a refusal).</summary>
public sealed record ReceiptRef(string Id, string DocId);
