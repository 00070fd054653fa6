using System.Text;
using DocExchange.Core.Ports;

namespace DocExchange.Core.Evidence.Publishing;

/// <summary>
/// Publishes the log's tiles and newest checkpoint as files, from what is durable in the store. The files are a function of the checkpoint's
/// size alone: full tiles, and one partial tile at the right edge of each level. So they can be thrown away and made again.
/// </summary>
public sealed class LogPublisher(ILogStore store, string folder) : IDisposable
{
    public const string EpochsFile = "epochs";

    /// <summary>Leaves read in one go: no read transaction stays open for a large log.</summary>
    private const int Page = 4096;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Logs whose full tiles were seen to be whole since this process began: a power cut happens before a start.</summary>
    private readonly HashSet<string> whole = [];

    public LogFolder FolderOf(LogEpoch epoch) => new(Path.Combine(folder, epoch.Tag));

    /// <summary>Leaves of the current epoch that are published.</summary>
    public long PublishedSize => FolderOf(store.Epochs[^1]).ReadCheckpoint()?.Size ?? 0;

    /// <summary>The list of all published logs; null before the first publication.</summary>
    public byte[]? ReadEpochs() => new LogFolder(folder).Read(EpochsFile);

    /// <summary>
    /// Publishes what was committed since the last time, and what is missing of the logs that have ended: after a restore all of them, after a
    /// new epoch the end of the one before. Returns the current log's size; 0 when there is nothing.
    /// </summary>
    /// <exception cref="LogDamagedException">The store's leaves do not give the root that was signed for a log; the others are published.</exception>
    public async Task<long> PublishAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long size = 0;
            LogDamagedException? damaged = null;
            foreach (var epoch in store.Epochs)
            {
                try
                {
                    size = await PublishAsync(epoch, cancellationToken).ConfigureAwait(false);
                }
                catch (LogDamagedException fault)
                {
                    damaged ??= fault;
                }
            }
            // Last, so that whoever finds a name in the list finds the log's head.
            WriteEpochs();
            return damaged is null ? size : throw damaged;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Makes the whole folder anew, every epoch from its first leaf, beside the old one, and puts it in its place.</summary>
    /// <exception cref="LogDamagedException">The store's leaves do not give the root that was signed; the old folder stays.</exception>
    public static async Task RebuildAsync(ILogStore store, string folder, CancellationToken cancellationToken)
    {
        var beside = folder + ".new";
        if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        using (var fresh = new LogPublisher(store, beside))
        {
            await fresh.PublishAsync(cancellationToken).ConfigureAwait(false);
        }
        var old = folder + ".old";
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        if (Directory.Exists(folder)) Directory.Move(folder, old);
        Directory.Move(beside, folder);
        foreach (var ended in store.Epochs.SkipLast(1)) KeepLonger(new LogFolder(Path.Combine(old, ended.Tag)), new LogFolder(Path.Combine(folder, ended.Tag)));
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
    }

    /// <summary>What was published of a log that has ended and the store no longer holds is made by nobody again.</summary>
    private static void KeepLonger(LogFolder old, LogFolder fresh)
    {
        if (old.ReadCheckpoint() is not { } published || published.Size <= (fresh.ReadCheckpoint()?.Size ?? 0)) return;
        if (Directory.Exists(fresh.Path)) Directory.Delete(fresh.Path, recursive: true);
        Directory.Move(old.Path, fresh.Path);
    }

    public void Dispose() => turn.Dispose();

    private async Task<long> PublishAsync(LogEpoch epoch, CancellationToken cancellationToken)
    {
        if (await store.HeadAsync(epoch, cancellationToken).ConfigureAwait(false) is not { } head) return 0;
        var files = FolderOf(epoch);
        var published = files.ReadCheckpoint();
        // Of a log that has ended others may hold more than the store it was restored into: what was published never goes back.
        if (epoch != store.Epochs[^1] && published?.Size > head.Checkpoint.Size) return 0;
        var holds = published is not null && (whole.Contains(epoch.Tag) || files.HasFullTiles(published.Size));
        if (!holds || published!.Size != head.Checkpoint.Size)
        {
            var resumed = holds ? TileBuilder.Resume(published!.Size, files.ReadTile, files.WriteTile) : null;
            var built = resumed is not null && await BuildAsync(resumed, epoch, head, files, syncs: false, cancellationToken).ConfigureAwait(false)
                || await BuildAsync(new TileBuilder(files.WriteTileOfMany), epoch, head, files, syncs: true, cancellationToken).ConfigureAwait(false);
            if (!built) throw new LogDamagedException($"The leaves of {epoch.Origin} do not give the root signed for its {head.Checkpoint.Size} entries.");
            if (published is not null) RemoveReplaced(files, published.Size, head.Checkpoint.Size);
        }
        whole.Add(epoch.Tag);
        await PublishProofsAsync(epoch, files, cancellationToken).ConfigureAwait(false);
        return head.Checkpoint.Size;
    }

