using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>Receipts a refusal. It leaves no document, no item, no status and occupies no identity.</summary>
internal static class RefuseSubmission
{
    public static ReceiptRef Apply(WriteSession session, Refusal refusal)
    {
        var day = session.Now.ToUnixTimeMilliseconds() / 86_400_000;
        var bytes = BytesOf(refusal);
        var reason = refusal.Operation is { } operation
            ? $"{refusal.Problem.Code} {refusal.Problem.Path} {operation}"
            : $"{refusal.Problem.Code} {refusal.Problem.Path}";
        if (bytes is not null && session.Prepare("""
            UPDATE refusal SET times = times + 1 WHERE system = ?1 AND digest = ?2 AND reason = ?3 AND day = ?4 RETURNING receipt_index
            """).Bind(1, refusal.Caller.Id).Bind(2, bytes).Bind(3, reason).Bind(4, day).RunScalar() is { } earlier)
        {
            return new ReceiptRef(session.Ids.Receipt(earlier), "");
        }

        var receipt = session.NextReceiptId;
        var isSecret = refusal.Problem.Kind.Step == ProblemStep.Secrecy;
        var index = session.Witness(new EvidenceEntry
        {
            Event = refusal.Operation is null ? EvidenceEvents.SubmissionRejection : EvidenceEvents.CallRejected,
            Time = session.Now,
            Receipt = receipt,
            DocumentId = isSecret ? null : refusal.DocumentId,
            Digest = refusal.Digest?.ToArray(),
            Size = refusal.Length,
            Sender = refusal.Sender,
            Caller = refusal.Caller.SystemId,
            Reason = refusal.Problem.Code,
            Detail = refusal.Operation ?? refusal.Detail,
            Path = refusal.Problem.Path.Length == 0 ? null : refusal.Problem.Path,
        }, document: null, refusal.Caller.Id);
        if (bytes is null) return new ReceiptRef(receipt, "");
        session.Prepare("INSERT INTO refusal (system, digest, reason, day, receipt_index, times) VALUES (?1, ?2, ?3, ?4, ?5, 1)")
            .Bind(1, refusal.Caller.Id).Bind(2, bytes).Bind(3, reason).Bind(4, day).Bind(5, index).Run();
        return new ReceiptRef(receipt, "");
    }

    /// <summary>
    /// What tells that the same bytes are refused again: their digest, or what was signed as one where they were not read to their end. A call
    /// that carries no bytes is the same by its reason. Null: nobody knows, and what may be another package gets a receipt of its own.
    /// </summary>
    private static byte[]? BytesOf(Refusal refusal)
    {
        if (refusal.Digest is { } digest) return digest.ToArray();
        if (refusal.SignedDigest is { } signed) return SHA256.HashData(Encoding.UTF8.GetBytes("signed:" + signed));
        return refusal.Operation is null ? null : [];
    }
}
