using System.Diagnostics;
using DocExchange.Core;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>
/// A backup of a data folder whose hub may be running: the store first, then the originals it names, collection paused meanwhile. Keys are
/// never part of it. Used by a process of its own.
/// </summary>
public sealed class StoreBackup : IDisposable
{
    private const int CopySize = 4 * 1024 * 1024;
    private const int MostTries = 600;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>A manifest is written so often also when nothing happens, so that its age says whether the backup still follows.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly string _data;
    private readonly string _hub;
    private readonly TimeProvider _time;
    private readonly StoreFollower _follower;
    private readonly BackupFolder _target;
    private readonly BackupLimits _limits;
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private BackupManifest? _manifest;
    private Task<BackupFile>? _folding;
    private IReadOnlyList<string> _folded = [];
    private long _lastBody;
    private long _bodies;
    private long _ticked;
    private DateTimeOffset _marked;

    private StoreBackup(string data, string hub, TimeProvider time, StoreFollower follower, BackupFolder target, BackupLimits limits) =>
        (_data, _hub, _time, _follower, _target, _limits) = (data, hub, time, follower, target, limits);

    /// <exception cref="StoreRefusedException">One of the folders cannot be used; the message says why.</exception>
    public static StoreBackup Open(string data, string to, TimeProvider time) => Open(data, to, time, BackupLimits.Default);

    internal static StoreBackup Open(string data, string to, TimeProvider time, BackupLimits limits)
    {
        var identity = FolderIdentity.Read(data) ?? throw new StoreRefusedException($"{data} is no data folder of a hub.");
        var target = BackupFolder.Open(to, identity.HubName);
        try
        {
            return new StoreBackup(data, identity.HubName, time, StoreFollower.Open(data), target, limits);
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    /// <summary>Copies everything and publishes it: a whole backup of the moment this ends.</summary>
    /// <param name="follows">Keeps the changes under way, so that <see cref="Follow"/> can go on from here.</param>
    public async Task<BackupManifest> CopyAsync(bool follows, CancellationToken cancellationToken)
    {
        using var pause = await PauseAsync(cancellationToken).ConfigureAwait(false);
        SharedCopies.Begin(_data, _target.Path);
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        var store = _target.NameStore();
        await CopyStoreAsync(store, cancellationToken).ConfigureAwait(false);
        CopyBodies(cancellationToken);
        var at = _time.GetUtcNow();
        _follower.Read(_target.Take);
        var head = ReadHead();
        CopyBodies(cancellationToken);
        var copy = _target.Complete(store, _target.AllChanges);
        _target.Forget(follows ? _target.Closed : _target.AllChanges);
        var changes = follows ? _target.SyncChanges() : [];
        SharedCopies.Settle(_target.Path);
        var manifest = Publish(new BackupManifest(BackupManifest.FormatName, _hub, at, head, copy, changes, _bodies, [.. _missing]));
        SharedCopies.Sweep(_data, _target.Path);
        return manifest;
    }

    /// <summary>Adds what was committed since the last time; afterwards the backup holds everything acknowledged before this was called.</summary>
    /// <returns>The manifest as it now is; the earlier one while originals are being collected.</returns>
    public BackupManifest Follow(CancellationToken cancellationToken)
    {
        var at = _time.GetUtcNow();
        ReadChanges();
        var head = ReadHead();
        using var pause = CollectionPause.TryPause(_data);
        if (pause is null) return _manifest!;
        CopyBodies(cancellationToken);
        var store = TakeFolded() ?? _manifest!.Store;
        var changes = _target.SyncChanges();
        if (store == _manifest!.Store && changes.SequenceEqual(_manifest.Changes) && at - _manifest.TakenAt < Silence) return _manifest;
        Publish(new BackupManifest(BackupManifest.FormatName, _hub, at, head, store, changes, _bodies, [.. _missing]));
        Fold();
        return _manifest;
    }

    public void Dispose()
    {
        // It writes into the folder that is let go of next.
        if (_folding is not null) ((IAsyncResult)_folding).AsyncWaitHandle.WaitOne();
        _follower.Dispose();
        _target.Dispose();
    }

    private BackupManifest Publish(BackupManifest manifest)
    {
        manifest.Write(_target.Path);
        _target.Sweep(manifest);
        if (manifest.TakenAt - _marked >= Silence)
        {
            BackupMark.Write(_data, manifest.TakenAt);
            _marked = manifest.TakenAt;
        }
        return _manifest = manifest;
    }

    /// <summary>The copy may hold torn and half-old pages: every page that changed meanwhile is among the changes taken meanwhile.</summary>
    private async Task CopyStoreAsync(string path, CancellationToken cancellationToken)
    {
        using var copy = DurableFile.Create(path);
        var buffer = new byte[CopySize];
        long at = 0;
        int read;
        while ((read = await RandomAccess.ReadAsync(_follower.Store, buffer, at, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await copy.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            at += read;
            ReadNowAndThen();
        }
    }

    private void CopyBodies(CancellationToken cancellationToken)
    {
        while (_follower.Query(database => BodyList.After(database, _lastBody)) is { Count: > 0 } page)
        {
            foreach (var (id, digest) in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (BodyCopies.TryCopy(_data, _target.Path, digest)) _bodies++;
                else _missing.Add(digest);
                _lastBody = id;
                ReadNowAndThen();
            }
        }
        SharedCopies.Append(_data, _target.Path);
    }

    private void ReadNowAndThen()
    {
        if (Stopwatch.GetElapsedTime(_ticked) < Tick) return;
        ReadChanges();
        _ticked = Stopwatch.GetTimestamp();
    }

    private void ReadChanges()
    {
        if (_follower.LogBytes > _limits.LogBytes) _follower.MakeRoom(_target.Take);
        else _follower.Read(_target.Take);
    }

    private BackupLogHead ReadHead()
    {
        var head = _follower.QueryRead(LogCheck.NewestHead) ?? throw new StoreRefusedException("The store's log has no signed checkpoint yet: start the hub once before it is backed up.");
        return new BackupLogHead(head.Origin, head.Size, Convert.ToBase64String(head.Root));
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        for (var tries = 0; !_follower.TryBegin(); tries++)
        {
            if (tries == MostTries) throw new StoreRefusedException("The store is read without a pause, so no backup could begin. Is another backup being made?");
            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IDisposable> PauseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (CollectionPause.TryPause(_data) is { } pause) return pause;
            await Task.Delay(Tick, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins a new copy of the store from the last one and the changes since, beside the following, so that changes do not pile up.</summary>
    private void Fold()
    {
        if (_folding is not null || _target.ClosedBytes < Math.Max(_limits.ChangesBytes, _manifest!.Store.Bytes / 2)) return;
        _folded = _target.Closed;
        var (from, to) = (Path.Combine(_target.Path, _manifest.Store.File), _target.NameStore());
        _folding = Task.Run(() =>
        {
            File.Copy(from, to);
            return _target.Complete(to, _folded);
        });
    }

    private BackupFile? TakeFolded()
    {
        if (_folding is not { IsCompleted: true } folded) return null;
        _folding = null;
        _target.Forget(_folded);
        return folded.GetAwaiter().GetResult();
    }
}
