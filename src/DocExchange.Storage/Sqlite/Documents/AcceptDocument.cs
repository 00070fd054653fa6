using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Routing;
using DocExchange.Core.Tracking;
using DocExchange.Storage.Sqlite.LookUp;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>
/// Commits one document. Identity is (sender, DocumentId, business type), decided here and nowhere else: same digest = the same document,
/// other digest = a conflict from an agency, a variant from a peer.
/// </summary>
internal static class AcceptDocument
{
    /// <param name="texts">What its row holds, should it be a new one.</param>
    /// <param name="current">The picture of now: an upload may take longer than the one it was routed with lasted.</param>
    public static CommitOutcome Apply(WriteSession session, DocumentAcceptance acceptance, DocumentTexts texts, PartyBook current) =>
        RequestKeys.Decide(session, acceptance.Key, () => Reroute(acceptance, current) is { } routed
            ? Decide(session, routed, texts)
            : new CommitOutcome.Refused(new Problem(ProblemCatalogue.ReceiverWithoutMailbox, "MessageHeader.To.OrganId")));

    /// <summary>The same recipients with the mailboxes of now; null when one of them has none any more.</summary>
    private static DocumentAcceptance? Reroute(DocumentAcceptance acceptance, PartyBook current)
    {
        if (ReferenceEquals(acceptance.Parties, current)) return acceptance;
        var routes = new List<Route>(acceptance.Routes.Count);
        foreach (var route in acceptance.Routes)
        {
            if (current.MailboxOf(current.Directory.Find(route.Recipient.Id) ?? route.Recipient) is not { } mailbox) return null;
            routes.Add(route with { Mailbox = mailbox });
        }
        return acceptance with { Routes = routes };
    }

    private static CommitOutcome Decide(WriteSession session, DocumentAcceptance acceptance, DocumentTexts texts)
    {
        var identity = DocumentRow.IdentityOf(acceptance.Envelope, acceptance.Body.Digest);
        var known = FindByIdentity(session, acceptance, identity);
        if (known is { } first)
        {
            if (first.Digest.AsSpan().SequenceEqual(acceptance.Body.Digest.Span)) return Extend(session, acceptance, first);
            if (acceptance.Caller.Profile == Profile.Agency)
            {
                return new CommitOutcome.Refused(new Problem(ProblemCatalogue.DocumentIdTaken, "MessageHeader.DocumentId", acceptance.Envelope.DocumentId));
            }
            acceptance = acceptance.AsVariant();
            if (FindVariant(session, first.Number, acceptance.Body.Digest.Span) is { } variant) return Extend(session, acceptance, variant);
        }

        List<PackageWarning> warnings = [.. acceptance.Warnings];
        if (known is not null) warnings.Add(new PackageWarning("variant-of-known-document", "MessageHeader.DocumentId"));
        if (known is null && texts.NumberKey is { } numberKey && IsNumberTaken(session, acceptance.Sender.Id, numberKey))
        {
            if (acceptance.Sender.RefuseRepeatedNumber && acceptance.Caller.Profile == Profile.Agency)
            {
                return new CommitOutcome.Refused(new Problem(ProblemCatalogue.CodeTaken, "MessageHeader.Code", acceptance.Envelope.Code));
            }
            warnings.Add(new PackageWarning("number-used-before", "MessageHeader.Code", acceptance.Envelope.Code));
        }
        if (ChangeCases.Check(session, acceptance, warnings) is { } problem) return new CommitOutcome.Refused(problem);
        return Insert(session, acceptance, texts, identity, known?.Number, warnings);
    }

    private static CommitOutcome.Accepted Insert(
        WriteSession session, DocumentAcceptance acceptance, DocumentTexts texts, string identity, long? variantOf, List<PackageWarning> warnings)
    {
        var number = DocumentRow.Insert(session, new NewDocument(
            acceptance.Envelope, acceptance.Sender.Id, identity, acceptance.Body, acceptance.Caller.Id, acceptance.Caller.Profile, warnings)
        {
            VariantOf = variantOf,
            Texts = texts,
        });
        session.LookUp.Add(number, texts.Terms);
        if (acceptance.Signatures is { } judged) SignatureVerdicts.Insert(session, number, judged);
        if (acceptance.Malware is { } scanned) MalwareScans.Insert(session, number, scanned);
        Deliveries.Insert(session, number, 1, acceptance.Routes, MessageKind.Document, DocumentRow.PriorityOf(acceptance.Envelope));
        // The acceptance's leaf first: its index stands in the document's row.
        var receipt = Witness(session, acceptance, number, acceptance.Routes, variantOf);
        ChangeCases.Open(session, acceptance, number);
        AwaitedDocuments.Link(session, acceptance, number, acceptance.Routes);
        return new CommitOutcome.Accepted(receipt, warnings);
    }

