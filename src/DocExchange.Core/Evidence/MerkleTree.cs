using System.Numerics;

namespace DocExchange.Core.Evidence;

/// <summary>
/// Roots and proofs as RFC 9162 §2.1 defines them, from all leaf hashes or from a source that knows complete subtrees. From leaves it is slow
/// by design (every call hashes what it needs afresh): the measure for the frontier and the tiles.
/// </summary>
public sealed class MerkleTree
{
    private readonly Func<int, long, byte[]> subtree;

    /// <param name="subtree">The root of the 2^height leaves from position * 2^height on; asked for complete subtrees only.</param>
    public MerkleTree(Func<int, long, byte[]> subtree) => this.subtree = subtree;

    public MerkleTree(Func<long, byte[]> leafHash) => subtree = (height, position) => height == 0
        ? leafHash(position)
        : MerkleHash.Node(subtree!(height - 1, 2 * position), subtree(height - 1, 2 * position + 1));

    public MerkleTree(IReadOnlyList<byte[]> leafHashes) : this(index => leafHashes[(int)index])
    {
    }

    /// <summary>MTH of the first <paramref name="size"/> leaves.</summary>
    public byte[] Root(long size) => size == 0 ? MerkleHash.EmptyRoot : Range(0, size);

    /// <summary>PATH(<paramref name="index"/>, D[<paramref name="size"/>]), from the leaf upwards.</summary>
    public IReadOnlyList<byte[]> InclusionPath(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        long start = 0, end = size;
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            if (index < middle)
            {
                path.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                path.Add(Range(start, middle));
                start = middle;
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>PROOF(<paramref name="oldSize"/>, D[<paramref name="newSize"/>]); empty when either log is empty or both are the same.</summary>
    public IReadOnlyList<byte[]> ConsistencyPath(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var path = new List<byte[]>();
        if (oldSize == 0 || oldSize == newSize) return path;
        long start = 0, end = newSize;
        while (oldSize != end)
        {
            var middle = start + Split(end - start);
            if (oldSize <= middle)
            {
                path.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                path.Add(Range(start, middle));
                start = middle;
            }
        }
        // The old root itself is known to whoever checks: it is sent only when it is not the whole old log.
        if (start != 0) path.Add(Range(start, end));
        path.Reverse();
        return path;
    }

    private byte[] Range(long start, long end)
    {
        // What the definition splits off to the left is always complete and stands at a multiple of its length.
        if (BitOperations.IsPow2(end - start)) return subtree(BitOperations.Log2((ulong)(end - start)), start / (end - start));
        var middle = start + Split(end - start);
        return MerkleHash.Node(Range(start, middle), Range(middle, end));
    }

    /// <summary>The largest power of two smaller than <paramref name="size"/>.</summary>
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
