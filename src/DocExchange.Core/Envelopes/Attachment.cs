namespace DocExchange.Core.Envelopes;

/// <summary>
/// One attachment, described. Its bytes stay in the original: <see cref="Offset"/> and <see cref="EncodedLength"/> delimit, in bytes of
/// the original file, the text content of ContentTransferEncoded; decode it on read.
/// </summary>
public sealed record Attachment
{
    public required int Ordinal { get; init; }
    public string? ContentId { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? ContentType { get; init; }
    public required long Offset { get; init; }
    public required long EncodedLength { get; init; }

    /// <summary>Bytes after base64 decoding, before unwrapping.</summary>
    public required long Length { get; init; }

    /// <summary>SHA-256 of the decoded bytes, before unwrapping.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>What the first bytes say: pdf, zip, docx, xlsx, pptx, odt, ole, png, jpeg, gif, xml, text, exe, script, rtf, unknown.</summary>
    public required string SniffedType { get; init; }

    /// <summary>Of the file itself, or of the wrapped one.</summary>
    public SignatureHint Hint { get; init; }

    /// <summary>Set when the decoded bytes are a one-entry ZIP that wraps the file (edXML writers wrap what is not pdf, doc, docx or zip).</summary>
    public WrappedFile? Wrapped { get; init; }
}

/// <summary>The one entry of a wrapping ZIP. <see cref="EntryName"/> is for display and comparison, never a path.</summary>
public sealed record WrappedFile(string EntryName, string Extension, long Length, ReadOnlyMemory<byte> Digest, string SniffedType);

/// <summary>What the package's own Signature element is worth. Never trusted before the signatures stage has said VALID.</summary>
public enum PackageSignature { Absent, Placeholder, Unverifiable, Invalid, Valid }