    /// <summary>A repeat: recipients that have no copy yet get one and a receipt of their own; otherwise the first receipt again.</summary>
    private static CommitOutcome Extend(WriteSession session, DocumentAcceptance acceptance, Known known)
    {
        var (served, nextOrdinal) = Deliveries.Of(session, known.Number);
        var further = acceptance.Routes.Where(r => !served.Contains(r.Recipient.Id)).ToList();
        if (further.Count == 0)
        {
            return new CommitOutcome.AlreadyAccepted(new ReceiptRef(session.Ids.Receipt(known.Receipt), session.Ids.Document(known.Number)));
        }
        LookUpIndex.AddRecipients(session, known.Number, further.Select(r => r.Recipient.Id));
        Deliveries.Insert(session, known.Number, nextOrdinal, further, MessageKind.Document, DocumentRow.PriorityOf(acceptance.Envelope));
        AwaitedDocuments.Link(session, acceptance, known.Number, further);
        return new CommitOutcome.Accepted(Witness(session, acceptance, known.Number, further, null), acceptance.Warnings);
    }

    private static ReceiptRef Witness(WriteSession session, DocumentAcceptance acceptance, long number, IReadOnlyList<Route> routes, long? variantOf)
    {
        var receipt = new ReceiptRef(session.NextReceiptId, session.Ids.Document(number));
        var recipients = new string[routes.Count];
        for (var i = 0; i < recipients.Length; i++) recipients[i] = routes[i].Recipient.Code;
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.SubmissionAcceptance,
            Time = session.Now,
            Receipt = receipt.Id,
            Document = receipt.DocId,
            DocumentId = acceptance.Envelope.DocumentId,
            BusinessType = (int)acceptance.Envelope.BusinessType,
            Kind = "document",
            Digest = acceptance.Body.Digest.ToArray(),
            Size = acceptance.Body.Length,
            Sender = acceptance.Sender.Code,
            Caller = acceptance.Caller.SystemId,
            Recipients = recipients,
            Detail = DetailOf(acceptance),
            Variant = variantOf is { } original ? session.Ids.Document(original) : null,
        }, number, acceptance.Caller.Id);
        return receipt;
    }

    private static string? DetailOf(DocumentAcceptance acceptance) => (acceptance.Signatures, acceptance.Malware) switch
    {
        (null, null) => null,
        ({ } judged, null) => SignatureVerdicts.DetailOf(judged),
        (null, { } scanned) => scanned.ToDetail(),
        ({ } judged, { } scanned) => $"{SignatureVerdicts.DetailOf(judged)}; {scanned.ToDetail()}",
    };

    private static Known? FindByIdentity(WriteSession session, DocumentAcceptance acceptance, string identity) => Read(session.Prepare("""
        SELECT number, digest, receipt_index FROM document
        WHERE sender_id = ?1 AND identity = ?2 AND business_type = ?3 AND kind = 0 AND variant_of IS NULL
        """).Bind(1, acceptance.Sender.Id).Bind(2, identity).Bind(3, (long)acceptance.Envelope.BusinessType));

    private static Known? FindVariant(WriteSession session, long original, ReadOnlySpan<byte> digest) =>
        Read(session.Prepare("SELECT number, digest, receipt_index FROM document WHERE variant_of = ?1 AND digest = ?2").Bind(1, original).Bind(2, digest));

    private static bool IsNumberTaken(WriteSession session, long sender, string numberKey) =>
        session.Prepare("SELECT 1 FROM document WHERE sender_id = ?1 AND number_key = ?2 LIMIT 1").Bind(1, sender).Bind(2, numberKey).RunScalar() is not null;

    private static Known? Read(Statement statement)
    {
        try
        {
            return statement.Step() ? new Known(statement.Long(0), statement.Blob(1), statement.Long(2)) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private sealed record Known(long Number, byte[] Digest, long Receipt);
}
