namespace DocExchange.Core.Evidence;

/// <summary>Checks that a later log only added to an earlier one (RFC 9162 §2.1.4.2).</summary>
public static class ConsistencyProof
{
    /// <summary>An empty old log is consistent with every log; a log with itself, by an empty path.</summary>
    public static bool Verify(long oldSize, ReadOnlySpan<byte> oldRoot, long newSize, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> path)
    {
        if (oldSize < 0 || oldSize > newSize || oldRoot.Length != MerkleHash.Size || newRoot.Length != MerkleHash.Size) return false;
        if (oldSize == newSize) return path.Count == 0 && oldRoot.SequenceEqual(newRoot);
        if (oldSize == 0) return path.Count == 0 && oldRoot.SequenceEqual(MerkleHash.EmptyRoot);
        foreach (var hash in path)
            if (hash.Length != MerkleHash.Size) return false;

        long node = oldSize - 1, last = newSize - 1;
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);
        var next = 0;
        // An old log that is one complete subtree is where the path starts; otherwise its last complete subtree is sent.
        if (node != 0 && path.Count == 0) return false;
        var start = node == 0 ? oldRoot.ToArray() : path[next++];
        byte[] oldHash = (byte[])start.Clone(), newHash = (byte[])start.Clone();
        for (; next < path.Count; next++)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                MerkleHash.Node(path[next], oldHash, oldHash);
                MerkleHash.Node(path[next], newHash, newHash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                MerkleHash.Node(newHash, path[next], newHash);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && oldRoot.SequenceEqual(oldHash) && newRoot.SequenceEqual(newHash);
    }
}
