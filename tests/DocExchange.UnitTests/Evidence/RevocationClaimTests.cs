using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Trust;
using DocExchange.Sandbox.Authorities;

namespace DocExchange.UnitTests.Evidence;

/// <summary>What the sandbox's responder said of the hub's certificate decides with the time-stamp whether a receipt stands.</summary>
public sealed class RevocationClaimTests : IDisposable
{
    private static readonly DateTimeOffset Stamped = GoldenReceipts.Time.AddHours(1);
    private readonly Signing.Tools.Folder _folder = new();
    private readonly SandboxAuthority _authority;
    private readonly HubKey _key;
    private readonly ReceiptParts _receipt;

    public RevocationClaimTests()
    {
        _authority = SandboxAuthority.OpenOrCreate(_folder.Path, new At(GoldenReceipts.Time.AddHours(-1)));
        _key = new HubKey(_authority.Issue("Hub", RSA.Create(2048), null, GoldenReceipts.Time.AddHours(-1)), [_authority.Root.RawData]);
        _receipt = GoldenReceipts.Acceptance(note => _key.Sign(note.ToText(), note.Time), _key.Chain);
    }

    public void Dispose()
    {
        _key.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_certificate_that_is_good_after_the_signing_was_good_at_it() =>
        Assert.Equal(CheckOutcome.Passed, Outcome(Answer(Stamped.AddDays(30))));

    [Fact]
    public void What_a_certificate_revoked_later_had_signed_stands_where_a_stamp_shows_it_to_be_older()
    {
        Revoke();
        var after = Answer(Stamped.AddMinutes(1));

        Assert.Equal(CheckOutcome.Passed, Outcome(after));
        Assert.Equal(CheckOutcome.Unproven, Outcome(after, stampsTrusted: false));
    }

    [Fact]
    public void What_was_stamped_only_after_the_revocation_is_unproven()
    {
        Revoke();

        Assert.Equal(CheckOutcome.Unproven, Outcome(Answer(Stamped.AddMinutes(-1))));
    }

    [Fact]
    public void A_strangers_answer_and_one_that_was_altered_say_nothing_and_a_supplement_without_keeps_its_spelling()
    {
        using var folder = new Signing.Tools.Folder();
        using var stranger = SandboxAuthority.OpenOrCreate(folder.Path, new At(Stamped));
        var altered = Answer(Stamped.AddDays(1));
        altered[altered.Length / 4] ^= 1;

        Assert.Equal(CheckOutcome.NotChecked, Outcome(altered));
        Assert.Equal(CheckOutcome.NotChecked, Outcome(new OcspResponder(stranger, new At(Stamped.AddDays(1))).Answer(OcspQuery.Of(_key.Certificate, _authority.Root))));
        Assert.DoesNotContain("revocation", Encoding.UTF8.GetString(Supplement([])), StringComparison.Ordinal);
        Assert.NotNull(SupplementFormat.TryParse(Supplement([altered]), out _));
    }

    private void Revoke() => _folder.Write("revoked", Encoding.ASCII.GetBytes(_key.Certificate.SerialNumber.TrimStart('0')));

    private byte[] Answer(DateTimeOffset at) => new OcspResponder(_authority, new At(at)).Answer(OcspQuery.Of(_key.Certificate, _authority.Root));

    private CheckOutcome Outcome(byte[] answer, bool stampsTrusted = true)
    {
        var trusted = new TrustedParties([_authority.Root], stampsTrusted ? [_authority.Root] : null, null);
        return SupplementVerifier.Verify(_receipt, Supplement([answer]), trusted, []).Single(check => check.Name == "revocation").Outcome;
    }

    private byte[] Supplement(IReadOnlyList<byte[]> answers)
    {
        var leaves = Enumerable.Range(0, 300).Select(i => i == 200 ? MerkleHash.Leaf(_receipt.Salt, _receipt.Entry) : GoldenReceipts.Leaf(i)).ToList();
        var tree = new MerkleTree(leaves);
        var note = new Checkpoint("hub.example/0123456789abcdef", 300, tree.Root(300), GoldenReceipts.Time).ToText();
        var head = new SignedHead(note, _key.Sign(note, GoldenReceipts.Time), _key.Chain);
        var query = TimestampToken.Ask(head.Signature);
        var stamp = query.TokenOf(new TimestampResponder(_authority, new At(Stamped)).Answer(query.Encoded), out _)!;
        return SupplementFormat.Render(new Supplement(_receipt.Id, [new SupplementHead(head, tree.InclusionPath(200, 300), [stamp], []) { Revocation = answers }]));
    }

    private sealed class At(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
