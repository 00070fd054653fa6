using System.Numerics;

namespace DocExchange.Core.Evidence;

/// <summary>
/// All that is needed of a log to append to it: the roots of its complete subtrees (peaks), largest first. At most 63 hashes, so that
/// the writer can keep it with every batch and start again from it without reading the log.
/// </summary>
public sealed class MerkleFrontier
{
    private readonly byte[] peaks;
    private int count;

    private MerkleFrontier(long size, byte[] peaks, int count) => (Size, this.peaks, this.count) = (size, peaks, count);

    /// <summary>Leaves in the log.</summary>
    public long Size { get; private set; }

    public static MerkleFrontier Empty() => new(0, new byte[64 * MerkleHash.Size], 0);

    /// <summary>The frontier that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The number of peaks is not the number of one bits of <paramref name="size"/>.</exception>
    public static MerkleFrontier Parse(long size, ReadOnlySpan<byte> peaks)
    {
        if (size < 0) throw new FormatException("A log's size is not negative.");
        var expected = BitOperations.PopCount((ulong)size);
        if (peaks.Length != expected * MerkleHash.Size)
            throw new FormatException($"A log of {size} leaves has {expected} peaks of 32 bytes, not {peaks.Length} bytes.");
        var buffer = new byte[64 * MerkleHash.Size];
        peaks.CopyTo(buffer);
        return new MerkleFrontier(size, buffer, expected);
    }

    public MerkleFrontier Clone() => new(Size, (byte[])peaks.Clone(), count);

    public void Append(ReadOnlySpan<byte> leafHash)
    {
        if (leafHash.Length != MerkleHash.Size) throw new ArgumentException("A leaf hash is 32 bytes.", nameof(leafHash));
        leafHash.CopyTo(PeakAt(count++));
        // Two complete subtrees of one height make a complete one: as many times as the old size has trailing one bits.
        for (var merges = BitOperations.TrailingZeroCount(~Size); merges > 0; merges--)
        {
            count--;
            MerkleHash.Node(PeakAt(count - 1), PeakAt(count), PeakAt(count - 1));
        }
        Size++;
    }

    /// <summary>The log's root (RFC 9162 §2.1.1): the peaks folded from the smallest to the largest.</summary>
    public byte[] Root()
    {
        if (count == 0) return MerkleHash.EmptyRoot;
        var root = PeakAt(count - 1).ToArray();
        for (var i = count - 2; i >= 0; i--) MerkleHash.Node(PeakAt(i), root, root);
        return root;
    }

    /// <summary>The peaks, largest first, 32 bytes each without anything between.</summary>
    public byte[] ToBytes() => peaks.AsSpan(0, count * MerkleHash.Size).ToArray();

    /// <summary>The root of the complete subtree of 2^<paramref name="height"/> leaves; the size must have that bit.</summary>
    internal byte[] PeakOfHeight(int height) => PeakAt(BitOperations.PopCount((ulong)Size >> (height + 1))).ToArray();

    private Span<byte> PeakAt(int position) => peaks.AsSpan(position * MerkleHash.Size, MerkleHash.Size);
}
