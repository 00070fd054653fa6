namespace DocExchange.Core.Evidence;

/// <summary>
/// One event as the log witnesses it: who, what, when, digests; no content and no person's name. Its canonical bytes are what is salted
/// and hashed, and are fixed for ever (docs/evidence-format.md): members may be added at the end under a new version number only.
/// </summary>
public sealed record EvidenceEntry
{
    /// <summary>One of <see cref="EvidenceEvents"/>.</summary>
    public required string Event { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The receipt's id, when the event has a receipt of its own.</summary>
    public string? Receipt { get; init; }

    /// <summary>The hub's id of the document.</summary>
    public string? Document { get; init; }

    /// <summary>The DocumentId of its package.</summary>
    public string? DocumentId { get; init; }

    /// <summary>BussinessDocType, 0-3.</summary>
    public int? BusinessType { get; init; }

    /// <summary><c>document</c> or <c>status</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>SHA-256 of the original, 32 bytes; of a secret document a salted digest.</summary>
    public byte[]? Digest { get; init; }

    /// <summary>Bytes of the original.</summary>
    public long? Size { get; init; }

    /// <summary>Agency code after alias resolution.</summary>
    public string? Sender { get; init; }

    /// <summary>Id of the system that called.</summary>
    public string? Caller { get; init; }

    /// <summary>Agency codes, in the order of the package.</summary>
    public IReadOnlyList<string>? Recipients { get; init; }

    /// <summary>The one agency an event about a single delivery concerns.</summary>
    public string? Recipient { get; init; }

    /// <summary>01-06, 13, 15, 16.</summary>
    public string? StatusCode { get; init; }

    /// <summary>Agency that reports the status.</summary>
    public string? Reporter { get; init; }

    /// <summary>As the reporter wrote it.</summary>
    public string? StatusTime { get; init; }

    /// <summary>Problem code of a refusal.</summary>
    public string? Reason { get; init; }

    /// <summary>Field or XPath a refusal points to.</summary>
    public string? Path { get; init; }

    /// <summary>Internal id of a person, never a name.</summary>
    public string? Actor { get; init; }

    /// <summary>Anything else, short.</summary>
    public string? Detail { get; init; }

    /// <summary>Which variant of a document's bytes the event is about.</summary>
    public string? Variant { get; init; }

    /// <summary>The entry of canonical bytes of version 1; null for anything else.</summary>
    public static EvidenceEntry? TryParse(ReadOnlySpan<byte> canonical) => EvidenceEntryReader.Read(canonical);

    /// <summary>The bytes the leaf hash is made of: version first, then the members in the order of this record, nulls left out.</summary>
    public byte[] ToCanonicalBytes()
    {
        var json = CanonicalJson.Start();
        json.Member("\"v\":"u8, 1);
        json.Member("\"event\":"u8, Event);
        json.Member("\"time\":"u8, Time);
        json.Member("\"receipt\":"u8, Receipt);
        json.Member("\"document\":"u8, Document);
        json.Member("\"documentId\":"u8, DocumentId);
        json.Member("\"businessType\":"u8, BusinessType);
        json.Member("\"kind\":"u8, Kind);
        json.Hex("\"digest\":"u8, "sha256:"u8, Digest);
        json.Member("\"size\":"u8, Size);
        json.Member("\"sender\":"u8, Sender);
        json.Member("\"caller\":"u8, Caller);
        json.Texts("\"recipients\":"u8, Recipients);
        json.Member("\"recipient\":"u8, Recipient);
        json.Member("\"statusCode\":"u8, StatusCode);
        json.Member("\"reporter\":"u8, Reporter);
        json.Member("\"statusTime\":"u8, StatusTime);
        json.Member("\"reason\":"u8, Reason);
        json.Member("\"path\":"u8, Path);
        json.Member("\"actor\":"u8, Actor);
        json.Member("\"detail\":"u8, Detail);
        json.Member("\"variant\":"u8, Variant);
        return json.Finish();
    }
}
