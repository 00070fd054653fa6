using System.Security.Cryptography;
using DocExchange.Core.Evidence;

namespace DocExchange.Storage.Sqlite;

/// <summary>One life of a data folder: from its initialisation, or from a restore, to the next restore.</summary>
/// <param name="Origin">Name of its log, <c>hub/tag</c>.</param>
public sealed record Epoch(int Ordinal, string Tag, string Origin, DateTimeOffset Started);

/// <summary>The epochs a store has lived through.</summary>
internal static class Epochs
{
    private static readonly DateTimeOffset DayZero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static List<Epoch> Read(Database database)
    {
        var epochs = new List<Epoch>();
        var statement = database.Prepare("SELECT ordinal, tag, origin, started FROM epoch ORDER BY ordinal");
        while (statement.Step()) epochs.Add(new Epoch(statement.Int(0), statement.Text(1), statement.Text(2), statement.Time(3)));
        statement.Reset();
        return epochs;
    }

    public static EpochIds Ids(IReadOnlyList<Epoch> epochs) => new(epochs.ToDictionary(e => e.Ordinal, e => e.Tag), epochs[^1].Ordinal, epochs[^1].Started);

    /// <summary>
    /// Writes a new epoch into a store. A restored one counts on from the day, not from the last ordinal: where one backup is restored
    /// twice, the second must not give out the numbers that the first gave out and lost.
    /// </summary>
    public static Epoch Begin(Database database, string hub, DateTimeOffset now)
    {
        var known = Read(database);
        var ordinal = known.Count == 0 ? 1 : Math.Max(known[^1].Ordinal + 1, (int)(now - DayZero).TotalDays) + RandomNumberGenerator.GetInt32(16);
        var tag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var epoch = new Epoch(ordinal, tag, $"{hub}/{tag}", now);
        database.Prepare("INSERT INTO epoch (ordinal, tag, origin, started) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, ordinal).Bind(2, tag).Bind(3, epoch.Origin).Bind(4, now).Run();
        return epoch;
    }

    /// <summary>The detail of an epoch's first entry (docs/evidence-format.md §8).</summary>
    /// <param name="before">The newest head of the epochs before; null for the first.</param>
    public static string Beginning(Epoch epoch, Checkpoint? before) =>
        before is null ? epoch.Origin : $"{epoch.Origin} continues {before.Origin} size {before.Size} root {Convert.ToBase64String(before.Root)}";
}