    /// <summary>False when the tiles do not give the head's root: then nothing of the head was published.</summary>
    /// <param name="syncs">The tiles are not durable one by one.</param>
    private async Task<bool> BuildAsync(TileBuilder tiles, LogEpoch epoch, SignedHead head, LogFolder files, bool syncs, CancellationToken cancellationToken)
    {
        var size = head.Checkpoint.Size;
        while (tiles.Size < size)
        {
            var leaves = await store.LeavesAsync(epoch, tiles.Size, (int)Math.Min(Page, size - tiles.Size), cancellationToken).ConfigureAwait(false);
            if (leaves.Count == 0) return false;
            foreach (var leaf in leaves) tiles.Append(leaf);
        }
        if (tiles.Size != size || !tiles.Root().AsSpan().SequenceEqual(head.Checkpoint.Root)) return false;
        foreach (var (tile, hashes) in tiles.Edges()) files.WriteTile(tile, hashes);
        if (syncs) files.Sync();
        files.WriteHead(head);
        return true;
    }

    private static void RemoveReplaced(LogFolder files, long before, long now)
    {
        for (var level = 0; level < TileId.Levels(before); level++)
        {
            if (TileId.Edge(level, before) is { } old && TileId.Edge(level, now) != old) files.RemovePartial(old);
        }
    }

    /// <summary>The newest time-stamped head and each witness' newest co-signed one, in folders beside the newest head of all.</summary>
    private async Task PublishProofsAsync(LogEpoch epoch, LogFolder files, CancellationToken cancellationToken)
    {
        foreach (var stamp in await store.StampsAsync(epoch, 0, newest: true, cancellationToken).ConfigureAwait(false))
        {
            await PublishProofAsync(epoch, files, $"{LogFolder.StampedFolder}/{NameOf(stamp.Authority)}", stamp.Size, LogFolder.TokenFile, stamp.Token, cancellationToken).ConfigureAwait(false);
        }
        foreach (var cosignature in await store.CosignaturesAsync(epoch, 0, newest: true, cancellationToken).ConfigureAwait(false))
        {
            var below = $"{LogFolder.CosignedFolder}/{NameOf(cosignature.Witness)}";
            files.Write($"{below}/{LogFolder.WitnessChainFile}", Encoding.ASCII.GetBytes(PemChain.Write(cosignature.Chain)));
            await PublishProofAsync(epoch, files, below, cosignature.Size, LogFolder.WitnessSignatureFile, cosignature.Signature, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PublishProofAsync(LogEpoch epoch, LogFolder files, string below, long size, string name, byte[] proof, CancellationToken cancellationToken)
    {
        if (files.Read($"{below}/{name}") is { } known && known.AsSpan().SequenceEqual(proof)) return;
        if (await store.HeadAtAsync(epoch, size, cancellationToken).ConfigureAwait(false) is not { } head) return;
        files.Write($"{below}/{name}", proof);
        files.WriteHead(head, below);
    }

    private static string NameOf(string given) => new([.. given.Select(c => LogFolder.IsName(c.ToString()) ? c : '_')]);

    /// <summary>The origins of all logs, oldest first, one to a line: where a mirror or witness begins.</summary>
    private void WriteEpochs()
    {
        var list = Encoding.UTF8.GetBytes(string.Concat(store.Epochs.Select(epoch => epoch.Origin + "\n")));
        if (ReadEpochs() is { } known && known.AsSpan().SequenceEqual(list)) return;
        new LogFolder(folder).Write(EpochsFile, list);
    }
}

/// <summary>The log in the store is not the one that was signed.</summary>
public sealed class LogDamagedException(string message) : Exception(message);
