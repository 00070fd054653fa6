using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Ports;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>
/// Where a stretch of the log begins and ends. Evidence time never runs backwards, so a period is a stretch; it is widened to whole batches,
/// whose signed heads show that nothing of the period lies outside.
/// </summary>
internal static class ExportRanges
{
    public static ExportRange? Find(Database database, LogEpoch epoch, ExportFilter filter)
    {
        var first = EpochIds.FirstOf(epoch.Ordinal);
        if (HeadReads.Newest(database, epoch) is not { } newest) return null;
        var head = newest.Checkpoint.Size;
        var from = filter.From is { } since ? LastBefore(database, first, head, since) : 0;
        var end = newest;
        if (filter.Before is { } until && NextAfter(database, first, LastBefore(database, first, head, until)) is { } size) end = HeadReads.OfSize(database, epoch, size)!;
        if (filter.After is { } after) from = Math.Max(from, after);
        if (from > end.Checkpoint.Size) end = newest;
        var start = from == 0 ? null : HeadReads.OfSize(database, epoch, from);
        if (from < 0 || (from > 0 && start is null)) return null;
        return new ExportRange(FrontierAt(database, first, from), start, end);
    }

    /// <summary>Size of the newest head signed before a time; 0 when there is none.</summary>
    private static long LastBefore(Database database, long first, long head, DateTimeOffset time)
    {
        long low = 0, high = head;
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (HeadUpTo(database, first, middle) is { } found && found.Time >= time) high = found.Size - 1;
            else low = middle;
        }
        return HeadUpTo(database, first, low)?.Size ?? 0;
    }

    private static Checkpoint? HeadUpTo(Database database, long first, long size) => database
        .Prepare("SELECT note FROM checkpoint WHERE size > ?1 AND size <= ?2 ORDER BY size DESC LIMIT 1").Bind(1, first).Bind(2, first + size)
        .ReadAll(row => Checkpoint.TryParse(row.Span(0), out var head) ? head : throw new InvalidDataException("A checkpoint in the store cannot be read.")).FirstOrDefault();

    private static long? NextAfter(Database database, long first, long size) =>
        database.Prepare("SELECT min(size) FROM checkpoint WHERE size > ?1 AND size < ?2").Bind(1, first + size).Bind(2, EpochIds.EndOf(first)).ReadAll(row => row.LongOrNull(0))[0] - first;

    private static MerkleFrontier FrontierAt(Database database, long first, long size)
    {
        if (size == 0) return MerkleFrontier.Empty();
        var frontier = database.Prepare("SELECT first, peaks FROM checkpoint WHERE size = ?1").Bind(1, first + size)
            .ReadAll(row => MerkleFrontier.Parse(EpochIds.IndexInEpoch(row.Long(0)), row.Span(1)))[0];
        foreach (var leaf in database.Prepare("SELECT hash FROM log WHERE idx >= ?1 AND idx < ?2 ORDER BY idx").Bind(1, first + frontier.Size).Bind(2, first + size).ReadAll(row => row.Blob(0))) frontier.Append(leaf);
        return frontier;
    }
}
