using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.UnitTests.Signing;

/// <summary>What files beside a signed one do to the document's worth: a genuine letter must not carry a forged one along.</summary>
public sealed class DocumentVerdictTests
{
    [Theory]
    [InlineData("cong-van.pdf")]
    [InlineData("CONG-VAN.PDF")]
    [InlineData("cong-van.zip (pdf)")]
    [InlineData("(pdf)")]
    public void An_unsigned_pdf_beside_a_signed_one_lowers_the_document(string paper)
    {
        var verdict = DocumentVerdict.Of([By(0, SignerRole.Organisation)], ["phu-luc.xlsx", paper]);

        Assert.Equal([Remark.PersonMissing, Remark.NotAllSigned], verdict.Remarks);
        Assert.Equal(LegalClass.InformationOnly, verdict.Class);
    }

    [Fact]
    public void Unsigned_spreadsheets_and_drafts_are_noted_and_lower_nothing()
    {
        var verdict = DocumentVerdict.Of([By(0, SignerRole.Organisation)], ["phu-luc.xlsx", "du-thao.docx"]);

        Assert.Contains(Remark.OthersUnsigned, verdict.Remarks);
        Assert.Equal(LegalClass.LegallySigned, verdict.Class);
    }

    [Fact]
    public void Every_signed_file_must_count()
    {
        var counts = By(0, SignerRole.Organisation);

        Assert.Equal(LegalClass.LegallySigned, DocumentVerdict.Of([counts, By(1, SignerRole.Organisation)], []).Class);
        Assert.Contains(Remark.NotAllSigned, DocumentVerdict.Of([counts, By(1, SignerRole.Organisation, Remark.Untrusted)], []).Remarks);
        Assert.Contains(Remark.NotAllSigned, DocumentVerdict.Of([counts, By(1, SignerRole.Person)], []).Remarks);
        Assert.Equal(LegalClass.Broken, DocumentVerdict.Of([counts, By(1, SignerRole.Organisation, Remark.Altered)], []).Class);
    }

    [Fact]
    public void A_time_stamp_alone_signs_no_file()
    {
        Assert.Contains(Remark.NotAllSigned, DocumentVerdict.Of([By(0, SignerRole.Organisation), By(1, SignerRole.TimeStamp)], []).Remarks);
        Assert.Equal([Remark.NoneFound], DocumentVerdict.Of([By(0, SignerRole.TimeStamp)], []).Remarks);
    }

    [Fact]
    public void Where_no_file_counts_its_own_reason_is_told() =>
        Assert.Equal([Remark.OrganisationMissing], DocumentVerdict.Of([By(0, SignerRole.Person)], ["b.pdf"]).Remarks);

    [Theory]
    [InlineData("a.PDF", "pdf", "a.PDF")]
    [InlineData("a.zip", "pdf", "a.zip (pdf)")]
    [InlineData("a.zip", "xlsx", "a.zip (xlsx)")]
    [InlineData(null, "pdf", "(pdf)")]
    public void A_name_that_does_not_tell_the_kind_gets_it_in_brackets(string? name, string kind, string said) => Assert.Equal(said, DocumentVerdict.NameOf(name, kind));

    private static SignatureVerdict By(int attachment, SignerRole role, params Remark[] remarks) => new() { Attachment = attachment, Format = "adbe.pkcs7.detached", Role = role, Remarks = remarks };
}
