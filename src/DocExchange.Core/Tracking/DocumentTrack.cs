using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Malware;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Tracking;

/// <summary>Everything the hub knows of one document's way, for those who may see it.</summary>
public sealed record DocumentTrack(
    string DocId, string? DocumentId, MessageKind Kind, BusinessType BusinessType, string Subject, string Code, string Sender, string SenderName,
    DateTimeOffset AcceptedAt, ReadOnlyMemory<byte> Digest, long Size, string ReceiptId)
{
    public IReadOnlyList<DeliveryTrack> Deliveries { get; init; } = [];

    public IReadOnlyList<StatusTrack> Statuses { get; init; } = [];

    public IReadOnlyList<EventTrack> Events { get; init; } = [];

    public string? TypeName { get; init; }

    /// <summary>As the package writes it.</summary>
    public string? PromulgationDate { get; init; }

    /// <summary>0 normal to 4 most urgent.</summary>
    public int Priority { get; init; }

    public IReadOnlyList<AttachmentTrack> Attachments { get; init; } = [];

    public IReadOnlyList<PackageWarning> Warnings { get; init; } = [];

    /// <summary>What a scanner said of its files last; null when none was ever asked.</summary>
    public MalwareVerdict? Malware { get; init; }

    public PackageSignature PackageSignature { get; init; }

    /// <summary>What the signatures of its files were worth when it was accepted; null when none was seen.</summary>
    public VerdictRecord? Signatures { get; init; }

    /// <summary>What they are worth by what became known of their certificates since; null when that is nothing else.</summary>
    public VerdictRecord? LaterSignatures { get; init; }

    /// <summary>What its signatures were worth when it was accepted: read from the record, or that there is none; null when nobody looked, and for status packages.</summary>
    public DocumentVerdict? Verdict => Kind != MessageKind.Document ? null
        : Signatures?.Read() ?? (AreSignaturesKnown ? new DocumentVerdict([], [Remark.NoneFound], []) : null);

    /// <summary>False for what was accepted before this hub looked into files: nothing is known then.</summary>
    public bool AreSignaturesKnown { get; init; } = true;
}

/// <param name="Type">What its bytes say it is: pdf, docx, zip, …</param>
public sealed record AttachmentTrack(string? Name, string Type, long Length);

/// <param name="InDoubt">It waited when the hub was restored from a backup: the recipient may have it already.</param>
public sealed record DeliveryTrack(string ItemId, string Agency, string Name, DeliveryState State, string? StateText, DateTimeOffset Since, int Fetched, bool InDoubt = false);

/// <param name="RecordedByHub">The hub noted it because the recipient's system confirmed; no office said so.</param>
public sealed record StatusTrack(string Reporter, int Code, string? Description, DateTimeOffset At, DateTimeOffset ArrivedAt, bool RecordedByHub);

/// <param name="Recipient">The one agency an event about a single copy concerns.</param>
public sealed record EventTrack(long Index, string Event, DateTimeOffset Time, string ReceiptId, string? Recipient = null);
