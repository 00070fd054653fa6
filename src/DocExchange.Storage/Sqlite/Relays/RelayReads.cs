using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Ports;

namespace DocExchange.Storage.Sqlite.Relays;

/// <summary>What waits for a connection, and what was begun over it. Every read is over one index and few rows.</summary>
internal static class RelayReads
{
    private const string ByUrgency = "SELECT DISTINCT document, lane FROM delivery WHERE mailbox = ?1 AND kind = ?2 AND state < 2 AND " + WithheldCalls.NoneFound + " ORDER BY lane, document LIMIT ?3";

    // One lane after the other, each by its index: ordering all of a long backlog by age would read all of it.
    private const string Oldest = "SELECT DISTINCT document, lane FROM delivery WHERE mailbox = ?1 AND kind = ?2 AND lane = ?4 AND state < 2 AND " + WithheldCalls.NoneFound + " ORDER BY document LIMIT ?3";

    private static readonly int[] Lanes = [0, 1, 2, 3, 4, 10];

    public static IReadOnlyList<WaitingDocument> Waiting(Database database, EpochIds ids, long mailbox, bool oldestFirst, int limit)
    {
        var found = new List<(long Document, int Lane, MessageKind Kind)>();
        foreach (var kind in (MessageKind[])[MessageKind.Document, MessageKind.Status])
        {
            if (!oldestFirst) Read(database.Prepare(ByUrgency).Bind(1, mailbox).Bind(2, (long)kind).Bind(3, limit), kind, found);
            else foreach (var lane in Lanes) Read(database.Prepare(Oldest).Bind(1, mailbox).Bind(2, (long)kind).Bind(3, limit).Bind(4, lane), kind, found);
        }
        return [.. found.OrderBy(f => oldestFirst ? 0 : f.Lane).ThenBy(f => f.Document).Take(limit).Select(f => Document(database, ids, mailbox, f.Document, f.Lane, f.Kind))];
    }

    public static IReadOnlyList<RelayCall> Open(Database database, EpochIds ids, long mailbox) =>
        [.. database.ReadAll(RelayRow.Columns + " WHERE c.mailbox = ?1 AND c.state = 0 ORDER BY c.id", RelayRow.Of, s => s.Bind(1, mailbox))
            .Select(row => (row with { InDoubt = row.InDoubt || row.Process is not null }).ToCall(database, ids))];

    public static RelayCall Find(Database database, EpochIds ids, long call) =>
        database.ReadAll(RelayRow.Columns + " WHERE c.id = ?1", RelayRow.Of, s => s.Bind(1, call))[0].ToCall(database, ids);

    public static RelayBacklog Backlog(Database database, long mailbox)
    {
        var waiting = database.ReadAll("""
            SELECT count(*), min(created_at) FROM delivery WHERE mailbox = ?1 AND kind IN (0, 1) AND state < 2
            UNION ALL SELECT count(*), min(c.begun_at) FROM relay_call c WHERE c.mailbox = ?1 AND c.state = 0
            """, row => (Count: row.Long(0), Oldest: row.TimeOrNull(1)), s => s.Bind(1, mailbox));
        return new RelayBacklog(waiting.Sum(w => w.Count), waiting.Min(w => w.Oldest));
    }

    public static IReadOnlyList<RelayedCall> Relayed(Database database, EpochIds ids, long mailbox, DateTimeOffset since, long after, int limit) =>
        [.. database.ReadAll("""
                SELECT c.id, c.document, c.kind, c.remote_id, d.document_id FROM relay_call c JOIN document d ON d.number = c.document
                WHERE c.mailbox = ?1 AND c.state = 1 AND c.id > ?2 AND c.begun_at > ?4 ORDER BY c.id LIMIT ?3
                """,
                row => (Id: row.Long(0), Document: row.Long(1), Kind: (MessageKind)row.Int(2), Remote: row.TextOrNull(3) ?? "", DocumentId: row.TextOrNull(4)),
                s => s.Bind(1, mailbox).Bind(2, after).Bind(3, limit).Bind(4, since))
            .Select(row => new RelayedCall(row.Id, row.Document, ids.Document(row.Document), row.DocumentId, row.Kind, row.Remote, Recipients(database, row.Id, DeliveryState.Relayed)))];

    public static string? Fact(Database database, string connection, string key) =>
        database.ReadAll("SELECT value FROM connection_fact WHERE connection = ?1 AND key = ?2", row => row.Text(0), s => s.Bind(1, connection).Bind(2, key)).FirstOrDefault();

    /// <param name="state">Those whose copy is in this state; null = all of the call.</param>
    public static IReadOnlyList<RelayRecipient> Recipients(Database database, long call, DeliveryState? state) => database.ReadAll("""
        SELECT v.ordinal, v.addressed_as FROM relay_recipient r JOIN relay_call c ON c.id = r.call JOIN delivery v ON v.document = c.document AND v.ordinal = r.ordinal
        WHERE r.call = ?1 AND (?2 IS NULL OR v.state = ?2) ORDER BY v.ordinal
        """, Recipient, s => s.Bind(1, call).Bind(2, (long?)state));

    private static WaitingDocument Document(Database database, EpochIds ids, long mailbox, long number, int lane, MessageKind kind)
    {
        var recipients = database.ReadAll("SELECT ordinal, addressed_as FROM delivery WHERE document = ?1 AND mailbox = ?2 AND state < 2 ORDER BY ordinal",
            Recipient, s => s.Bind(1, number).Bind(2, mailbox));
        return database.ReadAll("""
            SELECT coalesce(p.digest, d.digest), b.digest, c.sender, d.accepted_at FROM document d LEFT JOIN body p ON p.id = d.package_body
              LEFT JOIN relay_copy c ON c.document = d.number AND c.mailbox = ?2 LEFT JOIN body b ON b.id = c.body WHERE d.number = ?1
            """,
            row => new WaitingDocument(number, ids.Document(number), kind, row.Blob(0), row.Time(3), lane, recipients, row.IsNull(1) ? null : new RelayCopy(row.Blob(1), row.Text(2))),
            s => s.Bind(1, number).Bind(2, mailbox))[0];
    }

    // Two codes of one organisation are one copy, and one of them is enough to name it.
    private static RelayRecipient Recipient(Statement row) => new(row.Int(0), row.Text(1).Split(' ')[0]);

    private static void Read(Statement statement, MessageKind kind, List<(long, int, MessageKind)> found)
    {
        try
        {
            while (statement.Step()) found.Add((statement.Long(0), statement.Int(1), kind));
        }
        finally
        {
            statement.Reset();
        }
    }
}
