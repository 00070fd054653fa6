using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.LookUp;

/// <summary>The line a list shows of one document.</summary>
internal static class FoundRows
{
    private const int NamedRecipients = 2;

    public static FoundDocument Read(Database database, EpochIds ids, Scope scope, long number)
    {
        var (document, sender) = ReadDocument(database, ids, number);
        int copies = 0, delivered = 0, failed = 0;
        var first = new List<long>(NamedRecipients);
        var all = scope.Allows(sender);
        // What an office reports about a copy the axis took over shows that it arrived, long before the axis itself is asked again.
        var statement = database.Prepare("""
            SELECT agency_id, state, state = ?2 AND EXISTS (SELECT 1 FROM status_event e WHERE e.document = d.document AND e.agency_id = d.agency_id AND e.by_hub = 0)
            FROM delivery d WHERE document = ?1 ORDER BY ordinal
            """).Bind(1, number).Bind(2, (long)DeliveryState.Relayed);
        try
        {
            while (statement.Step())
            {
                if (!all && !scope.Allows(statement.Long(0))) continue;
                if (copies++ < NamedRecipients) first.Add(statement.Long(0));
                var state = (DeliveryState)statement.Int(1);
                if (state == DeliveryState.Delivered || statement.Bool(2)) delivered++;
                if (state is DeliveryState.Failed or DeliveryState.Abandoned) failed++;
            }
        }
        finally
        {
            statement.Reset();
        }
        return document with { Copies = copies, Delivered = delivered, Failed = failed, FirstRecipients = [.. first.Select(agency => NameOf(database, agency))] };
    }

    private static (FoundDocument Document, long Sender) ReadDocument(Database database, EpochIds ids, long number)
    {
        var statement = database.Prepare("""
            SELECT d.document_id, d.business_type, d.subject, d.code, s.code, s.name, d.accepted_at, d.promulgation_date, d.priority, d.sender_id
            FROM document d JOIN agency s ON s.id = d.sender_id WHERE d.number = ?1
            """).Bind(1, number);
        try
        {
            statement.Step();
            return (new FoundDocument(ids.Document(number), statement.TextOrNull(0), (BusinessType)statement.Int(1), statement.Text(2), statement.Text(3),
                statement.Text(4), statement.Text(5), statement.Time(6)) { PromulgationDate = statement.TextOrNull(7), Priority = statement.Int(8) }, statement.Long(9));
        }
        finally
        {
            statement.Reset();
        }
    }

    private static string NameOf(Database database, long agency)
    {
        var statement = database.Prepare("SELECT name FROM agency WHERE id = ?1").Bind(1, agency);
        try
        {
            return statement.Step() ? statement.Text(0) : "";
        }
        finally
        {
            statement.Reset();
        }
    }
}
