using DocExchange.Core.Evidence;

namespace DocExchange.Storage.Sqlite;

/// <summary>Whether the log of a store is whole, every epoch of it from its first leaf.</summary>
internal static class LogCheck
{
    /// <summary>The newest signed head; null while there is none.</summary>
    public static Checkpoint? NewestHead(Database database) => HeadAt(database, long.MaxValue);

    /// <summary>The sentence that says what is wrong; null when every leaf is where its epoch's newest checkpoint says.</summary>
    public static string? Fault(Database database, EpochIds ids)
    {
        foreach (var (first, end) in ids.Spans())
        {
            var frontier = MerkleFrontier.Empty();
            var leaves = database.Prepare("SELECT hash, idx FROM log WHERE idx >= ?1 AND idx < ?2 ORDER BY idx").Bind(1, first).Bind(2, end);
            try
            {
                while (leaves.Step())
                {
                    if (leaves.Long(1) != first + frontier.Size) return $"entry {frontier.Size} is missing";
                    if (leaves.Blob(0) is not { Length: MerkleHash.Size } hash) return $"entry {frontier.Size} is damaged";
                    frontier.Append(hash);
                }
            }
            finally
            {
                leaves.Reset();
            }
            if (frontier.Size == 0) continue;
            var head = HeadAt(database, end);
            if (head?.Size != frontier.Size || !head.Root.AsSpan().SequenceEqual(frontier.Root())) return $"its {frontier.Size} entries do not make the root that was signed";
        }
        return null;
    }

    /// <summary>The newest head that covers no number from <paramref name="end"/> on.</summary>
    public static Checkpoint? HeadAt(Database database, long end)
    {
        var statement = database.Prepare("SELECT note FROM checkpoint WHERE size <= ?1 ORDER BY size DESC LIMIT 1").Bind(1, end);
        try
        {
            return statement.Step() && Checkpoint.TryParse(statement.Span(0), out var head) ? head : null;
        }
        finally
        {
            statement.Reset();
        }
    }
}
