using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Routing;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>
/// The log as a feed. The one writer gives indexes in the order of commits and a batch becomes visible whole, so a reader that goes on
/// from the last index it saw misses nothing and sees nothing twice.
/// </summary>
internal static class EventReads
{
    /// <summary>Entries looked at in one read: a caller of few events among millions of others' must not hold a read transaction open.</summary>
    private const int MostLookedAt = 2000;

    public static EventPage Read(Database database, EpochIds ids, Scope scope, AgencyDirectory directory, long after, int limit)
    {
        var events = new List<ExchangeEvent>();
        var next = after;
        var looked = 0;
        var statement = database.Prepare("""
            SELECT l.idx, l.entry, l.document, d.sender_id FROM log l LEFT JOIN document d ON d.number = l.document WHERE l.idx > ?1 ORDER BY l.idx LIMIT ?2
            """).Bind(1, after).Bind(2, MostLookedAt);
        try
        {
            while (events.Count < limit && statement.Step())
            {
                looked++;
                next = statement.Long(0);
                if (statement.IsNull(1) || statement.IsNull(2) || statement.IsNull(3)) continue;
                var isSender = scope.Allows(statement.Long(3));
                if (EvidenceEntry.TryParse(statement.Span(1)) is not { } entry || (!isSender && !Concerns(entry, scope, directory))) continue;
                var receipt = isSender && entry.Receipt is not null ? ids.Receipt(next) : null;
                events.Add(new ExchangeEvent(next, ids.Document(statement.Long(2)), receipt, isSender ? entry : OwnPart(entry, scope, directory)));
            }
        }
        finally
        {
            statement.Reset();
        }
        return new EventPage(events, next, looked < MostLookedAt && events.Count < limit);
    }

    /// <summary>Events about one's own copy, and the acceptance that brought it.</summary>
    private static bool Concerns(EvidenceEntry entry, Scope scope, AgencyDirectory directory) =>
        (entry.Recipient is { } recipient && IsOwn(recipient, scope, directory)) || (entry.Recipients?.Any(code => IsOwn(code, scope, directory)) ?? false);

    /// <summary>A recipient is not told through the feed who else was served.</summary>
    private static EvidenceEntry OwnPart(EvidenceEntry entry, Scope scope, AgencyDirectory directory) =>
        entry with { Recipients = entry.Recipients?.Where(code => IsOwn(code, scope, directory)).ToList(), Caller = null, Actor = null, Detail = IsStatus(entry) ? entry.Detail : null };

    /// <summary>The detail of an accepted status names the document it speaks of.</summary>
    private static bool IsStatus(EvidenceEntry entry) => entry is { Event: EvidenceEvents.SubmissionAcceptance, Kind: "status" };

    private static bool IsOwn(string code, Scope scope, AgencyDirectory directory) => directory.Find(code) is { } agency && scope.Allows(agency.Id);
}
