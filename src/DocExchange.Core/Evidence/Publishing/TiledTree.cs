namespace DocExchange.Core.Evidence.Publishing;

/// <summary>Proofs from a log's tiles: each costs as many tiles as the log has levels, not as many hashes as it has leaves.</summary>
public static class TiledTree
{
    /// <summary>The tiles a computation needs, found by running it over hashes of zeros: which it reads depends on sizes alone. For sources that answer later.</summary>
    public static IReadOnlyList<TileId> TilesFor(long size, Action<MerkleTree> computation)
    {
        var needed = new List<TileId>();
        computation(Over(size, tile =>
        {
            needed.Add(tile);
            return new byte[tile.Width * MerkleHash.Size];
        }));
        return needed;
    }

    /// <param name="size">Leaves of the log the tiles belong to.</param>
    /// <param name="read">The bytes of a tile that is at least as wide as asked; throws when there is none.</param>
    public static MerkleTree Over(long size, Func<TileId, byte[]> read)
    {
        var known = new Dictionary<(int, long), byte[]>();
        return new MerkleTree(Subtree);

        byte[] Subtree(int height, long position)
        {
            var (level, inside) = Math.DivRem(height, TileId.HeightBits);
            var first = position << inside;
            var number = first / TileId.FullWidth;
            if (!known.TryGetValue((level, number), out var hashes))
            {
                var width = (int)Math.Min(TileId.FullWidth, (size >> (TileId.HeightBits * level)) - number * TileId.FullWidth);
                known[(level, number)] = hashes = read(new TileId(level, number, width));
            }
            var start = (int)(first % TileId.FullWidth) * MerkleHash.Size;
            return TileBuilder.SubtreeRoot(hashes.AsSpan(start, MerkleHash.Size << inside));
        }
    }
}
