using System.Globalization;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Routing;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>
/// Commits one status package: finds the document it speaks of, judges the step, records the event, and puts the package, byte for byte,
/// into the mailbox of the one it concerns.
/// </summary>
internal static class AcceptStatus
{
    public static CommitOutcome Apply(WriteSession session, StatusAcceptance acceptance, Func<Agency, PartnerSystem?> mailboxOf) =>
        RequestKeys.Decide(session, acceptance.Key, () => Decide(session, acceptance, mailboxOf));

    private static CommitOutcome Decide(WriteSession session, StatusAcceptance acceptance, Func<Agency, PartnerSystem?> mailboxOf)
    {
        var documentId = acceptance.Envelope.ResponseFor[0].DocumentId ?? "";
        var search = StatusTarget.Find(session, acceptance, documentId);
        if (search.Problem is { } problem) return new CommitOutcome.Refused(problem);

        var identity = Identity(acceptance, search.Document, documentId);
        if (FindRecorded(session, acceptance.Reporter.Id, identity) is { } first) return new CommitOutcome.AlreadyAccepted(first);

        List<PackageWarning> warnings = [.. acceptance.Warnings];
        if (search.Document is { } document)
        {
            var recipient = acceptance.Status.ReportedBy == StatusReporter.Sender ? search.Recipient : acceptance.Reporter.Id;
            if (StatusHistory.Judge(session, document, recipient, acceptance, warnings) is { } decided) return decided;
        }
        else
        {
            warnings.Add(new PackageWarning("status-of-unknown-document", "MessageHeader.ResponseFor.DocumentId", documentId));
        }
        return Insert(session, acceptance, search, identity, documentId, warnings, mailboxOf);
    }

    private static CommitOutcome Insert(
        WriteSession session, StatusAcceptance acceptance, StatusTarget search, string identity, string documentId, List<PackageWarning> warnings,
        Func<Agency, PartnerSystem?> mailboxOf)
    {
        var addressee = acceptance.Status.ReportedBy == StatusReporter.Sender ? acceptance.Counterpart : search.Sender ?? acceptance.DocumentSender;
        var mailbox = addressee is null ? null : mailboxOf(addressee);
        // What came over an axis about a document that this hub has no part in is not sent back there.
        if (addressee is null || mailbox is null || (mailbox.Axis is not null && mailbox.Id == acceptance.Caller.Id))
        {
            return new CommitOutcome.Refused(new Problem(
                ProblemCatalogue.StatusDocumentUnknown, "MessageHeader.ResponseFor.OrganId", acceptance.Envelope.ResponseFor[0].OrganId));
        }
        var number = DocumentRow.Insert(session, new NewDocument(
            acceptance.Envelope, acceptance.Reporter.Id, identity, acceptance.Body, acceptance.Caller.Id, acceptance.Caller.Profile, warnings)
        {
            About = search.Document,
            Code = acceptance.Envelope.ResponseFor[0].Code,
        });
        Deliveries.Insert(session, number, 1, [new Route(addressee, mailbox, [addressee.Code])], MessageKind.Status, PriorityOf(session, search.Document));
        var about = acceptance.Status.ReportedBy == StatusReporter.Sender ? addressee.Id : acceptance.Reporter.Id;
        StatusHistory.Record(session, new RecordedStatus(search.Document, about, acceptance.Status.Code, acceptance.Envelope.Status?.Description, acceptance.ReportedAt, number));
        // The acceptance's leaf first: its index stands in the package's row.
        var receipt = Witness(session, acceptance, number, search.Document, documentId, addressee);
        if (search.Document is null)
        {
            AwaitedDocuments.Note(session, number, documentId, acceptance.Status.ReportedBy == StatusReporter.Sender ? acceptance.Reporter.Id : addressee.Id, about);
        }
        if (acceptance.Status == HandlingStatus.RecallAsked)
        {
            ChangeCases.Open(session, BusinessType.Revocation, search.Document, documentId, acceptance.Reporter.Id, number, addressee);
        }
        else if (search.Document is { } document && (acceptance.Status == HandlingStatus.ChangeAgreed || acceptance.Status == HandlingStatus.ChangeRefused))
        {
            ChangeCases.Close(session, document, acceptance.Reporter, acceptance.Status == HandlingStatus.ChangeAgreed);
        }
        return new CommitOutcome.Accepted(receipt, warnings);
    }

    private static ReceiptRef Witness(WriteSession session, StatusAcceptance acceptance, long number, long? about, string documentId, Agency addressee)
    {
        var receipt = new ReceiptRef(session.NextReceiptId, session.Ids.Document(number));
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.SubmissionAcceptance,
            Time = session.Now,
            Receipt = receipt.Id,
            Document = receipt.DocId,
            DocumentId = documentId,
            Kind = "status",
            Digest = acceptance.Body.Digest.ToArray(),
            Size = acceptance.Body.Length,
            Sender = acceptance.Reporter.Code,
            Caller = acceptance.Caller.SystemId,
            Recipients = [addressee.Code],
            StatusCode = acceptance.Status.Text,
            Reporter = acceptance.Reporter.Code,
            StatusTime = acceptance.Envelope.Status?.Timestamp,
            Detail = about is { } document ? session.Ids.Document(document) : null,
        }, number, acceptance.Caller.Id);
        return receipt;
    }

    /// <summary>A status is what one reporter says of one document at one time: the exact repetition is no second event.</summary>
    private static string Identity(StatusAcceptance acceptance, long? document, string documentId)
    {
        var about = document?.ToString(CultureInfo.InvariantCulture) ?? "?" + documentId;
        var counterpart = acceptance.Status.ReportedBy == StatusReporter.Sender ? "|" + acceptance.Counterpart?.Code : "";
        return $"{about}|{acceptance.Status.Text}|{acceptance.ReportedAt.ToUnixTimeMilliseconds()}{counterpart}";
    }

    private static ReceiptRef? FindRecorded(WriteSession session, long reporter, string identity)
    {
        var statement = session.Prepare("SELECT number, receipt_index FROM document WHERE sender_id = ?1 AND identity = ?2 AND kind = 1 AND business_type = 0 AND variant_of IS NULL")
            .Bind(1, reporter).Bind(2, identity);
        try
        {
            return statement.Step() ? new ReceiptRef(session.Ids.Receipt(statement.Long(1)), session.Ids.Document(statement.Long(0))) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static int PriorityOf(WriteSession session, long? document) => document is { } number
        ? (int)(session.Prepare("SELECT priority FROM document WHERE number = ?1").Bind(1, number).RunScalar() ?? 0)
        : 0;
}
