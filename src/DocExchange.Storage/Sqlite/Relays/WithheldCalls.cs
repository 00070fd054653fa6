using DocExchange.Core.Delivery;
using DocExchange.Core.Malware;
using DocExchange.Storage.Sqlite.Documents;

namespace DocExchange.Storage.Sqlite.Relays;

/// <summary>Copies in which malware was found after their acceptance do not go over a connection while the finding stands.</summary>
internal static class WithheldCalls
{
    /// <summary>As a condition on rows of <c>delivery</c>; one look by key for each row that an index gave.</summary>
    public const string NoneFound = "NOT EXISTS (SELECT 1 FROM malware_scan m WHERE m.document = delivery.document AND m.outcome = 2)";

    /// <summary>
    /// Where something was found, the document's calls that would be tried again end as dead letters, which an operator may requeue. One that is
    /// under way or in doubt may have arrived: it stays until that is known.
    /// </summary>
    public static void End(WriteSession session, long document)
    {
        if (session.Read(database => MalwareScans.Of(database, document)) is not { Outcome: MalwareOutcome.Found } found) return;
        var waiting = session.Read(database => database.ReadAll(
            "SELECT id FROM relay_call WHERE document = ?1 AND state = 0 AND in_doubt = 0 AND process IS NULL", row => row.Long(0), s => s.Bind(1, document)));
        foreach (var id in waiting)
        {
            var call = session.Read(database => RelayReads.Find(database, session.Ids, id));
            var why = MalwareScans.Withheld(found);
            RelayWrites.Settle(session, call, null, DeliveryState.Failed, why);
            RelayEvidence.Ended(session, call, why);
        }
    }
}
