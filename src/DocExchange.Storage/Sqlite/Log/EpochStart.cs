using System.Globalization;
using System.Security.Cryptography;
using DocExchange.Core.Evidence;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>
/// Begins a new life of a data folder: a log with an origin of its own, whose first leaf names the previous one and its last known head. In two
/// steps that any crash may part: the row and what the first leaf will say, then identity file and leaf at the next opening.
/// </summary>
internal static class EpochStart
{
    private static readonly DateTimeOffset DayZero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const string SaysKey = "epoch_start";
    private const string RestoredKey = "restored_epoch";
    private const string AcceptedKey = "accepted_origin ";

    public static List<LogEpoch> Read(Database database) =>
        database.Prepare("SELECT ordinal, tag, origin, started FROM epoch ORDER BY ordinal").ReadAll(row => new LogEpoch(row.Int(0), row.Text(1), row.Text(2), row.Time(3)));

    /// <summary>Writes the row of the next epoch; the folder's store is opened by nobody else.</summary>
    /// <param name="says">The rest of the first leaf's detail: the previous log's head and why there is a new one.</param>
    /// <param name="accepted">Origins of logs that are lost and will be met outside.</param>
    public static LogEpoch Prepare(Database database, string hubName, DateTimeOffset now, string says, IEnumerable<string> accepted)
    {
        var last = Read(database).LastOrDefault();
        var tag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var next = new LogEpoch(last is null ? 1 : OrdinalAfter(last, now), tag, $"{hubName}/{tag}", now);
        database.Execute("BEGIN IMMEDIATE");
        database.Prepare("INSERT INTO epoch (ordinal, tag, origin, started) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, next.Ordinal).Bind(2, next.Tag).Bind(3, next.Origin).Bind(4, next.Started).Run();
        database.Prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)").Bind(1, SaysKey).Bind(2, (next.Origin + " " + says).TrimEnd()).Run();
        foreach (var origin in accepted) database.Prepare("INSERT OR IGNORE INTO meta (key, value) VALUES (?1, '')").Bind(1, AcceptedKey + origin).Run();
        database.Execute("COMMIT");
        return next;
    }

    /// <summary>Begins the epoch of a store that was taken from a backup.</summary>
    public static LogEpoch PrepareRestored(Database database, string hubName, DateTimeOffset now, string says)
    {
        var next = Prepare(database, hubName, now, says, []);
        database.Prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)").Bind(1, RestoredKey).Bind(2, next.Ordinal.ToString(CultureInfo.InvariantCulture)).Run();
        return next;
    }

    /// <summary>The ids of a store that has lived through these epochs.</summary>
    public static EpochIds Ids(Database database, IReadOnlyList<LogEpoch> epochs) => new(
        epochs.ToDictionary(epoch => epoch.Ordinal, epoch => epoch.Tag), epochs[^1].Ordinal,
        database.Prepare("SELECT ordinal, started FROM epoch WHERE ordinal = (SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?1)").Bind(1, RestoredKey)
            .ReadAll(row => new RestoreMark(EpochIds.FirstOf(row.Int(0)), row.Time(1))).FirstOrDefault());

    public static List<string> AcceptedOrigins(Database database) =>
        database.Prepare("SELECT substr(key, ?2) FROM meta WHERE key LIKE ?1 || '%'").Bind(1, AcceptedKey).Bind(2, AcceptedKey.Length + 1).ReadAll(row => row.Text(0));

    /// <summary>How the first leaf names a log that has ended.</summary>
    public static string After(string origin, Checkpoint? head) => head is null
        ? $"after {origin}, whose head is not known"
        : $"after {origin} {head.Size.ToString(CultureInfo.InvariantCulture)} {Convert.ToBase64String(head.Root)}";

    /// <summary>True while the newest epoch waits for its first leaf.</summary>
    public static bool IsPending(Database database) => database.Prepare("SELECT 1 FROM meta WHERE key = ?1").Bind(1, SaysKey).RunScalar() is not null;

    /// <summary>Writes the first leaf of the current epoch.</summary>
    public static long Witness(WriteSession session, string origin)
    {
        var says = session.Prepare("SELECT value FROM meta WHERE key = ?1").Bind(1, SaysKey).ReadAll(row => row.Text(0)).FirstOrDefault() ?? origin;
        session.Prepare("DELETE FROM meta WHERE key = ?1").Bind(1, SaysKey).Run();
        return session.Witness(new EvidenceEntry { Event = EvidenceEvents.LogStarted, Time = session.Now, Detail = says });
    }

    /// <summary>
    /// Counted on from the day, not from the last ordinal: where one backup is restored twice, the second must not give out the numbers that the
    /// first gave out and lost.
    /// </summary>
    private static int OrdinalAfter(LogEpoch last, DateTimeOffset now) => Math.Max(last.Ordinal + 1, (int)(now - DayZero).TotalDays) + RandomNumberGenerator.GetInt32(16);
}
