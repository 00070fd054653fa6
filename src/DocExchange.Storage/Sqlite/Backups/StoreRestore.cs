using System.Security.Cryptography;
using DocExchange.Core;
using DocExchange.Core.Evidence;
using DocExchange.Core.Packages.Outlines;
using DocExchange.Storage.Sqlite.Log;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>What a restore made.</summary>
/// <param name="InDoubt">Copies that were waiting in mailboxes: some may have been fetched or answered after the backup.</param>
public sealed record Restored(BackupManifest From, LogEpoch Epoch, long Entries, long Documents, long Bodies, long InDoubt);

/// <summary>
/// Makes a data folder of a backup. Every digest is checked, and the folder begins a new epoch: what the old hub did after the backup was
/// taken is lost here, and nothing may be signed again in the name of the log that witnessed it.
/// </summary>
public static class StoreRestore
{
    /// <exception cref="StoreRefusedException">The backup is damaged or the folder is not empty; no folder was made that a hub would start on.</exception>
    public static Restored Run(string from, string data, TimeProvider time)
    {
        var manifest = BackupManifest.Read(from);
        // Keys come from elsewhere and may be there already.
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any(e => Path.GetFileName(e) != "keys"))
        {
            throw new StoreRefusedException($"{data} is not empty. A backup is restored into an empty folder (keys/ may be in it); what is there stays as it is.");
        }
        var store = Path.Combine(data, "store");
        // A folder without exchange.db is one that no hub takes for its own: the name is given at the very end.
        var arriving = Path.Combine(store, "arriving.db");
        DurableFile.CreateDirectory(data);
        DurableFile.CreateDirectory(store);
        DurableFile.CreateDirectory(Path.Combine(data, "bodies"));
        CopyStore(from, manifest, arriving);
        Restored restored;
        using (var database = Database.Open(arriving, readOnly: false))
        {
            restored = Finish(database, from, data, manifest, time.GetUtcNow());
        }
        File.Move(arriving, Path.Combine(store, "exchange.db"));
        DurableFile.SyncDirectory(store);
        new FolderIdentity(manifest.Hub, restored.Epoch.Origin).Write(data);
        return restored;
    }

    private static Restored Finish(Database database, string from, string data, BackupManifest manifest, DateTimeOffset now)
    {
        var head = CheckStore(database, manifest);
        var bodies = CopyBodies(database, from, data, manifest);
        var entries = database.Prepare("SELECT count(*) FROM log").RunScalar() ?? 0;
        var documents = database.Prepare("SELECT count(*) FROM document").RunScalar() ?? 0;
        var inDoubt = database.Prepare("SELECT count(*) FROM delivery WHERE state < 2").RunScalar() ?? 0;
        var says = $"{EpochStart.After(head.Origin, head)}: restored from a backup of {EvidenceTime.Write(manifest.TakenAt)}";
        var epoch = EpochStart.PrepareRestored(database, manifest.Hub, now, says);
        return new Restored(manifest, epoch, entries, documents, bodies, inDoubt);
    }

    private static void CopyStore(string from, BackupManifest manifest, string to)
    {
        foreach (var file in manifest.Changes.Prepend(manifest.Store)) CheckDigest(from, file);
        using var copy = DurableFile.Create(to);
        using (var store = File.OpenRead(Path.Combine(from, manifest.Store.File))) store.CopyTo(copy);
        foreach (var changes in manifest.Changes) ChangedPages.Apply(copy.SafeFileHandle, Path.Combine(from, changes.File), changes.Bytes);
        DurableFile.SyncFile(copy.SafeFileHandle);
    }

    private static void CheckDigest(string folder, BackupFile file)
    {
        var path = Path.Combine(folder, file.File);
        if (!File.Exists(path)) throw new StoreRefusedException($"The backup is not whole: {path} is missing.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[256 * 1024];
        var left = file.Bytes;
        int read;
        while (left > 0 && (read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left))) > 0)
        {
            hash.AppendData(buffer, 0, read);
            left -= read;
        }
        if (left > 0 || Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256) throw new StoreRefusedException($"The backup is damaged: {path} is not what was written.");
    }

    private static Checkpoint CheckStore(Database database, BackupManifest manifest)
    {
        Migrator.Migrate(database);
        var check = database.Prepare("PRAGMA quick_check(1)");
        var sound = check.Step() ? check.Text(0) : "";
        check.Reset();
        if (sound != "ok") throw new StoreRefusedException($"The backup's store is damaged: {sound}.");
        if (LogCheck.Fault(database, EpochStart.Ids(database, EpochStart.Read(database))) is { } fault) throw new StoreRefusedException($"The backup's log is not whole: {fault}.");
        var head = LogCheck.NewestHead(database);
        if (head is null || head.Origin != manifest.Log.Origin || head.Size < manifest.Log.Size)
        {
            throw new StoreRefusedException($"The backup says that its log reaches to entry {manifest.Log.Size} of {manifest.Log.Origin}, but it ends at {head?.Size ?? 0} of {head?.Origin}.");
        }
        return head;
    }

    /// <summary>Copies the originals and checks every one of them.</summary>
    private static long CopyBodies(Database database, string from, string data, BackupManifest manifest)
    {
        SharedCopies.Append(from, data);
        var copied = 0L;
        var statement = database.Prepare("""
            SELECT lower(hex(b.digest)), b.inline_bytes, b.shared_file, b.shared_offset, b.size, b.outline, lower(hex(o.digest)), o.inline_bytes, o.shared_file, o.shared_offset, o.size
            FROM body b LEFT JOIN body o ON o.id = b.derived_from ORDER BY b.id
            """);
        try
        {
            while (statement.Step())
            {
                var digest = statement.Text(0);
                // An original comes before what is derived of it.
                if (!statement.IsNull(5)) CheckDerived(statement, data, manifest);
                else if (!statement.IsNull(1) || !statement.IsNull(2))
                {
                    var found = statement.IsNull(1) ? SharedCopies.DigestOf(data, statement.Long(2), statement.Long(3), statement.Long(4)) : Convert.ToHexStringLower(SHA256.HashData(statement.Span(1)));
                    if (found != digest) throw Damaged(digest);
                }
                else if (BodyCopies.TryCopy(from, data, digest)) copied++;
                else if (!manifest.Missing.Contains(digest)) throw Damaged(digest);
            }
        }
        finally
        {
            statement.Reset();
        }
        return copied;
    }

    private static void CheckDerived(Statement row, string data, BackupManifest manifest)
    {
        var (digest, original) = (row.Text(0), row.Text(6));
        if (manifest.Missing.Contains(original)) return;
        using Stream? request = !row.IsNull(7) ? new MemoryStream(row.Blob(7), writable: false)
            : !row.IsNull(8) ? SharedCopies.Open(data, row.Long(8), row.Long(9), row.Long(10))
            : BodyCopies.Open(data, original);
        if (request is null) throw Damaged(digest);
        using var package = PackageOutline.Parse(row.Blob(5)).Open(request);
        if (Convert.ToHexStringLower(SHA256.HashData(package)) != digest) throw Damaged(digest);
    }

    private static StoreRefusedException Damaged(string digest) => new($"The backup is damaged: the original {digest} is missing or not what was stored.");
}
