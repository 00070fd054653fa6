using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Signing;
using DocExchange.UnitTests.Evidence;
using DocExchange.UnitTests.Evidence.Exports;
using DocExchange.UnitTests.Signing;

namespace DocExchange.TrialTests.Tampering;

/// <summary>The same on files as they lie on a disk: receipts, tiles of a mirror, containers. The reader holds the root certificate.</summary>
public sealed class FileTamperTrialTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly Tools.Folder _folder = new();
    private readonly HubKey _key = GoldenReceipts.SampleKey();
    private readonly X509Certificate2Collection _roots = [GoldenReceipts.SampleRoot()];

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_receipt_that_was_altered_cut_or_put_together_from_two_is_not_valid()
    {
        var log = TrialLog.Make(_key, 60, 21);
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var receipt = ReceiptFormat.Render(log.Receipt(random.Next(60)));
            Assert.True(ReceiptVerifier.Verify(receipt, _roots).Trusted);

            var touched = (seed % 3) switch
            {
                0 => Flipped(receipt, random),
                1 => receipt[..random.Next(receipt.Length)],
                _ => ReceiptFormat.Render(log.Receipt(3) with { Entry = log.Leaves[4 + random.Next(50)].Entry! }),
            };

            Assert.False(ReceiptVerifier.Verify(touched, _roots).Valid, $"seed {seed}");
        }
    }

    /// <summary>The seal is the one line that no digest covers: its certificates must hold by themselves, the root's carried copy too.</summary>
    [Fact]
    public void An_export_of_which_any_part_of_its_last_line_was_altered_is_not_valid()
    {
        var export = TrialLog.Make(_key, 6, 24).Export(new ExportFilter(), Now);
        var seal = export.AsSpan()[..^1].LastIndexOf((byte)'\n') + 1;
        var believed = new List<int>();
        for (var at = seal; at < export.Length; at += 7)
        {
            var touched = (byte[])export.Clone();
            touched[at] ^= (byte)(1 << at % 8);
            if (ExportVerifier.Verify(new MemoryStream(touched), _roots, HeldEvidence.Nothing).Valid) believed.Add(at - seal);
        }
        Assert.Empty(believed);
    }

    [Fact]
    public void A_mirrored_log_of_which_any_tile_was_altered_cut_removed_or_exchanged_is_not_valid()
    {
        var log = TrialLog.Make(_key, 600, 22);
        var folder = new LogFolder(_folder.At("log"));
        var tiles = new TileBuilder(folder.WriteTile);
        foreach (var leaf in log.Leaves) tiles.Append(leaf.Hash);
        foreach (var (tile, hashes) in tiles.Edges()) folder.WriteTile(tile, hashes);
        folder.WriteHead(log.Head(log.Batches.Count - 1));
        var files = Directory.GetFiles(Path.Combine(folder.Path, "tile", "0"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.All(LogFolderVerifier.Verify(folder.Path, _roots), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));

        for (var seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            var file = files[random.Next(files.Count)];
            var before = File.ReadAllBytes(file);
            if (seed % 4 == 0) File.Delete(file);
            else File.WriteAllBytes(file, (seed % 4) switch { 1 => Flipped(before, random), 2 => before[..random.Next(before.Length)], _ => Swapped(before, random) });

            Assert.Contains(LogFolderVerifier.Verify(folder.Path, _roots), check => check is { Name: "tiles", Outcome: CheckOutcome.Failed });
            File.WriteAllBytes(file, before);
        }
        Assert.All(LogFolderVerifier.Verify(folder.Path, _roots), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    [Fact]
    public async Task A_container_that_was_touched_is_not_valid_or_still_gives_every_byte_that_was_put_in()
    {
        var log = TrialLog.Make(_key, 40, 23);
        var bytes = new MemoryStream();
        using (var container = new AsicWriter(bytes))
        {
            await container.AddAsync(AsicVerifier.ExportMember, ExportFormat.MediaType, log.Export(new ExportFilter(), Now), default);
            await container.AddAsync("receipts.csv", "text/csv", "index,event\n"u8.ToArray(), default);
            container.Finish(_key, Now);
        }
        var whole = bytes.ToArray();
        var content = Content(whole);
        var found = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var touched = seed % 3 == 0 ? whole[..random.Next(whole.Length)] : Flipped(whole, random);

            var valid = AsicVerifier.Verify(new MemoryStream(touched), _roots, HeldEvidence.Nothing).Valid;

            // A zip has bytes that mean nothing, such as the members' dates: no claim rests on them.
            if (valid) Assert.Equal(content, Content(touched));
            else found++;
        }
        Assert.True(found > 120, $"only {found} were found");
        Assert.True(AsicVerifier.Verify(new MemoryStream(whole), _roots, HeldEvidence.Nothing).Valid);
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static byte[] Swapped(byte[] hashes, Random random)
    {
        var swapped = (byte[])hashes.Clone();
        var at = random.Next(hashes.Length / 32 - 1) * 32;
        hashes.AsSpan(at, 32).CopyTo(swapped.AsSpan(at + 32));
        hashes.AsSpan(at + 32, 32).CopyTo(swapped.AsSpan(at));
        return swapped;
    }

    private static List<string> Content(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry =>
        {
            using var member = entry.Open();
            return $"{entry.FullName} {Convert.ToHexString(SHA256.HashData(member))}";
        })];
    }
}
