using DocExchange.Core.Evidence;
using Xunit;

namespace DocExchange.UnitTests.Evidence;

/// <summary>Known answers of Certificate Transparency's reference tests: guards against a tree that is merely consistent with itself.</summary>
public sealed class MerkleHashTests
{
    private static readonly string[] Inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    public static TheoryData<int, string> Roots => new()
    {
        { 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { 1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
        { 2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
        { 3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
        { 4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
        { 5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
        { 6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
        { 7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
        { 8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
    };

    [Theory]
    [MemberData(nameof(Roots))]
    public void Roots_of_the_reference_leaves_are_the_reference_roots(int size, string root)
    {
        var leaves = Leaves();
        var frontier = MerkleFrontier.Empty();
        foreach (var leaf in leaves.Take(size)) frontier.Append(leaf);
        Assert.Equal(root, Convert.ToHexStringLower(frontier.Root()));
        Assert.Equal(root, Convert.ToHexStringLower(new MerkleTree(leaves).Root(size)));
    }

    [Fact]
    public void The_path_of_the_first_of_eight_is_the_reference_path() => Assert.Equal(
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
        new MerkleTree(Leaves()).InclusionPath(0, 8).Select(Convert.ToHexStringLower));

    [Fact]
    public void The_path_of_the_second_of_five_is_the_reference_path() => Assert.Equal(
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
        new MerkleTree(Leaves()).InclusionPath(1, 5).Select(Convert.ToHexStringLower));

    [Fact]
    public void Consistency_from_six_to_eight_is_the_reference_proof() => Assert.Equal(
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
        new MerkleTree(Leaves()).ConsistencyPath(6, 8).Select(Convert.ToHexStringLower));

    [Fact]
    public void Salt_and_entry_are_hashed_one_after_the_other() =>
        Assert.Equal(MerkleHash.Leaf([], [1, 2, 3, 4]), MerkleHash.Leaf([1, 2], [3, 4]));

    [Fact]
    public void An_entry_longer_than_the_stack_buffer_hashes_as_any_other()
    {
        var entry = new byte[5000];
        Assert.Equal(System.Security.Cryptography.SHA256.HashData([0, .. new byte[16], .. entry]), MerkleHash.Leaf(new byte[16], entry));
    }

    private static byte[][] Leaves() => [.. Inputs.Select(input => MerkleHash.Leaf([], Convert.FromHexString(input)))];
}
