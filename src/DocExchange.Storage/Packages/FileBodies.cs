using System.Collections.Concurrent;
using DocExchange.Core;
using DocExchange.Core.Ports;

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
    private readonly Action<string> _endProcess;
    private volatile string? _problem;

    internal FileBodies(StoreOptions options)
    {
        (_bodies, Staging) = (Path.Combine(options.Folder, "bodies"), Path.Combine(options.Folder, "staging"));
        (_syncDirectories, _endProcess) = (options.SyncDirectories, options.EndProcess);
        DurableFile.CreateDirectory(_bodies);
        DurableFile.CreateDirectory(Staging);
        foreach (var left in Directory.EnumerateFiles(Staging)) File.Delete(left);
        var missing = Enumerable.Range(0, 256).Select(i => Path.Combine(_bodies, i.ToString("x2"))).Where(d => !Directory.Exists(d)).ToList();
        foreach (var directory in missing) Directory.CreateDirectory(directory);
        // Also when none is missing: the process that made them may have died before it synced their names.
        DurableFile.SyncDirectory(_bodies);
        DurableFile.SyncDirectory(options.Folder);
    }

    /// <summary>Why the last body could not be kept; null when it could.</summary>
    internal string? Problem => _problem;

    /// <summary>Where arriving bytes lie until they are kept; emptied at every start.</summary>
    internal string Staging { get; }

    internal string PathOf(string digest) => Path.Combine(_bodies, digest[..2], digest);

    /// <summary>Runs what changes the bodies' disk: no room is an answer for the caller, a lost sync the end of the process.</summary>
    /// <exception cref="StoreUnavailableException">The disk took nothing; nothing is kept.</exception>
    internal void Guard(Action change)
    {
        try
        {
            change();
            _problem = null;
        }
        catch (SyncFailedException fault) when (fault.IsLost)
        {
            // The answer must never leave; only the next start can tell what the disk holds.
            _endProcess("The disk failed to confirm a stored package (fsync). The hub ends now and recovers its store at the next start.");
            throw new StoreUnavailableException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _problem = fault.Message;
            throw new StoreUnavailableException("The disk takes no package at present; nothing of the request was kept.", fault);
        }
    }

    /// <summary>Tries to write and sync a file of the size that goes beside the store; false while there is no room for it.</summary>
    internal bool Probe(int bytes)
    {
        var path = Path.Combine(Staging, Ids.New());
        try
        {
            Guard(() =>
            {
                using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
                RandomAccess.Write(file, new byte[bytes], 0);
                DurableFile.SyncFile(file);
            });
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Gives a synced staging file its name. Pinned until <see cref="Unpin"/>, also when it fails.</summary>
    internal void Keep(string staged, string digest)
    {
        lock (_pins) _pins.AddOrUpdate(digest, 1, (_, n) => n + 1);
        var path = PathOf(digest);
        if (File.Exists(path))
        {
            // It may stem from a run that died between its rename and its syncs: what is there is made durable again before it is relied on.
            using (var there = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite)) DurableFile.SyncFile(there);
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
        // Looking and deleting are one step: who pins it before is heeded, who pins it after finds it gone.
        lock (_pins)
        {
            if (_pins.ContainsKey(digest)) return false;
            File.Delete(PathOf(digest));
            return true;
        }
    }
}
