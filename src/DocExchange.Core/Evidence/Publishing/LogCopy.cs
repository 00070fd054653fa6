namespace DocExchange.Core.Evidence.Publishing;

/// <summary>
/// A copy of a published log that believes nothing: only leaf hashes are fetched, everything above them is computed, and the root must be the
/// one that was signed. What is there already is not fetched again.
/// </summary>
public static class LogCopy
{
    /// <summary>Brings the copy up to the source's newest head. Returns that head; null when the source has none.</summary>
    /// <param name="ended">
    /// The log is no longer written to: a source that was restored may have less of it than the copy, which then keeps what it has.
    /// </param>
    /// <exception cref="LogDamagedException">The source's tiles do not give the root it signed, or it is another log; the copy's own head is as before.</exception>
    public static async Task<SignedHead?> UpdateAsync(LogSource source, string tag, LogFolder copy, bool ended, CancellationToken cancellationToken)
    {
        if (await source.HeadAsync(tag, cancellationToken).ConfigureAwait(false) is not { } head) return null;
        var before = copy.ReadCheckpoint();
        if (before?.Size == head.Checkpoint.Size && before.Root.AsSpan().SequenceEqual(head.Checkpoint.Root)) return head;
        if (ended && before?.Size > head.Checkpoint.Size && Holds(copy, before.Size, head.Checkpoint)) return head;
        if (before?.Size > head.Checkpoint.Size) throw new LogDamagedException($"The source has {head.Checkpoint.Size} entries, the copy {before.Size}: the source went back.");
        var resumed = before is null ? null : TileBuilder.Resume(before.Size, copy.ReadTile, copy.WriteTile);
        var tiles = resumed ?? new TileBuilder(copy.WriteTileOfMany);
        await FetchAsync(source, tag, tiles, head.Checkpoint.Size, cancellationToken).ConfigureAwait(false);
        if (!tiles.Root().AsSpan().SequenceEqual(head.Checkpoint.Root))
        {
            throw new LogDamagedException($"The tiles of {source.Place} do not give the root it signed for {head.Checkpoint.Size} entries{(before is null ? "" : ", or it no longer holds what was copied before")}.");
        }
        foreach (var (tile, hashes) in tiles.Edges()) copy.WriteTile(tile, hashes);
        if (resumed is null) copy.Sync();
        copy.WriteHead(head);
        return head;
    }

    /// <summary>Whether the copy begins with the entries of a smaller head.</summary>
    private static bool Holds(LogFolder copy, long size, Checkpoint smaller) =>
        TiledTree.Over(size, tile => copy.ReadTile(tile) ?? throw new LogDamagedException($"The copy's tile {tile.Path} is missing or too short.")).Root(smaller.Size).AsSpan().SequenceEqual(smaller.Root);

    private static async Task FetchAsync(LogSource source, string tag, TileBuilder tiles, long size, CancellationToken cancellationToken)
    {
        while (tiles.Size < size)
        {
            var number = tiles.Size / TileId.FullWidth;
            var tile = new TileId(0, number, (int)Math.Min(TileId.FullWidth, size - number * TileId.FullWidth));
            var hashes = await ReadTileAsync(source, tag, tile, cancellationToken).ConfigureAwait(false);
            for (var i = (int)(tiles.Size % TileId.FullWidth); i < tile.Width; i++) tiles.Append(hashes.AsSpan(i * MerkleHash.Size, MerkleHash.Size));
        }
    }

    /// <summary>A tile of a source, or the wider one that has replaced it.</summary>
    /// <exception cref="LogDamagedException">The source has no such tile.</exception>
    internal static async Task<byte[]> ReadTileAsync(LogSource source, string tag, TileId tile, CancellationToken cancellationToken)
    {
        var bytes = await source.ReadAsync($"{tag}/{tile.Path}", cancellationToken).ConfigureAwait(false)
            ?? await source.ReadAsync($"{tag}/{tile.Full.Path}", cancellationToken).ConfigureAwait(false)
            ?? throw new LogDamagedException($"{source.Place} has no tile {tile.Path}.");
        return bytes.Length >= tile.Width * MerkleHash.Size ? bytes : throw new LogDamagedException($"The tile {tile.Path} of {source.Place} is too short.");
    }
}
