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

/// <summary>A package that was fetched.</summary>
/// <param name="Signature">The hub's own over its exact bytes: a detached CMS (DER), the same at every fetch. Null from a hub that makes none.</param>
/// <param name="Length">Bytes that were copied.</param>
public sealed record SoapPackage(SoapItem Item, byte[]? Signature, long Length);

/// <summary>What an office did with a document.</summary>
/// <param name="Code"><c>01</c> to <c>06</c>, <c>15</c> or <c>16</c>.</param>
/// <param name="At">When the office did it. With code and document it says which report this is.</param>
/// <param name="Description">Required for 02 and 16.</param>
public sealed record SoapStatus(string Code, DateTimeOffset At, string? Description = null, SoapStaff? Staff = null);

/// <summary>Who in the office deals with it.</summary>
public sealed record SoapStaff(string? Department = null, string? Name = null, string? Email = null, string? Mobile = null);
