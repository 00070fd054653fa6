using DocExchange.Storage.Packages;
using DocExchange.Storage.Sqlite.Backups;

namespace DocExchange.Storage.Sqlite;

/// <summary>
/// Removes files that no document names: what a crash left between giving a body its name and committing. Only files older than a day
/// that nobody is committing; each decision is made inside the writer, so that no commit can come between.
/// </summary>
internal static class BodyCollection
{
    private static readonly TimeSpan Spared = TimeSpan.FromDays(1);
    private const int SliceSize = 20;

    /// <summary>Returns how many files were removed; none while a backup copies them. In slices, so that acceptances wait for none of it.</summary>
    public static async Task<int> RunAsync(GroupWriter writer, FileBodies files, string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var collecting = CollectionPause.TryCollect(folder);
        if (collecting is null) return 0;
        var removed = 0;
        foreach (var slice in files.Candidates((now - Spared).UtcDateTime).Chunk(SliceSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            removed += await writer.RunAsync(session => slice.Count(digest => RemoveIfUnnamed(session, files, digest))).ConfigureAwait(false);
        }
        return removed;
    }

    private static bool RemoveIfUnnamed(WriteSession session, FileBodies files, string digest)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(digest);
        }
        catch (FormatException)
        {
            return false;
        }
        var named = session.Prepare("""
            SELECT 1 FROM body b JOIN document d ON d.body = b.id WHERE b.digest = ?1
            UNION ALL SELECT 1 FROM body b JOIN document d ON d.package_body = b.id WHERE b.digest = ?1
            UNION ALL SELECT 1 FROM body b JOIN relay_copy c ON c.body = b.id WHERE b.digest = ?1
            UNION ALL SELECT 1 FROM body b JOIN body o ON o.derived_from = b.id WHERE b.digest = ?1 LIMIT 1
            """).Bind(1, bytes).RunScalar() is not null;
        return !named && files.Delete(digest);
    }
}
