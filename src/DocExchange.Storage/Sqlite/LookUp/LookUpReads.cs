using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.LookUp;

/// <summary>
/// Searches newest first. All conditions, the scope among them, are terms of one index whose lists are walked together from the newest
/// document on; each list skips to where the others are, so neither a word of every document nor a scope of few costs a scan.
/// </summary>
internal static class LookUpReads
{
    /// <summary>A scope of more agencies is not made into terms, which cost some 0.1 ms each: the rows decide, which for a large scope they mostly affirm.</summary>
    private const int MostScopeTerms = 32;

    /// <summary>From so many agencies on, a short look without their terms comes first: it is all there is to do for rare words and for busy scopes.</summary>
    private const int ManyScopeTerms = 3;

    private const int ShortLook = 200;

    /// <summary>A page ends here even if it is not full, so that no search holds a connection for long.</summary>
    private const int MostLooked = 10_000;

    public static SearchPage Search(Database database, EpochIds ids, Scope scope, DocumentSearch search)
    {
        var (numbers, next) = search.DocumentId is { } id ? (ByDocumentId(database, scope, id, search.Limit), null) : Walk(database, ids, scope, search);
        return new SearchPage([.. numbers.Select(n => FoundRows.Read(database, ids, scope, n))], next is { } last ? ids.Document(last) : null);
    }

    private static (List<long> Numbers, long? Next) Walk(Database database, EpochIds ids, Scope scope, DocumentSearch search)
    {
        if (search.Senders is { Count: 0 } || search.Recipients is { Count: 0 } || scope.Agencies is { Count: 0 }) return ([], null);
        if (search.Code is { } wanted && LookUpTerms.Code(wanted).Length == 0) return ([], null);
        var before = search.After is { } after && ids.TryParse(after, out var last) ? last : long.MaxValue;
        if (search.Until is { } until) before = Math.Min(before, FirstSince(database, until));
        var from = search.From is { } since ? FirstSince(database, since) : 0;
        var walk = new LookUpWalk(database, new RowChecks(database, scope, search), before, from, search.Limit);

        var conditions = Conditions(search);
        var agencies = scope.Agencies?.Count ?? 0;
        if (agencies >= ManyScopeTerms)
        {
            var looked = walk.Look(conditions, agencies > MostScopeTerms ? MostLooked : ShortLook);
            if (looked.IsWhole || agencies > MostScopeTerms) return (looked.Numbers, looked.Next);
        }
        if (scope.Agencies is { } own) conditions.Add(ScopeOf(own, search.Direction));
        var found = walk.Look(conditions, MostLooked);
        return (found.Numbers, found.Next);
    }

    private static List<string> Conditions(DocumentSearch search)
    {
        var conditions = new List<string>();
        conditions.AddRange(LookUpTerms.Words(search.Words).Select(Quoted));
        if (search.Code is { } code) conditions.Add(Quoted(search.WholeCode ? LookUpTerms.WholeCode(code) : LookUpTerms.BeginningOfCode(code)));
        if (search.Senders is { } senders) conditions.Add(AnyOf(senders.Select(LookUpTerms.Sender)));
        if (search.Recipients is { } recipients) conditions.Add(AnyOf(recipients.Select(LookUpTerms.Recipient)));
        if (search.Kind is { } kind) conditions.Add(Quoted(LookUpTerms.Kind(kind)));
        return conditions;
    }

    private static string ScopeOf(IReadOnlySet<long> agencies, SearchDirection direction)
    {
        var sent = direction == SearchDirection.Received ? [] : agencies.Select(LookUpTerms.Sender);
        var received = direction == SearchDirection.Sent ? [] : agencies.Select(LookUpTerms.Recipient);
        return AnyOf(sent.Concat(received));
    }

    private static List<long> ByDocumentId(Database database, Scope scope, string documentId, int limit)
    {
        var numbers = new List<long>();
        var checks = new RowChecks(database, scope, new DocumentSearch());
        var statement = database.Prepare("SELECT number FROM document WHERE document_id = ?1 AND kind = 0 ORDER BY number DESC LIMIT 1000").Bind(1, documentId);
        try
        {
            while (numbers.Count < limit && statement.Step())
            {
                if (checks.Hold(statement.Long(0))) numbers.Add(statement.Long(0));
            }
        }
        finally
        {
            statement.Reset();
        }
        return numbers;
    }

    /// <summary>The first document accepted at this time or later. Times never go back with the numbers, so halving finds it without an index of times.</summary>
    private static long FirstSince(Database database, DateTimeOffset time)
    {
        var (low, high) = (0L, (database.Prepare("SELECT max(number) FROM document").RunScalar() ?? 0) + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var accepted = database.Prepare("SELECT accepted_at FROM document WHERE number >= ?1 ORDER BY number LIMIT 1").Bind(1, middle).RunScalar();
            if (accepted is { } at && at < time.ToUnixTimeMilliseconds()) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static string AnyOf(IEnumerable<string> terms) => "(" + string.Join(" OR ", terms.Select(Quoted)) + ")";

    private static string Quoted(string term) => "\"" + term + "\"";
}
