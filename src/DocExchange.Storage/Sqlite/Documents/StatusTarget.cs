using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>
/// The document a status speaks of: (document's sender, DocumentId, reporter is a recipient), for 13 with the roles swapped. Where business
/// types share the id, 01-06 go to the package the reporter holds, type 0 or 3 first; 15 and 16 to the open case; 13 to the original.
/// </summary>
/// <param name="Recipient">The recipient agency concerned.</param>
/// <param name="Sender">Who sent the document.</param>
internal sealed record StatusTarget(long? Document, long Recipient, Agency? Sender, Problem? Problem)
{
    public static StatusTarget Find(WriteSession session, StatusAcceptance acceptance, string documentId)
    {
        var bySender = acceptance.Status.ReportedBy == StatusReporter.Sender;
        var sender = bySender ? acceptance.Reporter : acceptance.DocumentSender;
        var recipient = bySender ? acceptance.Counterpart : acceptance.Reporter;
        if (recipient is not null && FindHeld(session, documentId, sender, recipient, acceptance.Status) is { } found)
        {
            return new StatusTarget(found, recipient.Id, sender, null);
        }
        if (IsKnown(session, documentId, bySender ? null : sender))
        {
            // The document exists, and this organisation neither sent nor received it.
            return new StatusTarget(null, 0, null, new Problem(ProblemCatalogue.NotEntitledToDocument, "MessageHeader.From.OrganId", acceptance.Reporter.Code));
        }
        return acceptance.Caller.Profile == Profile.Agency
            ? new StatusTarget(null, 0, null, new Problem(ProblemCatalogue.StatusDocumentUnknown, "MessageHeader.ResponseFor.DocumentId", documentId))
            : new StatusTarget(null, recipient?.Id ?? 0, sender, null);
    }

    private static long? FindHeld(WriteSession session, string documentId, Agency? sender, Agency recipient, HandlingStatus status)
    {
        var order = status == HandlingStatus.ChangeAgreed || status == HandlingStatus.ChangeRefused ? WithOpenCaseFirst : OriginalFirst;
        return session.Prepare(order).Bind(1, documentId).Bind(2, sender?.Id).Bind(3, recipient.Id).RunScalar();
    }

    private const string Held = """
        SELECT d.number FROM document d JOIN delivery v ON v.document = d.number
        WHERE d.document_id = ?1 AND d.kind = 0 AND (?2 IS NULL OR d.sender_id = ?2) AND v.agency_id = ?3
        ORDER BY

        """;

    private const string OriginalFirst = Held + " CASE d.business_type WHEN 0 THEN 0 WHEN 3 THEN 1 WHEN 2 THEN 2 ELSE 3 END, d.variant_of IS NOT NULL, d.number DESC LIMIT 1";

    private const string WithOpenCaseFirst = Held + """
         NOT EXISTS (SELECT 1 FROM change_case c WHERE c.agency_id = ?3 AND c.state = 0 AND (c.target = d.number OR c.opened_by = d.number)),
         CASE d.business_type WHEN 0 THEN 0 WHEN 3 THEN 1 WHEN 2 THEN 2 ELSE 3 END, d.number DESC LIMIT 1
        """;

    private static bool IsKnown(WriteSession session, string documentId, Agency? sender) =>
        session.Prepare("SELECT 1 FROM document WHERE document_id = ?1 AND kind = 0 AND (?2 IS NULL OR sender_id = ?2) LIMIT 1")
            .Bind(1, documentId).Bind(2, sender?.Id).RunScalar() is not null;
}
