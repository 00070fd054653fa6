namespace DocExchange.Core.Signing.Pdf;

/// <summary>A signature as a PDF holds it (ISO 32000-1 §12.8), not yet believed.</summary>
internal sealed record PdfSignature
{
    /// <summary>Such as <c>adbe.pkcs7.detached</c>.</summary>
    public required string SubFilter { get; init; }

    /// <summary>Bytes signed before the gap: from 0 to this.</summary>
    public required long GapStart { get; init; }

    /// <summary>Where the signed bytes go on.</summary>
    public required long GapEnd { get; init; }

    /// <summary>Behind the last byte signed.</summary>
    public required long End { get; init; }

    /// <summary>The CMS message or token, its padding included.</summary>
    public required ReadOnlyMemory<byte> Contents { get; init; }

    /// <summary>Entry M, as written; what the signer's computer claims.</summary>
    public string? ClaimedTime { get; init; }

    /// <summary>The permission of a certification signature (§12.8.2.2), 1 to 3; null for any other.</summary>
    public int? Certifies { get; init; }

    /// <summary>The object it is; null where it is only a part of one.</summary>
    public PdfPlace? Holder { get; init; }

    /// <summary>What is wrong with how it stands in the file; null when nothing is.</summary>
    public PdfFault? Fault { get; init; }

    public bool IsTimeStamp => SubFilter == "ETSI.RFC3161";
}

/// <summary>Ways in which a signature does not cover what it seems to, or the file was changed behind it.</summary>
public enum PdfFault
{
    /// <summary>ByteRange is not four numbers from the beginning of the file to a place within it.</summary>
    ByteRange,

    /// <summary>What the ByteRange leaves out is not exactly the signature's own Contents: something else would be unsigned.</summary>
    Gap,

    /// <summary>Signatures cover each other in part.</summary>
    Overlap,

    /// <summary>The part signed does not end where a version of the file ends.</summary>
    Revision,

    /// <summary>What was added behind the signature is more than further signatures and what proves them.</summary>
    Changed,

    /// <summary>The author certified that nothing may be added, and something was.</summary>
    Certification,

    /// <summary>Something that programs read in different ways.</summary>
    Ambiguous,
}
