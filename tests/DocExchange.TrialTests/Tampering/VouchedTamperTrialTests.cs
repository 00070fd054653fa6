using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Signing;
using DocExchange.Sandbox.Authorities;
using DocExchange.UnitTests.Evidence;
using DocExchange.UnitTests.Evidence.Exports;
using DocExchange.UnitTests.Signing;

namespace DocExchange.TrialTests.Tampering;

/// <summary>
/// The reader has kept nothing, but knows an authority or a witness; whoever has folder and key rewrites the past, hands out the export, and touches
/// the supplement too. What the authority stamped or the witness co-signed still fixes everything before it.
/// </summary>
public sealed class VouchedTamperTrialTests : IDisposable
{
    private const int Trials = 400;
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly Tools.Folder _folder = new();
    private readonly HubKey _key = GoldenReceipts.SampleKey();
    private readonly HubKey _witness;
    private readonly SandboxAuthority _authority;
    private readonly TrustedParties _trusted;

    public VouchedTamperTrialTests()
    {
        _authority = SandboxAuthority.OpenOrCreate(_folder.At("authority"), new At(Now));
        _witness = KeyStore.OpenOrCreate(_folder.At("witness"), "Witness", new At(Now), allowSample: true);
        _trusted = new TrustedParties([GoldenReceipts.SampleRoot()], [X509CertificateLoader.LoadCertificate(_authority.Root.RawData)], [X509CertificateLoader.LoadCertificate(_witness.Chain[^1])]);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _witness.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    private enum Touched { Nothing, HeadExchanged, ProofExchanged, ProofCut }

    [Fact]
    public void What_was_stamped_or_co_signed_fixes_the_past_for_readers_who_kept_nothing()
    {
        var honest = TrialLog.Make(_key, 120, 21);
        var proofs = Enumerable.Range(0, honest.Batches.Count).Select(batch => Vouched(honest.Head(batch))).ToArray();
        var (found, beyond, refused) = (0, 0, 0);
        for (var seed = 0; seed < Trials; seed++)
        {
            var random = new Random(seed);
            var (rewritten, at) = Rewritten(honest, random);
            var batch = random.Next(honest.Batches.Count);
            var touched = (Touched)(seed % 4);
            var supplied = Touch(Only(proofs[batch], byStamp: random.Next(2) == 0), touched, rewritten, batch);

            var held = WitnessedHeads.In("supplement", new Supplement("r", [supplied]), _trusted);
            if (touched != Touched.Nothing)
            {
                // A head of the rewritten past has no stamp, and a stamp that was touched is none: nothing false is ever held.
                refused++;
                Assert.Empty(held.Heads);
                continue;
            }
            var verdict = ExportVerifier.Verify(new MemoryStream(rewritten.Export(new ExportFilter(), Now)), _trusted.Hubs, held);
            if (at < honest.Sizes[batch])
            {
                found++;
                Assert.Contains(verdict.Checks, check => check is { Name: "held", Outcome: CheckOutcome.Failed } && check.English.Contains("supplement (", StringComparison.Ordinal));
            }
            else
            {
                beyond++;
                Assert.True(verdict.Valid, $"seed {seed}");
            }
        }
        Assert.True(found > 20 && beyond > 20 && refused == Trials * 3 / 4, $"{found}, {beyond} and {refused} say nothing");
    }

    [Fact]
    public void On_untouched_data_every_stamp_and_co_signature_is_held_and_passes()
    {
        var log = TrialLog.Make(_key, 60, 22);
        var supplement = new Supplement("r", [.. Enumerable.Range(0, log.Batches.Count).Select(batch => Vouched(log.Head(batch)))]);

        var held = WitnessedHeads.In("supplement", supplement, _trusted);

        Assert.Equal(log.Batches.Count, held.Heads.Count);
        Assert.True(ExportVerifier.Verify(new MemoryStream(log.Export(new ExportFilter(), Now)), _trusted.Hubs, held).Valid);
        Assert.Empty(WitnessedHeads.In("supplement", supplement, _trusted with { Authorities = null, Witnesses = null }).Heads);
    }

    private SupplementHead Vouched(SignedHead head)
    {
        var query = TimestampToken.Ask(head.Signature);
        return new SupplementHead(head, [], [query.TokenOf(new TimestampResponder(_authority, new At(Now)).Answer(query.Encoded), out var error) ?? throw new InvalidOperationException(error)], [new WitnessProof(_witness.Sign(head.Note, Now), _witness.Chain)]);
    }

    private static SupplementHead Only(SupplementHead head, bool byStamp) => byStamp ? head with { Cosignatures = [] } : head with { Stamps = [] };

    /// <summary>What somebody with the hub's key can make of a supplement.</summary>
    private static SupplementHead Touch(SupplementHead head, Touched touched, TrialLog rewritten, int batch) => touched switch
    {
        // Before what was rewritten the heads are the same: then the last, which never is.
        Touched.HeadExchanged => head with { Head = rewritten.Head(rewritten.Head(batch).Note.AsSpan().SequenceEqual(head.Head.Note) ? rewritten.Batches.Count - 1 : batch) },
        Touched.ProofExchanged => head with { Stamps = [.. head.Stamps.Select(Flip)], Cosignatures = [.. head.Cosignatures.Select(one => one with { Signature = Flip(one.Signature) })] },
        Touched.ProofCut => head with { Stamps = [], Cosignatures = [.. head.Cosignatures.Select(one => one with { Chain = rewritten.Head(0).Chain })] },
        _ => head,
    };

    private static byte[] Flip(byte[] bytes)
    {
        // The last bytes are those of the signature itself.
        var flipped = (byte[])bytes.Clone();
        flipped[^3] ^= 1;
        return flipped;
    }

    private (TrialLog Log, long At) Rewritten(TrialLog log, Random random)
    {
        var at = random.Next(log.Leaves.Count);
        var leaves = log.Leaves.ToList();
        leaves[at] = TrialLog.Leaf(at, leaves[at].Salt!, EvidenceEntry.TryParse(leaves[at].Entry)! with { Sender = "000.00.02.H99" });
        return (new TrialLog(_key, leaves, log.Batches), at);
    }

    /// <summary>Certificates of the trials' own day: made today they would not be valid yet when they sign.</summary>
    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
