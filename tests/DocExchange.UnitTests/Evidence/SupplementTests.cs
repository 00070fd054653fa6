using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Signing;
using DocExchange.Sandbox.Authorities;

namespace DocExchange.UnitTests.Evidence;

/// <summary>What a stamp or a witness is worth, and what a compromised key takes away: the rule that decides a dispute.</summary>
public sealed class SupplementTests : IDisposable
{
    private static readonly DateTimeOffset Stamped = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    // Making the keys of an authority takes longer than all tests together; no test changes it.
    private static readonly Lazy<SandboxAuthority> Authority = new(NewAuthority);

    private readonly HubKey _key = GoldenReceipts.SampleKey();
    private readonly SandboxAuthority _authority = Authority.Value;
    private readonly ReceiptParts _receipt;
    private readonly List<byte[]> _leaves;

    public SupplementTests()
    {
        _receipt = GoldenReceipts.Acceptance(note => _key.Sign(note.ToText(), note.Time), _key.Chain);
        _leaves = [.. Enumerable.Range(0, 300).Select(i => i == 200 ? MerkleHash.Leaf(_receipt.Salt, _receipt.Entry) : GoldenReceipts.Leaf(i))];
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_stamp_over_a_later_head_says_that_the_receipt_is_not_younger()
    {
        var checks = Verify(Render(Head()), []);

        Assert.Equal(["time-stamp"], checks.Select(check => check.Name));
        Assert.All(checks, check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        Assert.Contains("2026/11/21 19:00:00", checks[0].English, StringComparison.Ordinal);
        Assert.Contains("2026/11/21 19:00:00", checks[0].Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public void A_supplement_has_one_spelling()
    {
        var bytes = Render(Head());

        Assert.Equal(bytes, SupplementFormat.Render(SupplementFormat.TryParse(bytes, out _)!));
        Assert.Null(SupplementFormat.TryParse([.. bytes, (byte)'\n'], out _));
        Assert.Null(SupplementFormat.TryParse("{}"u8, out _));
    }

    [Fact]
    public void A_stamp_of_an_authority_nobody_named_or_over_another_head_proves_nothing()
    {
        using var stranger = NewAuthority();
        var head = Head();
        var foreign = Render(head with { Stamps = [Stamp(stranger, head.Head.Signature)] });
        var misplaced = Render(head with { Stamps = [Stamp(_authority, Head(290).Head.Signature)] });

        Assert.Equal(CheckOutcome.Failed, Assert.Single(Verify(foreign, [])).Outcome);
        Assert.Equal(CheckOutcome.Failed, Assert.Single(Verify(misplaced, [])).Outcome);
    }

    [Fact]
    public void A_head_that_does_not_hold_the_receipt_proves_nothing()
    {
        _leaves[200] = GoldenReceipts.Leaf(200);

        Assert.Equal("head", Assert.Single(Verify(Render(Head()), [])).Name);
    }

    /// <summary>Minutes from the stamp to the time since when the key was in wrong hands.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    public void After_a_compromise_only_what_was_stamped_before_stands(int minutes, bool stands)
    {
        var checks = Verify(Render(Head()), [new CompromisedKey(_key.KeyId, Stamped.AddMinutes(minutes))]);

        Assert.Equal(stands ? CheckOutcome.Passed : CheckOutcome.Unproven, checks.Single(check => check.Name == "key").Outcome);
    }

    [Fact]
    public void After_a_compromise_a_receipt_without_supplement_is_unproven_and_others_keys_are_not_concerned()
    {
        Assert.Equal(CheckOutcome.Unproven, Assert.Single(SupplementVerifier.WithoutSupplement(_receipt, [new CompromisedKey(_key.KeyId, Stamped)])).Outcome);
        Assert.Empty(SupplementVerifier.WithoutSupplement(_receipt, [new CompromisedKey("0123456789abcdef", Stamped)]));
    }

    [Fact]
    public void A_co_signature_from_before_stands_for_a_stamp_and_nobody_elses_does()
    {
        using var witness = Witness();
        var head = Head();
        var seen = head with { Stamps = [], Cosignatures = [new WitnessProof(witness.Sign(head.Head.Note, Stamped), witness.Chain)] };
        var compromise = new CompromisedKey(_key.KeyId, Stamped.AddMinutes(1));
        var known = new TrustedParties([GoldenReceipts.SampleRoot()], null, [X509CertificateLoader.LoadCertificate(witness.Chain[^1])]);

        Assert.All(SupplementVerifier.Verify(_receipt, Render(seen), known, [compromise]), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        Assert.Contains(SupplementVerifier.Verify(_receipt, Render(seen), known with { Witnesses = [GoldenReceipts.SampleRoot()] }, [compromise]), check => check.Outcome == CheckOutcome.Unproven);
        Assert.Contains(SupplementVerifier.Verify(_receipt, Render(seen), known with { Witnesses = null }, [compromise]), check => check.Outcome == CheckOutcome.Unproven);
    }

    [Fact]
    public void A_notice_is_what_its_entry_says_and_nothing_else()
    {
        var key = new CompromisedKey("0123456789abcdef", Stamped);
        var entry = new EvidenceEntry { Event = EvidenceEvents.KeyCompromised, Time = Stamped, Detail = key.ToDetail() };

        Assert.Equal(key, CompromisedKey.Of(entry));
        Assert.Null(CompromisedKey.Of(entry with { Event = EvidenceEvents.SubmissionAcceptance }));
        Assert.Null(CompromisedKey.Of(entry with { Detail = "0123456789abcdef yesterday" }));
    }

    private SupplementHead Head(int size = 300)
    {
        var tree = new MerkleTree(_leaves);
        var note = new Checkpoint("hub.example/0123456789abcdef", size, tree.Root(size), GoldenReceipts.Time).ToText();
        var head = new SignedHead(note, _key.Sign(note, GoldenReceipts.Time), _key.Chain);
        return new SupplementHead(head, new MerkleTree([.. Enumerable.Range(0, 300).Select(i => i == 200 ? MerkleHash.Leaf(_receipt.Salt, _receipt.Entry) : GoldenReceipts.Leaf(i))]).InclusionPath(200, size), [Stamp(_authority, head.Signature)], []);
    }

    private byte[] Render(SupplementHead head) => SupplementFormat.Render(new Supplement(_receipt.Id, [head]));

    private IReadOnlyList<ReceiptCheck> Verify(byte[] supplement, IReadOnlyList<CompromisedKey> compromised) => SupplementVerifier.Verify(
        _receipt, supplement, new TrustedParties([GoldenReceipts.SampleRoot()], [_authority.Root], null), compromised);

    private static HubKey Witness()
    {
        using var folder = new Signing.Tools.Folder();
        return KeyStore.OpenOrCreate(folder.At("witness"), "Witness", new At(Stamped), allowSample: true);
    }

    private static SandboxAuthority NewAuthority()
    {
        using var folder = new Signing.Tools.Folder();
        return SandboxAuthority.OpenOrCreate(folder.Path, new At(Stamped));
    }

    private static byte[] Stamp(SandboxAuthority authority, byte[] data)
    {
        var query = TimestampToken.Ask(data);
        return query.TokenOf(new TimestampResponder(authority, new At(Stamped)).Answer(query.Encoded), out _)!;
    }

    private sealed class At(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
