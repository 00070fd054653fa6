namespace DocExchange.Core.Evidence;

/// <summary>Inclusion paths of one leaf of a batch. For a whole batch make one <see cref="MerkleBatch"/> and ask it.</summary>
public static class BatchInclusion
{
    /// <summary>
    /// The RFC 9162 §2.1.3.1 path of leaf <paramref name="index"/> in the log as it is right after the batch, made of nothing but the
    /// peaks before the batch and the batch's own leaf hashes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not one of the batch's.</exception>
    public static IReadOnlyList<byte[]> PathOf(long index, MerkleFrontier before, IReadOnlyList<byte[]> batchLeaves) =>
        new MerkleBatch(before, batchLeaves).PathOf(index);
}
