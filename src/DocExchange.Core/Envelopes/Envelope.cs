namespace DocExchange.Core.Envelopes;

/// <summary>Whether a package carries a document or reports a status of one (edXML 2.0, header only).</summary>
public enum MessageKind { Document = 0, Status = 1 }

/// <summary>
/// What travels, as read from the bytes that arrived. Values are the raw texts of the file (trimmed of white space, nothing
/// repaired): validation decides what they are worth.
/// </summary>
public sealed record Envelope
{
    public required MessageKind Kind { get; init; }
    public Organ From { get; init; } = Organ.None;
    public IReadOnlyList<Organ> To { get; init; } = [];
    public string? DocumentId { get; init; }
    public string? CodeNumber { get; init; }
    public string? CodeNotation { get; init; }
    public string? Place { get; init; }
    public string? PromulgationDate { get; init; }
    public string? Type { get; init; }
    public string? TypeDetail { get; init; }
    public string? TypeName { get; init; }
    public string? Subject { get; init; }
    public string? Content { get; init; }
    public Signer? SignerInfo { get; init; }
    public string? DueDate { get; init; }
    public IReadOnlyList<string> ToPlaces { get; init; } = [];
    public OtherInfo? OtherInfo { get; init; }
    public IReadOnlyList<Reference> ResponseFor { get; init; } = [];
    public string? SteeringType { get; init; }
    public IReadOnlyList<string> TaskCodes { get; init; } = [];
    public string? ApplicationType { get; init; }

    /// <summary>Null when the file has no TraceHeaderList element at all.</summary>
    public TraceHeaderList? Trace { get; init; }

    /// <summary>Set for <see cref="MessageKind.Status"/> only.</summary>
    public StatusReport? Status { get; init; }

    /// <summary>The manifest's References, in file order.</summary>
    public IReadOnlyList<ManifestReference> Manifest { get; init; } = [];

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public PackageSignature Signature { get; init; } = PackageSignature.Absent;

    /// <summary>What the reader does not know, in file order, up to a bound; a writer passes it on.</summary>
    public IReadOnlyList<UnknownElement> Unknown { get; init; } = [];

    /// <summary>The displayed code: number/notation.</summary>
    public string Code => (CodeNumber, CodeNotation) switch
    {
        (null or "", null or "") => "",
        (var number, null or "") => number,
        (null or "", var notation) => notation,
        var (number, notation) => $"{number}/{notation}",
    };

    /// <summary>Missing or unreadable counts as a new document; a number outside 0-3 is refused by validation.</summary>
    public BusinessType BusinessType =>
        int.TryParse(Trace?.Business?.DocType, out var value) && value is >= 0 and <= 3 ? (BusinessType)value : BusinessType.New;
}

/// <summary>BussinessDocType of edXML 2.0.</summary>
public enum BusinessType { New = 0, Revocation = 1, Update = 2, Replacement = 3 }

/// <summary>An organisation as a package names it (From, To).</summary>
public sealed record Organ(
    string? OrganId, string? OrganizationInCharge = null, string? OrganName = null, string? OrganAdd = null,
    string? Email = null, string? Telephone = null, string? Fax = null, string? Website = null)
{
    public static readonly Organ None = new((string?)null);
}

public sealed record Signer(string? Competence, string? Position, string? FullName);

public sealed record OtherInfo(
    string? Priority = null, string? SphereOfPromulgation = null, string? TyperNotation = null, string? PromulgationAmount = null,
    string? PageAmount = null, string? Direction = null, string? ReplyFors = null, string? ReferenceCodes = null)
{
    public IReadOnlyList<string> Appendixes { get; init; } = [];
}

/// <summary>A ResponseFor element. DocumentId is the only key: OrganId names issuer or receiver depending on the writer.</summary>
public sealed record Reference(string? OrganId, string? Code, string? PromulgationDate, string? DocumentId);

/// <summary>The hops a package took and what kind of business it is.</summary>
public sealed record TraceHeaderList(IReadOnlyList<TraceHeader> Hops, Business? Business);

public sealed record TraceHeader(string? OrganId, string? Timestamp);

/// <summary>The Bussiness element (the double s is the standard's).</summary>
public sealed record Business(string? DocType, string? Reason, string? Paper, string? DocumentId)
{
    public string? DocumentInfo { get; init; }
    public string? DocumentReceiver { get; init; }
    public IReadOnlyList<ChangedReceiver> Receivers { get; init; } = [];
    public IReadOnlyList<ReplacementInfo> Replacements { get; init; } = [];
    public IReadOnlyList<StaffInfo> Staff { get; init; } = [];
}

/// <summary>ReceiverType 0 = removed, 1 = added.</summary>
public sealed record ChangedReceiver(string? OrganId, string? ReceiverType);

public sealed record ReplacementInfo(string? DocumentId, IReadOnlyList<string> OrganIds);

public sealed record StaffInfo(string? Department, string? Staff, string? Email, string? Mobile);

/// <summary>The status part of a status package; the document it speaks of is <see cref="Envelope.ResponseFor"/>'s one element.</summary>
public sealed record StatusReport(string? Code, string? Description, string? Timestamp, StaffInfo? Staff);

public sealed record ManifestReference(string? ContentId, string? ContentType, string? Description, string? AttachmentName);
