using DocExchange.Core.Envelopes;
using DocExchange.Core.Routing;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>The rows of a document's copies: one per recipient agency, never two.</summary>
internal static class Deliveries
{
    public static void Insert(WriteSession session, long document, int firstOrdinal, IEnumerable<Route> routes, MessageKind kind, int priority)
    {
        var ordinal = firstOrdinal;
        foreach (var route in routes)
        {
            session.Prepare("""
                INSERT INTO delivery (document, ordinal, agency_id, addressed_as, mailbox, kind, state, lane, created_at, updated_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?8)
                """)
                .Bind(1, document).Bind(2, ordinal++).Bind(3, route.Recipient.Id).Bind(4, string.Join(' ', route.AddressedAs)).Bind(5, route.Mailbox.Id)
                .Bind(6, (long)kind).Bind(7, DocumentRow.LaneOf(priority)).Bind(8, session.Now).Run();
        }
    }

    /// <summary>Agencies that have a copy already, and the next free ordinal.</summary>
    public static (HashSet<long> Agencies, int NextOrdinal) Of(WriteSession session, long document)
    {
        var agencies = new HashSet<long>();
        var next = 1;
        var statement = session.Prepare("SELECT agency_id, ordinal FROM delivery WHERE document = ?1").Bind(1, document);
        try
        {
            while (statement.Step())
            {
                agencies.Add(statement.Long(0));
                next = Math.Max(next, statement.Int(1) + 1);
            }
        }
        finally
        {
            statement.Reset();
        }
        return (agencies, next);
    }
}
