using System.Globalization;
using System.Security.Cryptography;
using DocExchange.Core;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>Where a backup goes: copies of the store, changes since, originals, and the manifest that says which of them count.</summary>
internal sealed class BackupFolder : IDisposable
{
    private const string LockName = "backup.lock";
    private readonly FileStream _lock;
    private readonly Dictionary<string, BackupFile> _closed = [];
    private readonly List<string> _changes = [];
    private ChangesFile? _current;
    private int _next;
    private string? _making;

    private BackupFolder(string path, FileStream held)
    {
        (Path, _lock) = (path, held);
        DurableFile.CreateDirectory(System.IO.Path.Combine(path, "bodies"));
        _next = Directory.EnumerateFiles(path).Select(f => NumberOf(System.IO.Path.GetFileName(f))).DefaultIfEmpty().Max();
    }

    public string Path { get; }

    /// <summary>Names of changes files of generations that are over.</summary>
    public IReadOnlyList<string> Closed => [.. _changes.SkipLast(1)];

    public long ClosedBytes => _closed.Values.Sum(c => c.Bytes);

    /// <exception cref="StoreRefusedException">It holds something else, another hub's backup, or another backup runs into it.</exception>
    public static BackupFolder Open(string path, string hub)
    {
        var manifest = System.IO.Path.Combine(path, BackupManifest.FileName);
        var own = new[] { LockName, "bodies", SharedCopies.Folder, BackupManifest.FileName };
        if (File.Exists(manifest))
        {
            if (BackupManifest.Read(path).Hub is var other && other != hub) throw new StoreRefusedException($"{path} holds a backup of the hub {other}, and this one is {hub}. Give each hub a folder of its own.");
        }
        else if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(e => !own.Contains(System.IO.Path.GetFileName(e)) && NumberOf(System.IO.Path.GetFileName(e)) == 0))
        {
            throw new StoreRefusedException($"{path} is not empty and holds no backup. Name an empty folder, or one that a backup was made to before.");
        }
        DurableFile.CreateDirectory(path);
        try
        {
            return new BackupFolder(path, new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new StoreRefusedException($"Another backup is being written to {path}.");
        }
    }

    /// <summary>A new name for a copy of the store, which counts once the manifest names it.</summary>
    public string NameStore()
    {
        _making = Name("store-", ".db");
        return System.IO.Path.Combine(Path, _making);
    }

    public void Take(WalPiece piece)
    {
        if (piece.Begins) BeginChanges();
        _current!.Append(piece.Bytes.Span);
    }

    /// <summary>Puts all changes taken so far into a copy of the store, makes it durable, and says what the manifest shall say of it.</summary>
    public BackupFile Complete(string store, IEnumerable<string> changes)
    {
        using var file = File.OpenHandle(store, FileMode.Open, FileAccess.ReadWrite);
        foreach (var name in changes) ChangedPages.Apply(file, System.IO.Path.Combine(Path, name), new FileInfo(System.IO.Path.Combine(Path, name)).Length);
        DurableFile.SyncFile(file);
        return Describe(file, System.IO.Path.GetFileName(store));
    }

    public IReadOnlyList<string> AllChanges => [.. _changes];

    /// <summary>Forgets changes that a copy of the store holds by now; their files go with the next <see cref="Sweep"/>.</summary>
    public void Forget(IEnumerable<string> changes)
    {
        foreach (var name in changes)
        {
            _changes.Remove(name);
            _closed.Remove(name);
        }
    }

    /// <summary>Makes all changes durable and describes them in their order.</summary>
    public IReadOnlyList<BackupFile> SyncChanges() =>
        [.. _changes.Select(name => _closed.TryGetValue(name, out var closed) ? closed : _current!.Sync())];

    /// <summary>Removes what the manifest does not name and is not being made.</summary>
    public void Sweep(BackupManifest manifest)
    {
        var named = manifest.Changes.Select(c => c.File).Append(manifest.Store.File).Append(_making).Concat(_changes).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Path))
        {
            var name = System.IO.Path.GetFileName(file);
            if (NumberOf(name) > 0 && !named.Contains(name)) File.Delete(file);
        }
    }

    public void Dispose()
    {
        if (_making is not null && File.Exists(System.IO.Path.Combine(Path, BackupManifest.FileName)) && BackupManifest.Read(Path).Store.File != _making) File.Delete(System.IO.Path.Combine(Path, _making));
        _current?.Dispose();
        _lock.Dispose();
    }

    private void BeginChanges()
    {
        if (_current is { } over)
        {
            _closed[over.Name] = over.Sync();
            over.Dispose();
        }
        _current = new ChangesFile(Path, Name("changes-", ".wal"));
        _changes.Add(_current.Name);
    }

    private static BackupFile Describe(Microsoft.Win32.SafeHandles.SafeFileHandle file, string name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1024 * 1024];
        long at = 0;
        int read;
        while ((read = RandomAccess.Read(file, buffer, at)) > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            at += read;
        }
        return new BackupFile(name, at, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private string Name(string prefix, string suffix) => prefix + (++_next).ToString("d6", CultureInfo.InvariantCulture) + suffix;

    /// <summary>The number in a name of ours; 0 for any other name.</summary>
    private static int NumberOf(string name) =>
        (name.StartsWith("store-", StringComparison.Ordinal) && name.EndsWith(".db", StringComparison.Ordinal))
        || (name.StartsWith("changes-", StringComparison.Ordinal) && name.EndsWith(".wal", StringComparison.Ordinal))
            ? int.TryParse(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..name.IndexOf('.', StringComparison.Ordinal)], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
            : 0;
}
