using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>Looking documents up again: by what was sent, by id, by bytes.</summary>
internal static class DocumentReads
{
    public static ReceiptRef? FindAccepted(Database database, EpochIds ids, long senderId, ReadOnlySpan<byte> digest, IReadOnlyCollection<string> addressed)
    {
        var statement = database.Prepare("SELECT d.number, d.receipt_index FROM body b JOIN document d ON d.body = b.id WHERE b.digest = ?1 AND d.sender_id = ?2 ORDER BY d.number LIMIT 1")
            .Bind(1, digest).Bind(2, senderId);
        long number, receipt;
        try
        {
            if (!statement.Step()) return null;
            (number, receipt) = (statement.Long(0), statement.Long(1));
        }
        finally
        {
            statement.Reset();
        }
        return addressed.Count == 0 || AreServed(database, number, addressed) ? new ReceiptRef(ids.Receipt(receipt), ids.Document(number)) : null;
    }

    /// <summary>By identity; without a DocumentId nothing but the bytes would tell.</summary>
    public static ReceiptRef? FindSent(Database database, EpochIds ids, long senderId, Envelope envelope) => string.IsNullOrEmpty(envelope.DocumentId) ? null
        : database.ReadAll("SELECT number, receipt_index FROM document WHERE sender_id = ?1 AND identity = ?2 AND business_type = ?3 AND kind = 0 AND variant_of IS NULL",
            row => new ReceiptRef(ids.Receipt(row.Long(1)), ids.Document(row.Long(0))),
            s => s.Bind(1, senderId).Bind(2, envelope.DocumentId).Bind(3, (long)envelope.BusinessType)).FirstOrDefault();

    public static IReadOnlyList<SentItem> ListSent(Database database, EpochIds ids, Scope scope, IReadOnlyList<long> senders, SentQuery query)
    {
        var items = new List<SentItem>();
        if (query.DocId is { } docId)
        {
            foreach (var number in Numbers(database, ids, docId)) AddDeliveries(database, ids, scope, number, query.Limit, items);
            return items;
        }
        var kinds = query.Kind is { } only ? [only] : new[] { MessageKind.Document, MessageKind.Status };
        var numbers = new List<long>();
        foreach (var sender in senders)
        {
            foreach (var kind in kinds) numbers.AddRange(Recent(database, sender, kind, query.Limit));
        }
        foreach (var number in numbers.OrderDescending())
        {
            if (items.Count >= query.Limit) break;
            AddDeliveries(database, ids, scope, number, query.Limit, items);
        }
        return items;
    }

    public static DocumentTrack? Track(Database database, EpochIds ids, Scope scope, string docId)
    {
        if (!ids.TryParse(docId, out var number)) return null;
        var (track, senderId) = ReadDocument(database, ids, number);
        if (track is null) return null;
        var deliveries = ReadDeliveries(database, ids, number);
        // The sender sees all of it, a recipient its own copy.
        if (!scope.Allows(senderId)) deliveries = [.. deliveries.Where(d => scope.Allows(d.AgencyId))];
        if (deliveries.Count == 0 && !scope.Allows(senderId)) return null;
        var visible = deliveries.Select(d => d.AgencyId).ToHashSet();
        var (signatures, areKnown) = SignatureVerdicts.Of(database, number);
        return track with
        {
            Signatures = signatures,
            AreSignaturesKnown = areKnown,
            LaterSignatures = SignatureVerdicts.Later(database, number),
            Malware = MalwareScans.Of(database, number),
            Deliveries = [.. deliveries.Select(d => d.Track)],
            Statuses = ReadStatuses(database, number, visible),
            Events = scope.Allows(senderId) ? ReadEvents(database, ids, number) : [],
        };
    }

    public static IReadOnlyList<string> FindByDocumentId(Database database, EpochIds ids, Scope scope, string documentId)
    {
        var found = new List<string>();
        foreach (var number in Numbers(database, ids, documentId))
        {
            var id = ids.Document(number);
            if (Track(database, ids, scope, id) is not null) found.Add(id);
        }
        found.Reverse();
        return found;
    }

    private static bool AreServed(Database database, long number, IReadOnlyCollection<string> addressed)
    {
        var served = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var statement = database.Prepare("SELECT addressed_as FROM delivery WHERE document = ?1").Bind(1, number);
        try
        {
            while (statement.Step()) served.UnionWith(statement.Text(0).Split(' '));
        }
        finally
        {
            statement.Reset();
        }
        return addressed.All(served.Contains);
    }

    private static List<long> Numbers(Database database, EpochIds ids, string id)
    {
        if (ids.TryParse(id, out var number) || ids.TryParseItem(id, out number, out _)) return [number];
        return Longs(database.Prepare("SELECT number FROM document WHERE document_id = ?1 AND kind = 0 ORDER BY number LIMIT 100").Bind(1, id));
    }

    private static List<long> Recent(Database database, long sender, MessageKind kind, int limit) =>
        Longs(database.Prepare("SELECT number FROM document WHERE sender_id = ?1 AND kind = ?2 ORDER BY number DESC LIMIT ?3")
            .Bind(1, sender).Bind(2, (long)kind).Bind(3, limit));

    private static List<long> Longs(Statement statement)
    {
        var numbers = new List<long>();
        try
        {
            while (statement.Step()) numbers.Add(statement.Long(0));
        }
        finally
        {
            statement.Reset();
        }
        return numbers;
    }

