namespace DocExchange.Core.Evidence;

/// <summary>Checks that a leaf is in a log of a given size and root (RFC 9162 §2.1.3.2).</summary>
public static class InclusionProof
{
    public static bool Verify(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || leafHash.Length != MerkleHash.Size || root.Length != MerkleHash.Size) return false;
        long node = index, last = size - 1;
        var hash = leafHash.ToArray();
        foreach (var sibling in path)
        {
            if (last == 0 || sibling.Length != MerkleHash.Size) return false;
            if ((node & 1) == 1 || node == last)
            {
                MerkleHash.Node(sibling, hash, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                MerkleHash.Node(hash, sibling, hash);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && root.SequenceEqual(hash);
    }
}
