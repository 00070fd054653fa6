using System.Numerics;

namespace DocExchange.Core.Evidence;

/// <summary>
/// Roots and proofs computed from all leaf hashes, as RFC 9162 §2.1 defines them. Slow by design (every call hashes what it needs
/// afresh): the measure for the frontier, and what a verifier with a whole log in hand uses.
/// </summary>
public sealed class MerkleTree(Func<long, byte[]> leafHash)
{
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
        if (end - start == 1) return leafHash(start);
        var middle = start + Split(end - start);
        return MerkleHash.Node(Range(start, middle), Range(middle, end));
    }

    /// <summary>The largest power of two smaller than <paramref name="size"/>.</summary>
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
