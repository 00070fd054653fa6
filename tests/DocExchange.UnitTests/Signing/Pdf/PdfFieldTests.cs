using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.UnitTests.Signing.Pdf;

/// <summary>
/// Fields of signatures that come behind a signature. A field is a picture on a page: what nobody signed must show nothing, or the signed letter could be painted over.
/// </summary>
public sealed class PdfFieldTests : IDisposable
{
    private const string Widget = "/Type /Annot /Subtype /Widget /FT /Sig /T (S9) /P 3 0 R";
    private const string Whole = "/Rect [0 0 595 842]";
    private const string Nowhere = "/Rect [0 0 0 0]";
    private const string Shown = "/AP << /N 41 0 R >>";
    private const string Certified = "/Reference [ << /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >> ]";

    private static readonly (int, string) Picture = (41, "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length 10 >>\nstream\n0 0 9 9 re\nendstream");
    private readonly PdfTrust _trust = new();
    private readonly byte[] _signed;

    public PdfFieldTests() => _signed = PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson);

    public void Dispose() => _trust.Dispose();

    [Theory]
    [InlineData($"<< {Widget} {Whole} {Shown} >>", "a field without a signature")]
    [InlineData($"<< {Widget} {Whole} {Shown} /V 13 0 R >>", "a field that borrows an older signature")]
    [InlineData($"<< {Widget} {Whole} {Shown} /V 42 0 R >>", "a field of what is no signature")]
    [InlineData($"<< {Widget} {Whole} {Shown} /V << /Type /Sig >> >>", "a field with a signature of its own making")]
    [InlineData($"<< {Widget} {Whole} /MK << /BG [1 1 1] >> >>", "a field with a background")]
    [InlineData($"<< {Widget} {Whole} /BS << /W 400 >> /C [1 1 1] >>", "a field with a border")]
    [InlineData($"<< {Widget} {Whole} /AA << /PV << /S /JavaScript /JS (x) >> >> >>", "a field that acts")]
    [InlineData($"<< /FT /Sig /Subtype /FreeText /Contents (other) {Whole} >>", "a note that calls itself a field")]
    [InlineData($"<< /Subtype /Widget {Whole} {Shown} /Parent 43 0 R >>", "a part of a field without a signature")]
    [InlineData($"<< /Subtype /Widget {Whole} {Shown} /Parent 12 0 R >>", "a part of the field that was signed")]
    public void A_field_that_nobody_signed_and_that_shows_something_is_a_change(string field, string what)
    {
        var verdict = _trust.Judge(Added(_signed, (40, field), Picture, (42, "<< /Type /Sig >>"), (43, "<< /FT /Sig /T (S8) /Kids [40 0 R] >>")))[0];

        Assert.True(verdict.Remarks.Contains(Remark.Changed), what);
        Assert.Equal(LegalClass.Broken, verdict.Class);
    }

    [Fact]
    public void A_field_given_twice_is_looked_at_both_times()
    {
        var (shows, hides) = ($"<< {Widget} {Whole} {Shown} >>", $"<< {Widget} {Nowhere} >>");

        Assert.Contains(Remark.Changed, _trust.Judge(Added(_signed, (40, shows), Picture, (40, hides)))[0].Remarks);
        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(_signed,
            (3, PdfMaker.Page[..^2] + "/Annots 44 0 R >>"), (44, "[12 0 R 40 0 R]"), (44, "[12 0 R]"), (40, shows), Picture))[0].Remarks);
    }

    [Theory]
    [InlineData($"<< {Widget} {Whole} {Shown} >>")]
    [InlineData($"<< {Widget} {Whole} {Shown} /V 13 0 R >>")]
    [InlineData($"<< {Widget} {Whole} /MK << /BG [1 1 1] >> >>")]
    public void An_empty_field_that_gets_a_picture_without_a_signature_is_a_change(string filled)
    {
        var signed = WithEmptyField();

        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(signed)[0].Class);
        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(signed, (40, filled), Picture))[0].Remarks);
    }

    /// <summary>Anybody may have a document stamped with the time, and the stamp says nothing of who did.</summary>
    [Fact]
    public void A_time_stamp_may_not_bring_a_picture()
    {
        var signature = SignatureObject("ETSI.RFC3161");
        byte[] Stamped(string place) => PdfMaker.Fill(Added(_signed, (40, $"<< {Widget} {place} {Shown} /V 42 0 R >>"), Picture, signature), _ => [0x30, 0]);

        Assert.Contains(Remark.Changed, _trust.Judge(Stamped(Whole))[0].Remarks);
        Assert.Contains(Remark.AddedLater, _trust.Judge(Stamped(Nowhere))[0].Remarks);
    }

    [Theory]
    [InlineData($"<< {Widget} {Whole} {Shown} /V 42 0 R >>")]
    [InlineData($"<< /Subtype /Widget {Whole} {Shown} /Parent 43 0 R >>")]
    public void A_later_signer_may_show_his_signature(string field)
    {
        var pdf = PdfMaker.Fill(Added(_signed, (40, field), Picture, (43, "<< /FT /Sig /T (S8) /V 42 0 R /Kids [40 0 R] >>"), SignatureObject()), _trust.ByOrganisation);

        var verdicts = _trust.Judge(pdf);

        Assert.Contains(Remark.AddedLater, verdicts[0].Remarks);
        Assert.Equal(LegalClass.LegallySigned, DocumentVerdict.Of(verdicts, []).Class);
    }

    [Fact]
    public void A_later_signer_may_fill_the_field_that_waits_for_him()
    {
        var pdf = PdfMaker.Fill(PdfMaker.Update(WithEmptyField(), (40, $"<< {Widget} {Whole} {Shown} /V 42 0 R >>"), Picture, SignatureObject()), _trust.ByOrganisation);

        Assert.Equal(LegalClass.LegallySigned, DocumentVerdict.Of(_trust.Judge(pdf), []).Class);
    }

    [Theory]
    [InlineData("/Kids [40 0 R]")]
    [InlineData("/Kids [40 0 R] /F 4")]
    public void A_later_signer_may_fill_a_field_whose_picture_is_a_part_of_it(string rest)
    {
        var part = $"/Type /Annot /Subtype /Widget {Whole} /Parent 43 0 R /P 3 0 R";
        var signed = WithEmptyField($"<< {part} >>", (43, "<< /FT /Sig /T (S8) /Kids [40 0 R] >>"));
        var pdf = PdfMaker.Fill(PdfMaker.Update(signed, (40, $"<< {part} {Shown} >>"), (43, $"<< /FT /Sig /T (S8) /V 42 0 R {rest} >>"), Picture, SignatureObject()), _trust.ByOrganisation);

        Assert.Equal(LegalClass.LegallySigned, DocumentVerdict.Of(_trust.Judge(pdf), []).Class);
        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(signed, (40, $"<< {part} {Shown} >>"), Picture))[0].Remarks);
    }

    [Fact]
    public void An_empty_field_that_shows_nothing_may_be_added()
    {
        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(Added(_signed, (40, $"<< {Widget} {Whole} /F 4 /MK << >> >>")))[0].Class);
    }

    [Fact]
    public void Where_the_author_forbade_it_even_an_empty_field_is_too_much_and_proofs_are_not()
    {
        var certified = PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson, more: Certified);
        var stamped = PdfMaker.Fill(Added(certified, (40, $"<< {Widget} {Nowhere} /V 42 0 R >>"), SignatureObject("ETSI.RFC3161")), _ => [0x30, 0]);

        Assert.Contains(Remark.Certification, _trust.Judge(Added(certified, (40, $"<< {Widget} {Nowhere} >>")))[0].Remarks);
        Assert.Contains(Remark.AddedLater, _trust.Judge(stamped)[0].Remarks);
    }

    /// <summary>An update with field 40 on the page and in the form.</summary>
    private static byte[] Added(byte[] signed, params (int Number, string Body)[] objects) => PdfMaker.Update(signed,
        [(3, PdfMaker.Page[..^2] + "/Annots [12 0 R 40 0 R] >>"), (6, "<< /Fields [12 0 R 40 0 R] /SigFlags 3 >>"), .. objects]);

    /// <summary>A signed letter whose field 40 waits for the next signer.</summary>
    private byte[] WithEmptyField(string field = $"<< {Widget} {Whole} >>", params (int Number, string Body)[] also) => PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson, also:
        [(3, PdfMaker.Page[..^2] + "/Annots [12 0 R 40 0 R] >>"), (6, "<< /Fields [12 0 R 40 0 R] /SigFlags 3 >>"), (40, field), .. also]);

    private static (int, string) SignatureObject(string subFilter = "adbe.pkcs7.detached") => (42, PdfMaker.EmptySignature(subFilter));
}
