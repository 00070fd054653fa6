using System.Text.Json;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>
/// Idempotency-Keys. A key is remembered in the commit of what it asked for, so that no crash leaves one without the other; a refusal
/// remembers none, because the same request is judged afresh when directory, rules or state have changed.
/// </summary>
internal static class RequestKeys
{
    /// <summary>Asks the key before anything is decided, and remembers it for what was accepted.</summary>
    public static CommitOutcome Decide(WriteSession session, KeyedRequest? request, Func<CommitOutcome> decide)
    {
        if (request is null) return decide();
        if (Find(session, request) is { } first)
        {
            return first.Fits
                ? new CommitOutcome.AlreadyAccepted(first.Receipt)
                : new CommitOutcome.Refused(new Problem(ProblemCatalogue.RequestKeyTaken, "Idempotency-Key", request.Key));
        }
        var outcome = decide();
        if (outcome is CommitOutcome.Accepted accepted) Insert(session, request, accepted.Receipt, repeated: false, accepted.Warnings);
        return outcome;
    }

    /// <summary>Remembers a key for a receipt, unless it stands for something already.</summary>
    public static RememberedRequest Remember(
        WriteSession session, KeyedRequest request, ReceiptRef receipt, bool repeated, IReadOnlyList<PackageWarning> warnings)
    {
        if (Find(session, request) is { } first) return first;
        Insert(session, request, receipt, repeated, warnings);
        return new RememberedRequest(true, receipt, repeated, warnings);
    }

    private static RememberedRequest? Find(WriteSession session, KeyedRequest request)
    {
        var statement = session.Prepare("SELECT digest, receipt, doc_id, repeated, warnings FROM request_key WHERE system = ?1 AND key = ?2")
            .Bind(1, request.SystemId).Bind(2, request.Key);
        try
        {
            if (!statement.Step()) return null;
            return new RememberedRequest(statement.Span(0).SequenceEqual(request.Digest.Span), new ReceiptRef(statement.Text(1), statement.Text(2)), statement.Bool(3),
                Warnings(statement.Text(4)));
        }
        finally
        {
            statement.Reset();
        }
    }

    private static void Insert(WriteSession session, KeyedRequest request, ReceiptRef receipt, bool repeated, IReadOnlyList<PackageWarning> warnings) =>
        session.Prepare("INSERT INTO request_key (system, key, digest, receipt, doc_id, repeated, warnings, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
            .Bind(1, request.SystemId).Bind(2, request.Key).Bind(3, request.Digest.Span).Bind(4, receipt.Id).Bind(5, receipt.DocId).Bind(6, repeated)
            .Bind(7, DocumentRow.WarningsJson(warnings)).Bind(8, session.Now).Run();

    private static List<PackageWarning> Warnings(string json)
    {
        using var list = JsonDocument.Parse(json);
        return [.. list.RootElement.EnumerateArray().Select(w => new PackageWarning(
            w.GetProperty("code").GetString()!, w.GetProperty("path").GetString()!, w.TryGetProperty("value", out var value) ? value.GetString() : null))];
    }
}