    private static void AddDeliveries(Database database, EpochIds ids, Scope scope, long number, int limit, List<SentItem> items)
    {
        var statement = database.Prepare("""
            SELECT v.ordinal, d.kind, s.code, a.code, d.subject, d.code, d.accepted_at, v.updated_at, v.state, v.state_text, d.sender_id
            FROM delivery v JOIN document d ON d.number = v.document JOIN agency s ON s.id = d.sender_id JOIN agency a ON a.id = v.agency_id
            WHERE v.document = ?1 ORDER BY v.ordinal
            """).Bind(1, number);
        try
        {
            while (items.Count < limit && statement.Step())
            {
                if (!scope.Allows(statement.Long(10))) return;
                var state = (DeliveryState)statement.Int(8);
                items.Add(new SentItem(ids.Document(number), ids.Item(number, statement.Int(0)), (MessageKind)statement.Int(1), statement.Text(2), statement.Text(3),
                    statement.Text(4), statement.Text(5), statement.Time(6), state == DeliveryState.Available ? null : statement.Time(7), state, statement.TextOrNull(9)));
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private static (DocumentTrack? Track, long SenderId) ReadDocument(Database database, EpochIds ids, long number)
    {
        var statement = database.Prepare("""
            SELECT d.document_id, d.kind, d.business_type, d.subject, d.code, s.code, s.name, d.accepted_at, d.digest, d.size, d.receipt_index, d.sender_id,
              d.type_name, d.promulgation_date, d.priority, d.attachments, d.warnings, d.signature
            FROM document d JOIN agency s ON s.id = d.sender_id WHERE d.number = ?1
            """).Bind(1, number);
        try
        {
            if (!statement.Step()) return (null, 0);
            return (new DocumentTrack(ids.Document(number), statement.TextOrNull(0), (MessageKind)statement.Int(1), (BusinessType)statement.Int(2),
                statement.Text(3), statement.Text(4), statement.Text(5), statement.Text(6), statement.Time(7), statement.Blob(8), statement.Long(9),
                ids.Receipt(statement.Long(10)))
            {
                TypeName = statement.TextOrNull(12),
                PromulgationDate = statement.TextOrNull(13),
                Priority = statement.Int(14),
                Attachments = DocumentRow.ReadAttachments(statement.Text(15)),
                Warnings = DocumentRow.ReadWarnings(statement.Text(16)),
                PackageSignature = (PackageSignature)statement.Int(17),
            }, statement.Long(11));
        }
        finally
        {
            statement.Reset();
        }
    }

    private static List<(long AgencyId, DeliveryTrack Track)> ReadDeliveries(Database database, EpochIds ids, long number)
    {
        var deliveries = new List<(long, DeliveryTrack)>();
        var statement = database.Prepare("""
            SELECT v.ordinal, a.code, a.name, v.state, v.state_text, v.updated_at, v.fetched, v.agency_id
            FROM delivery v JOIN agency a ON a.id = v.agency_id WHERE v.document = ?1 ORDER BY v.ordinal
            """).Bind(1, number);
        try
        {
            while (statement.Step())
            {
                var (state, since) = ((DeliveryState)statement.Int(3), statement.Time(5));
                deliveries.Add((statement.Long(7), new DeliveryTrack(ids.Item(number, statement.Int(0)), statement.Text(1), statement.Text(2),
                    state, statement.TextOrNull(4), since, statement.Int(6), ids.IsInDoubt(number, state, since))));
            }
        }
        finally
        {
            statement.Reset();
        }
        return deliveries;
    }

    private static List<StatusTrack> ReadStatuses(Database database, long number, HashSet<long> visible)
    {
        var statuses = new List<StatusTrack>();
        var statement = database.Prepare("""
            SELECT a.code, e.code, e.description, e.reported_at, e.arrived_at, e.by_hub, e.agency_id
            FROM status_event e JOIN agency a ON a.id = e.agency_id WHERE e.document = ?1 ORDER BY e.id
            """).Bind(1, number);
        try
        {
            while (statement.Step())
            {
                if (!visible.Contains(statement.Long(6))) continue;
                statuses.Add(new StatusTrack(statement.Text(0), statement.Int(1), statement.TextOrNull(2), statement.Time(3), statement.Time(4), statement.Bool(5)));
            }
        }
        finally
        {
            statement.Reset();
        }
        return statuses;
    }

    private static List<EventTrack> ReadEvents(Database database, EpochIds ids, long number)
    {
        var events = new List<EventTrack>();
        var statement = database.Prepare("SELECT idx, entry FROM log WHERE document = ?1 ORDER BY idx").Bind(1, number);
        try
        {
            while (statement.Step())
            {
                if (statement.IsNull(1)) continue;
                using var entry = System.Text.Json.JsonDocument.Parse(statement.Blob(1));
                events.Add(new EventTrack(EpochIds.IndexInEpoch(statement.Long(0)), entry.RootElement.GetProperty("event").GetString()!,
                    entry.RootElement.GetProperty("time").GetDateTimeOffset(), ids.Receipt(statement.Long(0)),
                    entry.RootElement.TryGetProperty("recipient", out var recipient) ? recipient.GetString() : null));
            }
        }
        finally
        {
            statement.Reset();
        }
        return events;
    }
}
