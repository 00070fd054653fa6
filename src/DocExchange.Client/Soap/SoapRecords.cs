namespace DocExchange.Client.Soap;

/// <summary>A package the hub has durably.</summary>
/// <param name="Repeated">It had been accepted before; this is its first receipt.</param>
public sealed record SoapAcceptance(string DocId, string ReceiptId, bool Repeated);

/// <summary>One package that waits for an answer. Times are UTC.</summary>
/// <param name="Kind"><c>document</c> or <c>status</c>.</param>
/// <param name="Digest">SHA-256 of the package, lower-case hex.</param>
public sealed record SoapItem(
    string ItemId, string Kind, string Sender, string Recipient, string? DocumentId, string Subject, string Code, DateTimeOffset ArrivedAt, int FetchedCount, long Size, string Digest);

/// <param name="Next">Passed on for the next page; null on the last one.</param>
public sealed record SoapInbox(IReadOnlyList<SoapItem> Items, string? Next);
