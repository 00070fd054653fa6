using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Ports;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>One page of the log, each leaf with its event where the filter shows it.</summary>
internal static class ExportReads
{
    private const string Plain = "SELECT l.idx, l.hash, l.salt, l.entry, 1 FROM log l WHERE l.idx >= ?1 AND l.idx < ?2 ORDER BY l.idx LIMIT ?3";

    /// <summary>
    /// Filters speak of the document an event concerns; an event of no document is shown only by an export that shows all, but what an agency sent
    /// and was refused is its own too. The first entry of a log that goes on from an earlier one is shown by every export: it says that there is more.
    /// </summary>
    private const string Filtered = """
        SELECT l.idx, l.hash, l.salt, l.entry, l.idx = ?8 OR (
               (?4 IS NULL OR (?5 <> 1 AND d.sender_id IN (SELECT value FROM json_each(?4)))
                OR (?5 <> 1 AND l.document IS NULL AND l.system IS NOT NULL AND json_extract(CAST(l.entry AS TEXT), '$.sender') IN (
                    SELECT code FROM agency WHERE id IN (SELECT value FROM json_each(?4)) UNION ALL SELECT code FROM agency_alias WHERE agency_id IN (SELECT value FROM json_each(?4))))
                OR (?5 <> 0 AND EXISTS (SELECT 1 FROM delivery v WHERE v.document = d.number AND v.agency_id IN (SELECT value FROM json_each(?4)))))
               AND (?6 IS NULL OR l.document = ?6 OR d.about = ?6)
               AND (?7 IS NULL OR EXISTS (SELECT 1 FROM delivery v WHERE v.document = d.number AND v.state = ?7)))
        FROM log l LEFT JOIN document d ON d.number = l.document WHERE l.idx >= ?1 AND l.idx < ?2 ORDER BY l.idx LIMIT ?3
        """;

    private const int BothDirections = 2;

    public static ExportPage Page(Database database, EpochIds ids, LogEpoch epoch, ExportFilter filter, ExportStretch stretch)
    {
        var first = EpochIds.FirstOf(epoch.Ordinal);
        var statement = database.Prepare(filter.Selects ? Filtered : Plain).Bind(1, first + stretch.From).Bind(2, first + stretch.End).Bind(3, stretch.Most);
        if (filter.Selects) Bind(statement, ids, filter).Bind(8, epoch.Ordinal == 1 ? -1 : first);
        var leaves = statement.ReadAll(row => row.Bool(4) && !row.IsNull(3)
            ? new ExportLeaf(row.Long(0) - first, row.Blob(1), row.Blob(2), row.Blob(3))
            : new ExportLeaf(row.Long(0) - first, row.Blob(1), null, null));
        if (leaves.Count == 0) return new ExportPage([], []);
        var batches = database.Prepare("SELECT size, key_id, note, signature FROM checkpoint WHERE size > ?1 AND size <= ?2 ORDER BY size")
            .Bind(1, first + stretch.From).Bind(2, first + leaves[^1].Index + 1).ReadAll(row => new ExportBatch(row.Long(0) - first, row.Text(1), row.Blob(2), row.Blob(3)));
        return new ExportPage(leaves, batches);
    }

    private static Statement Bind(Statement statement, EpochIds ids, ExportFilter filter)
    {
        long? document = filter.Document is null ? null : ids.TryParse(filter.Document, out var number) ? number : -1;
        return statement.Bind(4, filter.Agency is { } agency ? $"[{string.Join(',', agency.Ids)}]" : null).Bind(5, filter.Direction is { } direction ? (int)direction : BothDirections)
            .Bind(6, document).Bind(7, filter.State is { } state ? (long?)(int)state : null);
    }
}
