using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Signing;

namespace DocExchange.UnitTests.Evidence.Exports;

/// <summary>An export says what it holds and proves that nothing is missing.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly HubKey _key = GoldenReceipts.SampleKey();
    private readonly X509Certificate2Collection _roots = [GoldenReceipts.SampleRoot()];

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_whole_export_is_valid_with_every_batch_signature_and_shows_every_event()
    {
        var log = TrialLog.Make(_key, 300, 1);

        var verdict = Verify(log.Export(new ExportFilter(), Now), HeldEvidence.Nothing, deep: true);

        Assert.All(verdict.Checks, check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        Assert.Equal((300, 0), (verdict.Shown, verdict.Withheld));
    }

    [Fact]
    public void What_a_filter_leaves_out_is_there_as_hashes_so_that_the_root_is_still_proved()
    {
        var log = TrialLog.Make(_key, 700, 2);

        var verdict = Verify(log.Export(new ExportFilter { Document = "x" }, Now), HeldEvidence.Nothing, deep: true);

        Assert.True(verdict.Valid);
        Assert.Equal((234, 466), (verdict.Shown, verdict.Withheld));
    }

    [Fact]
    public void An_export_goes_on_from_an_earlier_one_and_is_checked_against_it()
    {
        var log = TrialLog.Make(_key, 300, 3);
        var earlier = HeldEvidence.TryParse("earlier", new TrialLog(_key, log.Leaves, [.. log.Batches.Take(9)]).Export(new ExportFilter(), Now))!;

        var verdict = Verify(log.Export(new ExportFilter { After = log.Sizes[8] }, Now), earlier);

        Assert.True(verdict.Valid);
        Assert.Contains(verdict.Checks, check => check is { Name: "held", Outcome: CheckOutcome.Passed });
        Assert.Equal(300 - log.Sizes[8], verdict.Shown);
    }

    [Fact]
    public void An_export_of_nothing_new_is_valid_too()
    {
        var log = TrialLog.Make(_key, 60, 4);

        Assert.True(Verify(log.Export(new ExportFilter { After = 60 }, Now), HeldEvidence.Nothing).Valid);
    }

    [Fact]
    public async Task An_export_that_says_it_leaves_nothing_out_may_withhold_nothing()
    {
        var log = TrialLog.Make(_key, 60, 5);
        var purged = new Purged(log, 7);
        var bytes = new MemoryStream();
        var range = await log.FindRangeAsync(TrialLog.Epoch, new ExportFilter(), default);
        await new ExportWriter(purged, TrialLog.Epoch, new ExportFilter()).WriteAsync(bytes, range!, () => _key, Now, null, default);

        Assert.Contains(Verify(bytes.ToArray(), HeldEvidence.Nothing).Checks, check => check is { Name: "complete", Outcome: CheckOutcome.Failed });
    }

    [Fact]
    public async Task A_container_is_one_that_others_read_and_every_member_is_under_its_signature()
    {
        var log = TrialLog.Make(_key, 100, 6);
        var bytes = await ContainerAsync(log.Export(new ExportFilter(), Now));

        var verdict = AsicVerifier.Verify(new MemoryStream(bytes), _roots, HeldEvidence.Nothing, deep: true);

        Assert.All(verdict.Checks, check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        // ETSI EN 319 162-1 §A.1: whoever looks at offset 38 finds the type, uncompressed and without extra field.
        Assert.Equal("mimetypeapplication/vnd.etsi.asic-e+zip", Encoding.ASCII.GetString(bytes, 30, 8 + 31));
    }

    private async Task<byte[]> ContainerAsync(byte[] export)
    {
        var bytes = new MemoryStream();
        using (var container = new AsicWriter(bytes))
        {
            await container.AddAsync(AsicVerifier.ExportMember, ExportFormat.MediaType, export, default);
            container.Finish(_key, Now);
        }
        return bytes.ToArray();
    }

    private ExportVerdict Verify(byte[] export, HeldEvidence held, bool deep = false) => ExportVerifier.Verify(new MemoryStream(export), _roots, held, deep);

    private sealed class Purged(TrialLog log, long index) : Core.Ports.IExportStore
    {
        public ValueTask<Core.Ports.ExportRange?> FindRangeAsync(LogEpoch epoch, ExportFilter filter, CancellationToken cancellationToken) => log.FindRangeAsync(epoch, filter, cancellationToken);

        public async ValueTask<Core.Ports.ExportPage> ReadPageAsync(LogEpoch epoch, ExportFilter filter, Core.Ports.ExportStretch stretch, CancellationToken cancellationToken)
        {
            var page = await log.ReadPageAsync(epoch, filter, stretch, cancellationToken);
            return page with { Leaves = [.. page.Leaves.Select(leaf => leaf.Index == index ? leaf with { Salt = null, Entry = null } : leaf)] };
        }

        public ValueTask<IReadOnlyList<byte[]>> ChainAsync(string keyId, CancellationToken cancellationToken) => log.ChainAsync(keyId, cancellationToken);
    }
}
