namespace DocExchange.Storage;

/// <summary>How the embedded store is opened.</summary>
public sealed record StoreOptions(string Folder, string HubName)
{
    /// <summary>Packages up to this size are written to a shared file, once for a whole commit; larger ones as files of their own. Bytes.</summary>
    public int SmallLimit { get; init; } = 128 * 1024;

    /// <summary>A shared file of small packages that has reached this size is followed by a new one. Bytes.</summary>
    internal long SharedFileSize { get; init; } = 256L * 1024 * 1024;

    /// <summary>Page cache of the writer, kibibytes. Not more: a commit in which pages of an index were split walks over all of it, and what is not in it the system still has.</summary>
    public int CacheKilobytes { get; init; } = 16 * 1024;

    /// <summary>FULL: every commit is on the disk before it is acknowledged. Only a proof that this matters opens with another value.</summary>
    internal string Synchronous { get; init; } = "FULL";

    /// <summary>Pages in the log file after which they are moved into the database; proofs make it small to see it happen.</summary>
    internal int CheckpointPages { get; init; } = 4000;

    /// <summary>Accepts without evidence: no leaf, no checkpoint, no receipt. Only the benchmark does, to measure what evidence costs.</summary>
    internal bool WithoutLog { get; init; }

    internal bool SyncDirectories { get; init; } = true;

    /// <summary>Ends the process at once: called when the disk failed to confirm a write.</summary>
    public Action<string> EndProcess { get; init; } = ProcessEnd.AtOnce;
}
