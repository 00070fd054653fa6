using DocExchange.Core.Signing.Trust;

namespace DocExchange.Core.Signing.Verdicts;

/// <summary>
/// What is said of a document's signatures when more is known of their certificates. Nothing else is judged anew: the bytes are what they were, and the
/// hub's own evidence proves that they were there when the document was accepted.
/// </summary>
public static class LaterVerdict
{
    private static readonly Remark[] OfRevocation = [Remark.Revoked, Remark.RevokedLater, Remark.RevocationPending, Remark.RevocationUnknown];

    /// <summary>Null when nothing is different.</summary>
    /// <param name="known">What an authority said of a certificate (SHA-256, lower-case hex); null when nobody did.</param>
    public static DocumentVerdict? Of(DocumentVerdict last, DateTimeOffset acceptedAt, Func<string, RevocationAnswer?> known)
    {
        var signatures = last.Signatures.Select(one => OfOne(one, acceptedAt, known)).ToList();
        return signatures.Zip(last.Signatures).All(pair => ReferenceEquals(pair.First, pair.Second)) ? null : DocumentVerdict.Of(signatures, last.WithoutSignature);
    }

    private static SignatureVerdict OfOne(SignatureVerdict last, DateTimeOffset acceptedAt, Func<string, RevocationAnswer?> known)
    {
        // Without a trusted chain nobody was asked; a root answers for itself.
        if (last.Certificate is not { } certificate || last.Chain.Count == 0) return last;
        var answers = last.Chain.SkipLast(1).Prepend(certificate).Select(known).Select(answer => IsOfThen(answer, acceptedAt) ? answer : null).ToList();
        var remark = RemarkOf(answers, last.IsTimeProven ? last.SignedAt ?? acceptedAt : acceptedAt);
        if (remark is null && answers.Exists(a => a is null or { Status: RevocationStatus.Unknown })) return last;
        var others = last.Remarks.Where(one => !OfRevocation.Contains(one));
        Remark[] now = remark is null ? [.. others] : [.. others, remark];
        return now.SequenceEqual(last.Remarks) ? last : last with { Remarks = now };
    }

    /// <summary>An answer that was too old already when the document came says nothing of it.</summary>
    private static bool IsOfThen(RevocationAnswer? answer, DateTimeOffset acceptedAt) =>
        answer is { Status: RevocationStatus.Revoked } || answer?.StaleAt > acceptedAt;

    /// <param name="proven">When the signature is known to have been there.</param>
    private static Remark? RemarkOf(List<RevocationAnswer?> answers, DateTimeOffset proven)
    {
        var revoked = answers.OfType<RevocationAnswer>().Where(a => a.Status == RevocationStatus.Revoked).ToList();
        return revoked.Count == 0 ? null : revoked.TrueForAll(a => a.RevokedAt > proven) ? Remark.RevokedLater : Remark.Revoked;
    }
}
