using DocExchange.Core.Envelopes;

namespace DocExchange.Storage.Sqlite;

/// <summary>What waits in all mailboxes together.</summary>
/// <param name="Oldest">When the oldest of them came; null when nothing waits.</param>
public sealed record WaitingItems(MessageKind Kind, long Count, DateTimeOffset? Oldest);

/// <summary>Sizes and queues of the store as they are now.</summary>
/// <param name="Entries">Entries of the current epoch's log.</param>
/// <param name="InDoubt">Copies that a restore found waiting and nothing has happened to since.</param>
public sealed record StoreFigures(
    IReadOnlyList<WaitingItems> Waiting, long DeadLetters, long InDoubt, long Entries, long DatabaseBytes, long LogFileBytes)
{
    internal static StoreFigures Read(Database database, EpochIds ids, string folder)
    {
        var path = Path.Combine(folder, "store", "exchange.db");
        return new StoreFigures(
            [ReadWaiting(database, MessageKind.Document), ReadWaiting(database, MessageKind.Status)],
            database.Prepare("SELECT count(*) FROM delivery WHERE state = 3").RunScalar() ?? 0,
            database.Prepare("SELECT count(*) FROM delivery WHERE state < 2 AND document < ?1 AND updated_at < ?2").Bind(1, ids.Restored?.First ?? 0).Bind(2, ids.Restored?.At ?? default).RunScalar() ?? 0,
            EpochIds.IndexInEpoch((database.Prepare("SELECT max(idx) FROM log").RunScalar() ?? -1) + 1),
            LengthOf(path),
            LengthOf(path + "-wal"));
    }

    // Over the index of open items alone; documents are numbered as they come, so the smallest number is the oldest.
    private static WaitingItems ReadWaiting(Database database, MessageKind kind)
    {
        var statement = database.Prepare("SELECT count(*), min(document) FROM delivery INDEXED BY delivery_open WHERE state < 2 AND kind = ?1").Bind(1, (long)kind);
        long count;
        long? oldest;
        try
        {
            statement.Step();
            (count, oldest) = (statement.Long(0), statement.LongOrNull(1));
        }
        finally
        {
            statement.Reset();
        }
        var since = oldest is { } document ? database.Prepare("SELECT min(created_at) FROM delivery WHERE document = ?1").Bind(1, document).RunScalar() : null;
        return new WaitingItems(kind, count, since is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null);
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
