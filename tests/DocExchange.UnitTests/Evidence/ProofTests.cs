using DocExchange.Core.Evidence;
using Xunit;

namespace DocExchange.UnitTests.Evidence;

/// <summary>A proof that proves too much is the failure these guard against.</summary>
public sealed class ProofTests
{
    private const int Most = 40;
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Most).Select(GoldenReceipts.Leaf)];
    private static readonly MerkleTree Tree = new(Leaves);

    [Fact]
    public void Every_leaf_of_every_size_is_proved_at_its_own_place_only()
    {
        for (var size = 1; size <= Most; size++)
        {
            var root = Tree.Root(size);
            for (var index = 0; index < size; index++)
            {
                var path = Tree.InclusionPath(index, size);
                for (var claimed = 0; claimed < size; claimed++)
                    Assert.Equal(claimed == index, InclusionProof.Verify(Leaves[index], claimed, size, path, root));
            }
        }
    }

    [Fact]
    public void A_path_cut_lengthened_or_altered_proves_nothing()
    {
        var path = Tree.InclusionPath(5, 11);
        var root = Tree.Root(11);
        Assert.True(InclusionProof.Verify(Leaves[5], 5, 11, path, root));
        Assert.False(InclusionProof.Verify(Leaves[5], 5, 11, [.. path.Take(path.Count - 1)], root));
        Assert.False(InclusionProof.Verify(Leaves[5], 5, 11, [.. path, path[0]], root));
        Assert.False(InclusionProof.Verify(Leaves[5], 5, 11, [.. path.Skip(1)], root));
        Assert.False(InclusionProof.Verify(Leaves[4], 5, 11, path, root));
        Assert.False(InclusionProof.Verify(Leaves[5], 5, 11, path, Tree.Root(12)));
        Assert.False(InclusionProof.Verify(Leaves[5], 11, 11, path, root));
        Assert.False(InclusionProof.Verify(Leaves[5], -1, 11, path, root));
        Assert.False(InclusionProof.Verify(Leaves[5], 5, 11, [.. path.Select(hash => hash[..31])], root));
    }

    [Fact]
    public void Every_log_is_consistent_with_every_earlier_state_of_itself()
    {
        for (var later = 0; later <= Most; later++)
            for (var earlier = 0; earlier <= later; earlier++)
                Assert.True(ConsistencyProof.Verify(
                    earlier, Tree.Root(earlier), later, Tree.Root(later), Tree.ConsistencyPath(earlier, later)), $"{earlier} to {later}");
    }

    [Fact]
    public void A_log_whose_past_was_rewritten_is_not_consistent_by_any_path_of_either_log()
    {
        for (var later = 2; later <= 40; later++)
        {
            for (var earlier = 1; earlier < later; earlier++)
            {
                var rewritten = (byte[][])Leaves.Clone();
                rewritten[earlier - 1] = GoldenReceipts.Leaf(9999);
                var other = new MerkleTree(rewritten);
                var oldRoot = Tree.Root(earlier);
                Assert.False(ConsistencyProof.Verify(earlier, oldRoot, later, other.Root(later), other.ConsistencyPath(earlier, later)));
                Assert.False(ConsistencyProof.Verify(earlier, oldRoot, later, other.Root(later), Tree.ConsistencyPath(earlier, later)));
            }
        }
    }

    [Fact]
    public void Consistency_paths_of_wrong_length_are_refused()
    {
        var path = Tree.ConsistencyPath(6, 11);
        Assert.False(ConsistencyProof.Verify(6, Tree.Root(6), 11, Tree.Root(11), []));
        Assert.False(ConsistencyProof.Verify(6, Tree.Root(6), 11, Tree.Root(11), [.. path, path[0]]));
        Assert.False(ConsistencyProof.Verify(6, Tree.Root(6), 11, Tree.Root(11), [.. path.SkipLast(1)]));
        Assert.False(ConsistencyProof.Verify(11, Tree.Root(11), 6, Tree.Root(6), []));
        Assert.False(ConsistencyProof.Verify(0, Tree.Root(1), 6, Tree.Root(6), []));
    }
}
