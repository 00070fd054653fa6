using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Mailboxes;

/// <summary>Lists of a system's mailbox. Every read is over one index and one page.</summary>
internal static class MailboxReads
{
    private const string Columns = "SELECT " + Listed + ", coalesce(p.digest, d.digest), coalesce(p.size, d.size), 0" + Rows;

    private const string Listed = """
        v.document, v.ordinal, v.kind, s.code, a.code, a.name, v.agency_id, v.state, v.state_text, v.created_at, v.updated_at, v.fetched, v.mailbox,
          d.document_id, d.subject, d.code, d.promulgation_date, v.lane,
          (SELECT coalesce(m.reason, '') FROM malware_scan m WHERE m.document = v.document AND m.outcome = 2)
        """;

    private const string Rows = """

        FROM delivery v JOIN document d ON d.number = v.document JOIN agency s ON s.id = d.sender_id JOIN agency a ON a.id = v.agency_id
          LEFT JOIN body p ON p.id = d.package_body

        """;

    /// <summary>With the copy that was made for the mailbox, where there is one: what is fetched, one item at a time.</summary>
    private const string WithCopy = "SELECT " + Listed + ", coalesce(z.digest, p.digest, d.digest), coalesce(z.size, p.size, d.size), y.body IS NOT NULL" + Rows
        + "LEFT JOIN relay_copy y ON y.document = v.document AND y.mailbox = v.mailbox LEFT JOIN body z ON z.id = y.body";

    private const string Open = Columns + " WHERE v.mailbox = ?1 AND v.kind = ?2 AND v.state < 2 ORDER BY v.lane, v.document, v.ordinal";

    private const string OpenAfter = Columns
        + " WHERE v.mailbox = ?1 AND v.kind = ?2 AND v.state < 2 AND (v.lane, v.document, v.ordinal) > (?3, ?4, ?5) ORDER BY v.lane, v.document, v.ordinal";

    private const string Period = Columns + " WHERE v.mailbox = ?1 AND v.kind = ?2 AND v.created_at >= ?3 AND v.created_at <= ?4 ORDER BY v.created_at, v.document, v.ordinal";

    private const string OfDocument = WithCopy + " WHERE v.document = ?1 AND v.mailbox = ?2 ORDER BY v.ordinal";

    private const string One = WithCopy + " WHERE v.document = ?1 AND v.ordinal = ?2";

    public static MailboxPage List(Database database, EpochIds ids, Scope scope, MailboxQuery query)
    {
        var items = new List<MailboxItem>();
        foreach (var kind in Kinds(query))
        {
            var isPeriod = query.From is not null || query.To is not null;
            var after = !isPeriod && query.After is { } place && place.Kind >= kind ? place : null;
            if (after is not null && after.Kind > kind) continue;
            var statement = database.Prepare(isPeriod ? Period : after is null ? Open : OpenAfter).Bind(1, scope.SystemId).Bind(2, (long)kind);
            if (isPeriod) statement.Bind(3, query.From ?? DateTimeOffset.UnixEpoch).Bind(4, query.To ?? DateTimeOffset.MaxValue);
            if (after is not null) statement.Bind(3, after.Lane).Bind(4, after.DocumentNumber).Bind(5, after.Ordinal);
            try
            {
                // Ended here and not by LIMIT: what the caller may no longer see (answered before its agency moved) must not use up the list.
                for (var found = 0; found <= query.Limit && statement.Step();)
                {
                    if (!scope.Allows(statement.Long(6))) continue;
                    items.Add(Item(statement, ids));
                    found++;
                }
            }
            finally
            {
                statement.Reset();
            }
        }
        var cut = items.Count > query.Limit;
        if (cut) items.RemoveRange(query.Limit, items.Count - query.Limit);
        return new MailboxPage(items, cut);
    }

    /// <summary>What waits: an open item lies in a mailbox only while its system serves the agency (MailboxMoves).</summary>
    public static int Count(Database database, Scope scope, MailboxQuery query)
    {
        long count = 0;
        foreach (var kind in Kinds(query))
        {
            count += database.Prepare("SELECT count(*) FROM delivery WHERE mailbox = ?1 AND kind = ?2 AND state < 2")
                .Bind(1, scope.SystemId).Bind(2, (long)kind).RunScalar() ?? 0;
        }
        return (int)count;
    }

    public static MailboxItem? Find(Database database, EpochIds ids, Scope scope, string itemId)
    {
        if (!ids.TryParseItem(itemId, out var document, out var ordinal)) return null;
        var statement = database.Prepare(One).Bind(1, document).Bind(2, ordinal);
        try
        {
            return statement.Step() && scope.SystemId == statement.Long(12) && scope.Allows(statement.Long(6)) ? Item(statement, ids) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    public static IReadOnlyList<MailboxItem> FindAll(Database database, EpochIds ids, Scope scope, long document)
    {
        var items = new List<MailboxItem>();
        var statement = database.Prepare(OfDocument).Bind(1, document).Bind(2, scope.SystemId);
        try
        {
            while (statement.Step())
            {
                if (scope.Allows(statement.Long(6))) items.Add(Item(statement, ids));
            }
        }
        finally
        {
            statement.Reset();
        }
        return items;
    }

    public static IReadOnlyList<DeadLetter> DeadLetters(Database database, EpochIds ids, Scope scope)
    {
        var letters = new List<DeadLetter>();
        var statement = database.Prepare("""
            SELECT v.document, v.ordinal, s.code, a.code, d.subject, v.state_text, v.updated_at, v.agency_id
            FROM delivery v JOIN document d ON d.number = v.document JOIN agency s ON s.id = d.sender_id JOIN agency a ON a.id = v.agency_id
            WHERE v.state = 3 ORDER BY v.document LIMIT 1000
            """);
        try
        {
            while (statement.Step())
            {
                if (!scope.Allows(statement.Long(7))) continue;
                letters.Add(new DeadLetter(ids.Item(statement.Long(0), statement.Int(1)), ids.Document(statement.Long(0)), statement.Text(2), statement.Text(3),
                    statement.Text(4), statement.TextOrNull(5), statement.Time(6)));
            }
        }
        finally
        {
            statement.Reset();
        }
        return letters;
    }

    private static MessageKind[] Kinds(MailboxQuery query) => query.Kind is { } kind ? [kind] : [MessageKind.Document, MessageKind.Status];

    private static MailboxItem Item(Statement row, EpochIds ids) => new(
        ids.Item(row.Long(0), row.Int(1)), row.Long(0), row.Int(1), (MessageKind)row.Int(2), row.Text(3), row.Text(4), row.Text(5), row.Long(6),
        (DeliveryState)row.Int(7), row.TextOrNull(8), row.Time(9), row.Time(10), row.Int(11), row.Blob(19), row.Long(20))
    {
        DocId = ids.Document(row.Long(0)),
        DocumentId = row.TextOrNull(13),
        Subject = row.Text(14),
        Code = row.Text(15),
        PromulgationDate = row.TextOrNull(16),
        Lane = row.Int(17),
        HasOwnCopy = row.Bool(21),
        Malware = row.TextOrNull(18),
        InDoubt = ids.IsInDoubt(row.Long(0), (DeliveryState)row.Int(7), row.Time(10)),
    };
}
