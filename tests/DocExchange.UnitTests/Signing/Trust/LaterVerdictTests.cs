using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.UnitTests.Signing.Trust;

public sealed class LaterVerdictTests
{
    private static readonly DateTimeOffset Accepted = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, RevocationAnswer> _known = new() { ["ca"] = Good(Accepted.AddHours(1)) };

    [Fact]
    public void What_was_pending_is_pending_until_every_certificate_of_the_chain_is_answered_for()
    {
        Assert.Null(Later(Pending()));

        _known["signer"] = Good(Accepted.AddHours(2));
        Assert.Equal([Remark.ClaimedTime], Assert.Single(Later(Pending())!.Signatures).Remarks);
    }

    [Fact]
    public void An_answer_that_was_too_old_when_the_document_came_says_nothing_of_it()
    {
        _known["signer"] = new RevocationAnswer(RevocationStatus.Good, null, Accepted.AddDays(-9), Accepted.AddDays(-2));
        Assert.Null(Later(Pending()));

        // Without a time of its own an answer counts for a day.
        _known["signer"] = new RevocationAnswer(RevocationStatus.Good, null, Accepted.AddDays(-2), null);
        Assert.Null(Later(Pending()));
    }

    [Theory]
    [InlineData(-1, false, "revoked", "information-only")]
    [InlineData(+1, false, "revoked-later", "legally-signed")]
    [InlineData(-1, true, "revoked-later", "legally-signed")]
    [InlineData(-9, true, "revoked", "information-only")]
    public void A_revocation_counts_from_the_time_at_which_the_signature_is_proven(int days, bool isStamped, string remark, string worth)
    {
        _known["signer"] = new RevocationAnswer(RevocationStatus.Revoked, Accepted.AddDays(days), Accepted.AddDays(5), null);
        var last = Pending();
        if (isStamped) last = last with { Signatures = [last.Signatures[0] with { IsTimeProven = true, SignedAt = Accepted.AddDays(-5) }] };

        var later = Later(last)!;

        Assert.Contains(remark, later.Signatures[0].Remarks.Select(r => r.Code));
        Assert.Equal(worth, later.Class.Name);
        Assert.Null(Later(later));
    }

    [Fact]
    public void A_revoked_authority_takes_what_it_issued_with_it_and_a_broken_or_untrusted_signature_stays_what_it_was()
    {
        _known["ca"] = new RevocationAnswer(RevocationStatus.Revoked, Accepted.AddDays(-1), Accepted, null);
        var untrusted = Pending() with { Signatures = [Pending().Signatures[0] with { Chain = [], Remarks = [Remark.Untrusted] }] };

        Assert.Contains(Remark.Revoked, Later(Pending())!.Signatures[0].Remarks);
        Assert.Null(Later(untrusted));
    }

    private DocumentVerdict? Later(DocumentVerdict last) => LaterVerdict.Of(last, Accepted, _known.GetValueOrDefault);

    private static RevocationAnswer Good(DateTimeOffset at) => new(RevocationStatus.Good, null, at, at.AddDays(1));

    private static DocumentVerdict Pending() => DocumentVerdict.Of(
        [new SignatureVerdict { Attachment = 0, Format = "adbe.pkcs7.detached", Role = SignerRole.Organisation, Certificate = "signer", Chain = ["ca", "root"], Remarks = [Remark.ClaimedTime, Remark.RevocationPending] }], []);
}
