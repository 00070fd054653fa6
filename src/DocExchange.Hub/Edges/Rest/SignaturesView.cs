using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>What the signatures of a document's files were worth when it was accepted, or are by what became known since.</summary>
/// <param name="Class">legally-signed, information-only or broken.</param>
/// <param name="Package">The package's own signature: ABSENT, PLACEHOLDER, UNVERIFIABLE, INVALID or VALID.</param>
/// <param name="Record">SHA-256 of the verdict's record, as the entry of the acceptance, or of the later judgement, has it; null when no signature was seen.</param>
/// <param name="WithoutSignature">Files that could carry a signature and do not.</param>
public sealed record SignaturesView(
    string Class, string English, string Vietnamese, string Package, string? Record, IReadOnlyList<RemarkView> Remarks, IReadOnlyList<SignatureView> Signatures, IReadOnlyList<string> WithoutSignature)
{
    /// <summary>Null for documents of before this hub looked.</summary>
    internal static SignaturesView? Of(DocumentTrack track) => track.Verdict is not { } verdict ? null : Of(track, verdict, track.Signatures);

    /// <summary>Null when nothing else was said since.</summary>
    internal static SignaturesView? LaterOf(DocumentTrack track) => track.LaterSignatures is not { } record ? null : Of(track, record.Read(), record);

    private static SignaturesView Of(DocumentTrack track, DocumentVerdict verdict, VerdictRecord? record) => new(
        verdict.Class.Name, verdict.Class.English, verdict.Class.Vietnamese, track.PackageSignature.ToString().ToUpperInvariant(),
        record is not null ? "sha256:" + record.Digest : null, Views(verdict.Remarks),
        [.. verdict.Signatures.Select(s => new SignatureView(
            s.Attachment, s.File, s.Format, s.Class.Name, Views(s.Remarks), s.Role.ToString().ToLowerInvariant(), s.Signer, s.Organisation, s.Issuer, s.Serial, s.Certificate, s.SignedAt, s.IsTimeProven))],
        verdict.WithoutSignature);

    private static IReadOnlyList<RemarkView> Views(IReadOnlyList<Remark> remarks) => [.. remarks.Select(r => new RemarkView(r.Code, r.English, r.Vietnamese))];
}

public sealed record RemarkView(string Code, string English, string Vietnamese);

/// <param name="Attachment">Which attachment, from 0.</param>
/// <param name="TimeStamped">A time-stamp token proves <paramref name="SignedAt"/>; otherwise it is claimed.</param>
public sealed record SignatureView(
    int? Attachment, string? File, string Format, string Class, IReadOnlyList<RemarkView> Remarks, string Role, string? Signer, string? Organisation, string? Issuer,
    string? Serial, string? Certificate, DateTimeOffset? SignedAt, bool TimeStamped);
