using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;

namespace DocExchange.UnitTests.Evidence;

/// <summary>Tiles are a function of the leaves alone: however a log grew, an outsider finds the same files, and proofs from them are the definition's.</summary>
public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(1, 3, 5, "tile/1/003.p/5")]
    [InlineData(2, 1000, 255, "tile/2/x001/000.p/255")]
    public void A_tile_lies_where_C2SP_tlog_tiles_puts_it(int level, long number, int width, string path)
    {
        var tile = new TileId(level, number, width);

        Assert.Equal(path, tile.Path);
        Assert.True(TileId.TryParse(path, out var parsed));
        Assert.Equal(tile, parsed);
    }

    [Theory]
    [InlineData("tile/0/../../identity.json")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/05")]
    [InlineData("tile/8/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x001/x23/067")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tiles/0/000")]
    public void No_other_name_is_taken_for_a_tile_so_that_none_leads_out_of_the_folder(string path) => Assert.False(TileId.TryParse(path, out _));

    [Fact]
    public void A_log_that_grew_in_steps_has_the_files_of_one_built_at_once()
    {
        using var stepwise = new Signing.Tools.Folder();
        using var atOnce = new Signing.Tools.Folder();
        var random = new Random(20261121);
        const int size = 66_000;
        var grown = new LogFolder(stepwise.Path);
        long before = 0;
        while (before < size)
        {
            var next = Math.Min(size, before + random.Next(1, 9000));
            var tiles = TileBuilder.Resume(before, grown.ReadTile, grown.WriteTile)!;
            for (var i = before; i < next; i++) tiles.Append(GoldenReceipts.Leaf((int)i));
            foreach (var (tile, hashes) in tiles.Edges()) grown.WriteTile(tile, hashes);
            for (var level = 0; level < TileId.Levels(before); level++)
            {
                if (TileId.Edge(level, before) is { } old && TileId.Edge(level, next) != old) grown.RemovePartial(old);
            }
            before = next;
        }

        var whole = new LogFolder(atOnce.Path);
        var built = new TileBuilder(whole.WriteTile);
        for (var i = 0; i < size; i++) built.Append(GoldenReceipts.Leaf(i));
        foreach (var (tile, hashes) in built.Edges()) whole.WriteTile(tile, hashes);

        Assert.Equal(Files(atOnce.Path), Files(stepwise.Path));
        Assert.Equal(4, Files(atOnce.Path).Count(f => f.Contains(".p/", StringComparison.Ordinal) || f.StartsWith("tile/1/000 ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    public void Roots_and_proofs_from_tiles_are_those_of_the_definition(int size)
    {
        var leaves = Enumerable.Range(0, size).Select(GoldenReceipts.Leaf).ToList();
        var tiles = new Dictionary<TileId, byte[]>();
        var builder = new TileBuilder(tiles.Add);
        foreach (var leaf in leaves) builder.Append(leaf);
        foreach (var (tile, hashes) in builder.Edges()) tiles.Add(tile, hashes);
        var defined = new MerkleTree(leaves);
        var tiled = TiledTree.Over(size, tile => tiles[tile]);

        Assert.Equal(defined.Root(size), builder.Root());
        Assert.Equal(defined.Root(size), tiled.Root(size));
        foreach (var index in (int[])[0, size / 2, size - 1]) Assert.Equal(defined.InclusionPath(index, size), tiled.InclusionPath(index, size));
        foreach (var old in (int[])[1, size / 2 + 1, Math.Max(1, size - 1)]) Assert.Equal(defined.ConsistencyPath(Math.Min(old, size), size), tiled.ConsistencyPath(Math.Min(old, size), size));
        Assert.All(TiledTree.TilesFor(size, tree => tree.InclusionPath(size / 2, size)), tile => Assert.Contains(tile, tiles.Keys));
    }

    [Fact]
    public void A_damaged_edge_is_not_built_upon()
    {
        var leaves = Enumerable.Range(0, 300).Select(GoldenReceipts.Leaf).ToList();

        Assert.Null(TileBuilder.Resume(300, _ => null, (_, _) => { }));
        Assert.Null(TileBuilder.Resume(300, tile => new byte[tile.Width * 32 - 1], (_, _) => { }));
        var altered = TileBuilder.Resume(300, tile => new byte[tile.Width * 32], (_, _) => { })!;
        Assert.NotEqual(new MerkleTree(leaves).Root(300), altered.Root());
    }

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}").Order(StringComparer.Ordinal)];
}
