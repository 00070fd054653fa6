using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.UnitTests.Signing.Pdf;

public sealed class PdfVerdictTests : IDisposable
{
    private readonly PdfTrust _trust = new();

    public void Dispose() => _trust.Dispose();

    [Fact]
    public void A_signature_over_the_whole_file_counts_and_names_its_signer()
    {
        var verdict = Assert.Single(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson)));

        Assert.Equal(LegalClass.LegallySigned, verdict.Class);
        Assert.Equal([Remark.ClaimedTime], verdict.Remarks);
        Assert.Equal(("Nguyen Van A", "Tinh X", SignerRole.Person), (verdict.Signer, verdict.Organisation, verdict.Role));
        Assert.Equal(PdfTrust.Now.AddHours(-1), verdict.SignedAt);
    }

    [Fact]
    public void A_person_then_the_organisation_make_a_legally_signed_document()
    {
        var pdf = PdfMaker.Sign(PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson), 2, _trust.ByOrganisation);

        var verdicts = _trust.Judge(pdf);

        Assert.Equal([Remark.AddedLater, Remark.ClaimedTime], verdicts[0].Remarks);
        Assert.Equal([Remark.ClaimedTime], verdicts[1].Remarks);
        Assert.Equal(LegalClass.LegallySigned, DocumentVerdict.Of(verdicts, []).Class);
    }

    [Fact]
    public void The_organisation_before_the_person_is_for_information_only()
    {
        var pdf = PdfMaker.Sign(PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByOrganisation), 2, _trust.ByPerson);

        var document = DocumentVerdict.Of(_trust.Judge(pdf), []);

        Assert.Equal([Remark.WrongOrder], document.Remarks);
        Assert.Equal(LegalClass.InformationOnly, document.Class);
    }

    [Fact]
    public void A_person_alone_is_for_information_only_and_an_organisation_alone_counts_as_for_copies()
    {
        Assert.Equal([Remark.OrganisationMissing], DocumentVerdict.Of(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson)), []).Remarks);
        var copy = DocumentVerdict.Of(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByOrganisation)), []);
        Assert.Equal([Remark.PersonMissing], copy.Remarks);
        Assert.Equal(LegalClass.LegallySigned, copy.Class);
    }

    [Fact]
    public void A_changed_byte_breaks_the_signature()
    {
        var pdf = PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson);
        pdf[pdf.AsSpan().IndexOf("Cong"u8)] ^= 1;

        Assert.Contains(Remark.Altered, Assert.Single(_trust.Judge(pdf)).Remarks);
    }

    [Fact]
    public void Another_key_under_the_same_certificate_is_a_wrong_signature()
    {
        var pdf = PdfMaker.Sign(PdfMaker.Plain(), 1, content =>
        {
            var message = _trust.ByPerson(content);
            message[^1] ^= 1;
            return message;
        });

        Assert.Contains(Remark.WrongSignature, Assert.Single(_trust.Judge(pdf)).Remarks);
    }

    [Fact]
    public void A_certificate_from_elsewhere_is_named_and_not_believed()
    {
        using var other = new PdfTrust();

        var verdict = Assert.Single(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, other.ByPerson)));

        Assert.Contains(Remark.Untrusted, verdict.Remarks);
        Assert.Equal(LegalClass.InformationOnly, verdict.Class);
        Assert.Equal("Nguyen Van A", verdict.Signer);
    }

    [Fact]
    public void An_expired_certificate_counts_only_where_a_time_stamp_proves_the_time()
    {
        using var expired = _trust.Issue("Nguyen Van B", "CCCD:2", to: PdfTrust.Now.AddDays(-1));

        var within = _trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, content => PdfMaker.Cms(expired, content, PdfTrust.Now.AddDays(-2))));
        var after = _trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, content => PdfMaker.Cms(expired, content, PdfTrust.Now)));

        Assert.Contains(Remark.ExpiredUnproven, within[0].Remarks);
        Assert.Contains(Remark.NotValidThen, after[0].Remarks);
    }

    [Fact]
    public void A_certificate_that_may_not_sign_is_not_believed()
    {
        using var wrong = _trust.Issue("Nguyen Van C", "CCCD:3", usage: System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.KeyEncipherment);

        Assert.Contains(Remark.WrongUsage, _trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, content => PdfMaker.Cms(wrong, content)))[0].Remarks);
    }

    [Theory]
    [InlineData(RevocationPolicy.Soft, "revocation-pending", "legally-signed")]
    [InlineData(RevocationPolicy.Hard, "revocation-unknown", "information-only")]
    public void What_nobody_said_of_a_certificate_follows_the_policy_and_is_asked_for_later(RevocationPolicy policy, string remark, string legal)
    {
        using var trust = new PdfTrust(PdfTrust.Now, responder: "http://ocsp.example.vn/") { Hosts = { "ocsp.example.vn" } };

        var verdict = trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, trust.ByPerson), policy)[0];

        Assert.Contains(remark, verdict.Remarks.Select(r => r.Code));
        Assert.Equal(legal, verdict.Class.Name);
        Assert.Equal(RevocationBook.KeyOf(trust.Person), Assert.Single(trust.Current.Revocations.Wanted).Key);
    }

    [Fact]
    public void A_revoked_certificate_is_not_believed_even_on_an_old_answer()
    {
        _trust.Current.Revocations.Put(RevocationBook.KeyOf(_trust.Person),
            new RevocationAnswer(RevocationStatus.Revoked, PdfTrust.Now.AddDays(-10), PdfTrust.Now.AddDays(-9), PdfTrust.Now.AddDays(-8)));

        Assert.Contains(Remark.Revoked, _trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson), RevocationPolicy.Soft)[0].Remarks);
    }

    [Fact]
    public void A_time_in_the_future_is_replaced_by_the_time_of_arrival()
    {
        var verdict = _trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, content => PdfMaker.Cms(_trust.Person, content, PdfTrust.Now.AddDays(3))))[0];

        Assert.Equal([Remark.FutureTime], verdict.Remarks);
        Assert.Equal(PdfTrust.Now, verdict.SignedAt);
    }

    [Theory]
    [InlineData("D:00010101000000")]
    [InlineData("D:00010101000000+14'00'")]
    [InlineData("D:99991231235959-14'00'")]
    public void A_date_outside_all_calendars_claims_no_time_and_stops_nothing(string date)
    {
        var pdf = PdfMaker.Sign(PdfMaker.Plain(), 1, content => PdfMaker.Cms(_trust.Person, content), date: date);

        Assert.Equal([Remark.ClaimedTime], Assert.Single(_trust.Judge(pdf)).Remarks);
        Assert.Null(PdfJudge.TimeOf(date));
    }

    [Fact]
    public void A_pdf_without_signatures_has_none_and_an_unknown_kind_is_named()
    {
        Assert.Empty(_trust.Judge(PdfMaker.Plain()));
        Assert.Contains(Remark.Unsupported, _trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson, "adbe.x509.rsa_sha1"))[0].Remarks);
    }
}
