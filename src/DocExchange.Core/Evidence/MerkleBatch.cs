using System.Numerics;

namespace DocExchange.Core.Evidence;

/// <summary>
/// A batch appended to a log: every complete subtree that holds a leaf of the batch is hashed once, after which each path costs no hash
/// beyond the fold of the smaller peaks. Subtrees without a leaf of the batch can only be needed as peaks of the log before it.
/// </summary>
public sealed class MerkleBatch
{
    private readonly MerkleFrontier before;
    private readonly List<byte[][]> levels = [];
    private readonly long end;

    /// <param name="before">The log before the batch; neither kept up to date nor changed.</param>
    /// <param name="leaves">Leaf hashes, in log order.</param>
    public MerkleBatch(MerkleFrontier before, IReadOnlyList<byte[]> leaves)
    {
        this.before = before.Clone();
        end = before.Size + leaves.Count;
        levels.Add([.. leaves]);
        for (var height = 1; end >> height > before.Size >> height; height++)
        {
            var first = before.Size >> height;
            var level = new byte[(int)((end >> height) - first)][];
            for (var i = 0; i < level.Length; i++)
                level[i] = MerkleHash.Node(Subtree(height - 1, 2 * (first + i)), Subtree(height - 1, 2 * (first + i) + 1));
            levels.Add(level);
        }
        After = before.Clone();
        foreach (var leaf in leaves) After.Append(leaf);
        Root = After.Root();
    }

    /// <summary>The log after the batch.</summary>
    public MerkleFrontier After { get; }

    public byte[] Root { get; }

    /// <inheritdoc cref="BatchInclusion.PathOf"/>
    public IReadOnlyList<byte[]> PathOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, before.Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, end);
        // The highest bit in which index and size differ is the height of the complete subtree the leaf lies in.
        var own = BitOperations.Log2((ulong)(index ^ end));
        var path = new List<byte[]>(BitOperations.Log2((ulong)end) + 1);
        for (var height = 0; height < own; height++) path.Add(Subtree(height, (index >> height) ^ 1));
        if (SmallerPeaks(own) is { } smaller) path.Add(smaller);
        for (var height = own + 1; height < 63; height++)
            if ((end >> height & 1) == 1) path.Add(Peak(height));
        return path;
    }

    private byte[]? SmallerPeaks(int than)
    {
        byte[]? fold = null;
        for (var height = 0; height < than; height++)
            if ((end >> height & 1) == 1) fold = fold is null ? Peak(height) : MerkleHash.Node(Peak(height), fold);
        return fold;
    }

    private byte[] Peak(int height) => Subtree(height, (end >> height) - 1);

    private byte[] Subtree(int height, long position)
    {
        var first = before.Size >> height;
        return position < first ? before.PeakOfHeight(height) : levels[height][position - first];
    }
}
