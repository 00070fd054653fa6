using System.Collections.Concurrent;
using DocExchange.Core;

namespace DocExchange.Storage.Packages;

/// <summary>
/// Larger originals as files named by their digest. A name appears only after its bytes were synced, and counts as there only after its
/// directory was; what is being committed is pinned against collection.
/// </summary>
public sealed class FileBodies
{
    private readonly ConcurrentDictionary<string, int> _pins = [];
    private readonly string _bodies;
    private readonly bool _syncDirectories;

    /// <param name="folder">The data folder.</param>
    /// <param name="syncDirectories">Only a proof that the syncs matter turns this off.</param>
    internal FileBodies(string folder, bool syncDirectories)
    {
        (_bodies, Staging, _syncDirectories) = (Path.Combine(folder, "bodies"), Path.Combine(folder, "staging"), syncDirectories);
        DurableFile.CreateDirectory(_bodies);
        DurableFile.CreateDirectory(Staging);
        foreach (var left in Directory.EnumerateFiles(Staging)) File.Delete(left);
        var missing = Enumerable.Range(0, 256).Select(i => Path.Combine(_bodies, i.ToString("x2"))).Where(d => !Directory.Exists(d)).ToList();
        foreach (var directory in missing) Directory.CreateDirectory(directory);
        if (missing.Count > 0) DurableFile.SyncDirectory(_bodies);
    }

    public FileBodies(string folder)
        : this(folder, syncDirectories: true)
    {
    }

    /// <summary>Where arriving bytes lie until they are kept; emptied at every start.</summary>
    internal string Staging { get; }

    internal string PathOf(string digest) => Path.Combine(_bodies, digest[..2], digest);

    /// <summary>Gives a synced staging file its name. Pinned until <see cref="Unpin"/>.</summary>
    internal void Keep(string staged, string digest)
    {
        _pins.AddOrUpdate(digest, 1, (_, n) => n + 1);
        var path = PathOf(digest);
        if (File.Exists(path))
        {
            // It may stem from a run that died between its rename and its syncs: what is there is made durable again before it is relied on.
            using (var there = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(there);
            File.Delete(staged);
        }
        else
        {
            File.Move(staged, path, overwrite: true);
        }
        if (_syncDirectories) DurableFile.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    internal void Unpin(string digest)
    {
        if (_pins.AddOrUpdate(digest, 0, (_, n) => n - 1) <= 0) _pins.TryRemove(new KeyValuePair<string, int>(digest, 0));
    }

    internal FileStream? Open(string digest)
    {
        var path = PathOf(digest);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024) : null;
    }

    /// <summary>Files older than <paramref name="before"/> that nobody pins, as digests.</summary>
    internal IEnumerable<string> Candidates(DateTime before) => Directory.EnumerateFiles(_bodies, "*", SearchOption.AllDirectories)
        .Where(f => File.GetLastWriteTimeUtc(f) < before)
        .Select(f => Path.GetFileName(f))
        .Where(d => !_pins.ContainsKey(d));

    /// <summary>Deletes one file unless it has been pinned meanwhile. Called inside the writer, so that no commit can name it.</summary>
    internal bool Delete(string digest)
    {
        if (_pins.ContainsKey(digest)) return false;
        File.Delete(PathOf(digest));
        return true;
    }
}
