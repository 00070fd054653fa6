using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>
/// Recall, update and replacement: what a business package (type 1-3) or a status 13 asks of each recipient, open until 15 or 16.
/// The document meant is found by its DocumentId and sender only; ResponseFor/OrganId names issuer or receiver, depending on the writer.
/// </summary>
internal static class ChangeCases
{
    /// <summary>Null when the sender may do this; a finding otherwise. A peer's package about an unknown document only warns: the document may come later.</summary>
    public static Problem? Check(WriteSession session, DocumentAcceptance acceptance, List<PackageWarning> warnings)
    {
        foreach (var (path, id) in Targets(acceptance.Envelope))
        {
            if (FindTarget(session, acceptance.Sender.Id, id) is not null) continue;
            if (IsSomebodyElses(session, acceptance.Sender.Id, id)) return new Problem(ProblemCatalogue.NotEntitledToDocument, path, acceptance.Sender.Code);
            if (acceptance.Caller.Profile == Profile.Agency) return new Problem(ProblemCatalogue.BusinessDocumentUnknown, path, id);
            warnings.Add(new PackageWarning("earlier-document-unknown", path, id));
        }
        return null;
    }

    public static void Open(WriteSession session, DocumentAcceptance acceptance, long openedBy)
    {
        foreach (var (_, id) in Targets(acceptance.Envelope))
        {
            var target = FindTarget(session, acceptance.Sender.Id, id);
            foreach (var route in acceptance.Routes)
            {
                Open(session, acceptance.Envelope.BusinessType, target, id, acceptance.Sender.Id, openedBy, route.Recipient);
                if (target is null) AwaitedDocuments.Note(session, openedBy, id, acceptance.Sender.Id, route.Recipient.Id);
            }
        }
    }

    /// <summary>Opens a case, or does nothing when one of the same kind is open for this recipient: status 13 and a revocation package are one recall.</summary>
    public static void Open(WriteSession session, BusinessType kind, long? target, string targetId, long sender, long openedBy, Agency agency)
    {
        var open = session.Prepare("""
            SELECT 1 FROM change_case WHERE target_id = ?1 AND target_sender = ?2 AND agency_id = ?3 AND kind = ?4 AND state = 0
            """).Bind(1, targetId).Bind(2, sender).Bind(3, agency.Id).Bind(4, (long)kind).RunScalar();
        if (open is not null) return;
        session.Prepare("""
            INSERT INTO change_case (kind, target, target_id, target_sender, opened_by, agency_id, state, opened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7)
            """)
            .Bind(1, (long)kind).Bind(2, target).Bind(3, targetId).Bind(4, sender).Bind(5, openedBy).Bind(6, agency.Id).Bind(7, session.Now).Run();
        if (kind != BusinessType.Revocation) return;
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.RecallOpened,
            Time = session.Now,
            Document = session.Ids.Document(target ?? openedBy),
            DocumentId = targetId,
            Recipient = agency.Code,
            Detail = session.Ids.Document(openedBy),
        }, target ?? openedBy);
    }

    /// <summary>Closes what 15 or 16 answers. 1 = agreed, 2 = refused.</summary>
    public static void Close(WriteSession session, long document, Agency agency, bool agreed)
    {
        var recall = session.Prepare("SELECT 1 FROM change_case WHERE agency_id = ?2 AND state = 0 AND (target = ?1 OR opened_by = ?1) AND kind = ?3 LIMIT 1")
            .Bind(1, document).Bind(2, agency.Id).Bind(3, (long)BusinessType.Revocation).RunScalar() is not null;
        session.Prepare("UPDATE change_case SET state = ?3, closed_at = ?4 WHERE agency_id = ?2 AND state = 0 AND (target = ?1 OR opened_by = ?1)")
            .Bind(1, document).Bind(2, agency.Id).Bind(3, agreed ? 1 : 2).Bind(4, session.Now).Run();
        if (!recall) return;
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.RecallClosed,
            Time = session.Now,
            Document = session.Ids.Document(document),
            Recipient = agency.Code,
            StatusCode = agreed ? "15" : "16",
        }, document);
    }

    /// <summary>The kind of case open about this document for this recipient, and whether it agreed to a recall.</summary>
    /// <param name="alsoOpenedBy">True for an answer, which may name the package that asked instead of the document it asked about.</param>
    public static (BusinessType? Open, bool Recalled) Of(WriteSession session, long document, long agency, bool alsoOpenedBy)
    {
        BusinessType? open = null;
        var recalled = false;
        var statement = session.Prepare("SELECT kind, state FROM change_case WHERE agency_id = ?2 AND (target = ?1 OR (?3 AND opened_by = ?1)) ORDER BY id")
            .Bind(1, document).Bind(2, agency).Bind(3, alsoOpenedBy);
        try
        {
            while (statement.Step())
            {
                var kind = (BusinessType)statement.Int(0);
                if (statement.Int(1) == 0 && open != BusinessType.Revocation) open = kind;
                if (statement.Int(1) == 1 && kind == BusinessType.Revocation) recalled = true;
            }
        }
        finally
        {
            statement.Reset();
        }
        return (open, recalled);
    }

    /// <summary>This sender's document of that id; among several business types the original first.</summary>
    public static long? FindTarget(WriteSession session, long sender, string documentId) => session.Prepare("""
        SELECT number FROM document WHERE document_id = ?2 AND sender_id = ?1 AND kind = 0 AND variant_of IS NULL
        ORDER BY CASE business_type WHEN 0 THEN 0 WHEN 3 THEN 1 WHEN 2 THEN 2 ELSE 3 END, number LIMIT 1
        """).Bind(1, sender).Bind(2, documentId).RunScalar();

    public static bool IsSomebodyElses(WriteSession session, long sender, string documentId) =>
        session.Prepare("SELECT 1 FROM document WHERE document_id = ?2 AND sender_id <> ?1 AND kind = 0 LIMIT 1")
            .Bind(1, sender).Bind(2, documentId).RunScalar() is not null;

    private static IEnumerable<(string Path, string Id)> Targets(Envelope envelope)
    {
        switch (envelope.BusinessType)
        {
            case BusinessType.Revocation:
                foreach (var reference in envelope.ResponseFor)
                {
                    if (!string.IsNullOrEmpty(reference.DocumentId)) yield return ("MessageHeader.ResponseFor.DocumentId", reference.DocumentId);
                }
                break;
            case BusinessType.Update when !string.IsNullOrEmpty(envelope.Trace?.Business?.DocumentId):
                yield return ("MessageHeader.TraceHeaderList.Bussiness.DocumentId", envelope.Trace.Business.DocumentId);
                break;
            case BusinessType.Replacement:
                foreach (var replaced in envelope.Trace?.Business?.Replacements ?? [])
                {
                    if (!string.IsNullOrEmpty(replaced.DocumentId)) yield return ("MessageHeader.TraceHeaderList.Bussiness.ReplacementInfoList", replaced.DocumentId);
                }
                break;
        }
    }
}
