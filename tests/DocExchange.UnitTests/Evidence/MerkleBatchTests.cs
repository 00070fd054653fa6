using DocExchange.Core.Evidence;
using Xunit;

namespace DocExchange.UnitTests.Evidence;

/// <summary>The frontier forgets every leaf but the batch's: these guard against paths that only a full log could give.</summary>
public sealed class MerkleBatchTests
{
    private const int Most = 140;
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Most + 70).Select(GoldenReceipts.Leaf)];
    private static readonly MerkleTree Naive = new(Leaves);

    [Fact]
    public void Every_size_has_the_root_the_whole_tree_has()
    {
        var frontier = MerkleFrontier.Empty();
        for (var size = 0; size <= Most; size++)
        {
            Assert.Equal(Naive.Root(size), frontier.Root());
            Assert.Equal(size, frontier.Size);
            Assert.Equal(frontier.Root(), MerkleFrontier.Parse(size, frontier.ToBytes()).Root());
            frontier.Append(Leaves[size]);
        }
    }

    [Fact]
    public void Every_path_of_a_batch_is_the_path_the_whole_tree_gives()
    {
        var random = new Random(20261121);
        var before = MerkleFrontier.Empty();
        for (var size = 0; size <= Most; size++)
        {
            foreach (var count in (int[])[1, 2, size % 10 == 0 ? random.Next(9, 70) : random.Next(3, 9)])
            {
                var batch = new MerkleBatch(before, Leaves[size..(size + count)]);
                Assert.Equal(Naive.Root(size + count), batch.Root);
                Assert.Equal(size + count, batch.After.Size);
                for (var i = size; i < size + count; i++) Assert.Equal(Naive.InclusionPath(i, size + count), batch.PathOf(i));
            }
            before.Append(Leaves[size]);
        }
    }

    [Fact]
    public void A_batch_leaves_the_frontier_it_was_given_alone()
    {
        var before = MerkleFrontier.Empty();
        before.Append(Leaves[0]);
        var bytes = before.ToBytes();
        Assert.Equal(Naive.InclusionPath(1, 3), BatchInclusion.PathOf(1, before, Leaves[1..3]));
        Assert.Equal(1, before.Size);
        Assert.Equal(bytes, before.ToBytes());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void A_leaf_outside_the_batch_has_no_path(long index)
    {
        var before = MerkleFrontier.Empty();
        for (var i = 0; i < 5; i++) before.Append(Leaves[i]);
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchInclusion.PathOf(index, before, Leaves[5..7]));
    }

    [Fact]
    public void A_clone_goes_its_own_way()
    {
        var one = MerkleFrontier.Empty();
        one.Append(Leaves[0]);
        var other = one.Clone();
        other.Append(Leaves[1]);
        Assert.Equal(Naive.Root(1), one.Root());
        Assert.Equal(Naive.Root(2), other.Root());
    }

    [Theory]
    [InlineData(3, 32)]
    [InlineData(3, 65)]
    [InlineData(-1, 0)]
    [InlineData(0, 32)]
    public void Peaks_that_do_not_fit_the_size_are_refused(long size, int bytes) =>
        Assert.Throws<FormatException>(() => MerkleFrontier.Parse(size, new byte[bytes]));
}
