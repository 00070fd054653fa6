namespace DocExchange.Core.Evidence.Publishing;

/// <summary>
/// Appends leaves to a tiled log and gives away every tile that is complete. Holds one unfinished tile for each level, so that a log of any
/// size is built in memory of a few tiles; the same builder publishes, rebuilds and checks a mirror.
/// </summary>
public sealed class TileBuilder
{
    private readonly List<MemoryStream> edges = [];
    private readonly Action<TileId, byte[]> complete;

    /// <param name="complete">Called with every full tile; lower levels first.</param>
    public TileBuilder(Action<TileId, byte[]> complete) => this.complete = complete;

    /// <summary>Leaves appended so far, those of before included.</summary>
    public long Size { get; private set; }

    /// <summary>Goes on from a log that was built earlier.</summary>
    /// <param name="edge">The partial tiles of that size; null when one is missing.</param>
    /// <returns>Null when the edge is not whole: build from the first leaf instead.</returns>
    public static TileBuilder? Resume(long size, Func<TileId, byte[]?> edge, Action<TileId, byte[]> complete)
    {
        var builder = new TileBuilder(complete) { Size = size };
        for (var level = 0; level < TileId.Levels(size); level++)
        {
            var hashes = builder.EdgeAt(level);
            if (TileId.Edge(level, size) is not { } tile) continue;
            if (edge(tile) is not { } bytes || bytes.Length != tile.Width * MerkleHash.Size) return null;
            hashes.Write(bytes);
        }
        return builder;
    }

    public void Append(ReadOnlySpan<byte> leafHash)
    {
        Size++;
        Append(0, leafHash);
    }

    /// <summary>The partial tiles at the right edge: what a log of this size has besides its full tiles.</summary>
    public IEnumerable<(TileId Tile, byte[] Hashes)> Edges()
    {
        for (var level = 0; level < edges.Count; level++)
        {
            if (TileId.Edge(level, Size) is { } tile) yield return (tile, edges[level].ToArray());
        }
    }

    /// <summary>The root of the log so far: the complete subtrees of all edges, folded from the smallest.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        foreach (var edge in edges)
        {
            var hashes = edge.GetBuffer().AsSpan(0, (int)edge.Length);
            var end = hashes.Length / MerkleHash.Size;
            for (var height = 0; end > 0; height++)
            {
                if ((end >> height & 1) == 0) continue;
                var first = end - (1 << height);
                var peak = SubtreeRoot(hashes[(first * MerkleHash.Size)..(end * MerkleHash.Size)]);
                root = root is null ? peak : MerkleHash.Node(peak, root);
                end = first;
            }
        }
        return root ?? MerkleHash.EmptyRoot;
    }

    /// <summary>The root over a power of two of hashes.</summary>
    internal static byte[] SubtreeRoot(ReadOnlySpan<byte> hashes)
    {
        var nodes = hashes.ToArray();
        for (var count = nodes.Length / MerkleHash.Size; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                MerkleHash.Node(nodes.AsSpan(2 * i * MerkleHash.Size, MerkleHash.Size), nodes.AsSpan((2 * i + 1) * MerkleHash.Size, MerkleHash.Size), nodes.AsSpan(i * MerkleHash.Size, MerkleHash.Size));
            }
        }
        return nodes[..MerkleHash.Size];
    }

    private void Append(int level, ReadOnlySpan<byte> hash)
    {
        var edge = EdgeAt(level);
        edge.Write(hash);
        if (edge.Length < TileId.FullWidth * MerkleHash.Size) return;
        var hashes = edge.ToArray();
        edge.SetLength(0);
        complete(new TileId(level, (Size >> (TileId.HeightBits * (level + 1))) - 1, TileId.FullWidth), hashes);
        Append(level + 1, SubtreeRoot(hashes));
    }

    private MemoryStream EdgeAt(int level)
    {
        while (edges.Count <= level) edges.Add(new MemoryStream(TileId.FullWidth * MerkleHash.Size));
        return edges[level];
    }
}
