using System.Text;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.UnitTests.Signing.Pdf;

/// <summary>Ways to show another document than the one signed (pdf-insecurity.org: signature wrapping, universal forgery, incremental saving, shadow).</summary>
public sealed class PdfAttackTests : IDisposable
{
    private readonly PdfTrust _trust = new();
    private readonly byte[] _signed;

    public PdfAttackTests() => _signed = PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson);

    public void Dispose() => _trust.Dispose();

    [Theory]
    [InlineData(4, "<< /Length 7 >>\nstream\nBT ET  \nendstream", "a page's content")]
    [InlineData(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 40 0 R /Annots [12 0 R] /Resources << >> >>", "a page")]
    [InlineData(2, "<< /Type /Pages /Kids [3 0 R 41 0 R] /Count 2 >>", "the list of pages")]
    [InlineData(1, "<< /Type /Catalog /Pages 50 0 R /AcroForm 6 0 R >>", "the catalogue")]
    [InlineData(12, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (S1) /V 60 0 R /Rect [0 0 0 0] /P 3 0 R >>", "the field's own signature")]
    [InlineData(6, "<< /Fields [] /SigFlags 3 >>", "the form's fields")]
    public void Replacing_what_was_signed_by_an_update_is_found(int number, string body, string what)
    {
        var verdict = _trust.Judge(PdfMaker.Update(_signed, (number, body)))[0];

        Assert.True(verdict.Remarks.Contains(Remark.Changed), what);
        Assert.Equal(LegalClass.Broken, verdict.Class);
        Assert.Equal("Nguyen Van A", verdict.Signer);
    }

    [Fact]
    public void A_note_added_to_a_page_is_a_change_and_a_second_signature_does_not_hide_it()
    {
        (int, string)[] note = [(3, PdfMaker.Page[..^2] + "/Annots [12 0 R 30 0 R] >>"), (30, "<< /Type /Annot /Subtype /FreeText /Contents (other) >>")];

        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(_signed, note))[0].Remarks);
        var twice = _trust.Judge(PdfMaker.Sign(PdfMaker.Update(_signed, note), 2, _trust.ByOrganisation));
        Assert.Contains(Remark.Changed, twice[0].Remarks);
        Assert.Equal(LegalClass.LegallySigned, twice[1].Class);
    }

    [Fact]
    public void Proofs_of_certificates_added_later_are_no_change()
    {
        var pdf = PdfMaker.Update(_signed,
            (1, PdfMaker.Catalog[..^2] + "/AcroForm 6 0 R /DSS 70 0 R >>"), (70, "<< /Type /DSS /Certs [71 0 R] >>"), (71, PdfMaker.Stream("certificate")));

        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(pdf)[0].Class);
    }

    /// <summary>As programs keep a letter checkable for years: each time they write the same lists anew, with more in them.</summary>
    [Fact]
    public void Proofs_written_anew_in_their_place_are_no_change_and_what_only_bears_their_name_is()
    {
        const string Signature = "0123456789ABCDEF0123456789ABCDEF01234567";
        static (int, string)[] Proofs(string certs, string entry) =>
            [(72, certs), (73, $"<< /Type /VRI /{Signature} << /Cert {certs} {entry} >> >>"), (74, PdfMaker.Stream("certificate")), (75, PdfMaker.Stream("answer"))];
        (int, string)[] dss = [(1, PdfMaker.Catalog[..^2] + "/AcroForm 6 0 R /DSS 70 0 R >>"), (70, "<< /Type /DSS /Certs 72 0 R /VRI 73 0 R >>")];
        var once = PdfMaker.Update(_signed, [.. dss, .. Proofs("[74 0 R]", "")]);
        var signedAgain = PdfMaker.Fill(PdfMaker.Update(once, (42, PdfMaker.EmptySignature("adbe.pkcs7.detached"))), _trust.ByOrganisation);
        var twice = PdfMaker.Update(signedAgain, [(72, "[74 0 R 75 0 R]"), (73, $"<< /{Signature} << /Cert 72 0 R /OCSP [75 0 R] >> >>")]);

        Assert.All(_trust.Judge(twice), verdict => Assert.Equal(LegalClass.LegallySigned, verdict.Class));
        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(signedAgain, (72, "[/Separation /White /DeviceGray 74 0 R]")))[1].Remarks);
        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(signedAgain, (73, "<< /ca 1 >>")))[1].Remarks);
    }

    [Fact]
    public void An_update_without_anything_to_be_read_is_no_licence()
    {
        Assert.Contains(Remark.Changed, _trust.Judge([.. _signed, .. "1 0 obj <</Type/Catalog/Pages 9 0 R>> endobj"u8])[0].Remarks);
        Assert.Equal(LegalClass.LegallySigned, _trust.Judge([.. _signed, .. "\n\n"u8])[0].Class);
    }

    [Fact]
    public void A_table_that_leads_into_the_signed_part_is_found()
    {
        // The hidden object was signed, as part of a stream; only the new table makes it a page's content.
        var signed = PdfMaker.Sign(PdfMaker.Append("%PDF-1.7\n"u8.ToArray(), null,
            (1, PdfMaker.Catalog), (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"), (3, PdfMaker.Page), (4, PdfMaker.Stream("honest")),
            (5, PdfMaker.Stream("4 0 obj\n<< /Length 5 >>\nstream\nother\nendstream\nendobj"))), 1, _trust.ByPerson);
        var hidden = signed.AsSpan().LastIndexOf("4 0 obj"u8);
        var table = signed.Length;
        var forged = Encoding.Latin1.GetBytes($"xref\n4 1\n{hidden:D10} 00000 n \ntrailer\n<< /Size 100 /Root 1 0 R /Prev {PdfMaker.LastTable(signed)} >>\nstartxref\n{table}\n%%EOF\n");

        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(signed)[0].Class);
        Assert.Contains(Remark.Changed, _trust.Judge([.. signed, .. forged])[0].Remarks);
    }

    [Fact]
    public void A_trailer_that_names_another_root_is_found()
    {
        var pdf = Encoding.Latin1.GetString(PdfMaker.Update(_signed, (80, PdfMaker.Catalog)));
        var forged = pdf[.._signed.Length] + pdf[_signed.Length..].Replace("/Root 1 0 R", "/Root 80 0 R", StringComparison.Ordinal);

        Assert.Contains(Remark.Changed, _trust.Judge(Encoding.Latin1.GetBytes(forged))[0].Remarks);
    }

    /// <summary>The object was signed in two parts at once: as something that may change, and as what a page shows.</summary>
    [Theory]
    [InlineData("<< /Type /Metadata /Subtype /XML /Length 3 >>\nstream\none\nendstream", "<< /Type /Metadata /Subtype /XML /Length 3 >>\nstream\ntwo\nendstream", "/Contents 30 0 R /Metadata 30 0 R")]
    [InlineData("<< /Type /DSS /Certs 31 0 R >>", "<< /Type /DSS /Certs 32 0 R >>", "/DSS 30 0 R /Resources << /XObject 30 0 R >>")]
    [InlineData("<< /Fields [] /SigFlags 31 0 R >>", "<< /Fields [] /SigFlags 32 0 R >>", "/AcroForm 30 0 R /Resources << /XObject 30 0 R >>")]
    [InlineData("<< /FT /Sig /T (a) /V null /MK 31 0 R >>", "<< /FT /Sig /T (a) /V null /MK 32 0 R >>", "/Fields [30 0 R] /Resources << /XObject 30 0 R >>")]
    public void What_was_prepared_to_be_exchanged_is_found(string before, string after, string references)
    {
        var prepared = PdfMaker.Update(PdfMaker.Plain(), (30, before), (31, PdfMaker.Stream("one")), (32, PdfMaker.Stream("two")), (33, $"<< {references} >>"));
        var signed = PdfMaker.Sign(prepared, 1, _trust.ByPerson);

        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(signed)[0].Class);
        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(signed, (30, after)))[0].Remarks);
    }

    /// <summary>The signed page refers to an object that does not exist yet: whoever makes it later decides what the page shows.</summary>
    [Theory]
    [InlineData("/Contents [4 0 R 99 0 R]", "/Resources << >>", "<< /Length 20 >>\nstream\nBT (another) Tj ET  \nendstream")]
    [InlineData("/Contents 4 0 R", "/Resources << >> /Annots [99 0 R]", "<< /Type /Annot /Subtype /FreeText /Contents (another) /Rect [0 0 595 842] >>")]
    [InlineData("/Contents 4 0 R", "/Resources << /XObject << /X 99 0 R >> >>", "<< /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream")]
    [InlineData("/Contents 30 0 R", "/Resources << >>", "4")]
    public void What_the_signed_page_left_open_may_not_be_made_later(string contents, string rest, string made)
    {
        var page = $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {contents} {rest} >>";
        (int, string)[] left = [(3, page), (30, "<< /Length 99 0 R >>\nstream\nBT (Cong van) Tj ET\nendstream")];
        var signed = PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson, also: left);

        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(signed)[0].Class);
        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(PdfMaker.Update(signed, (98, PdfMaker.Stream("proof"))))[0].Class);
        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(signed, (99, made)))[0].Remarks);
    }

    [Fact]
    public void A_stream_of_objects_replaced_under_its_own_number_is_found()
    {
        static string Packed(string text) => $"<< /Type /ObjStm /N 1 /First 5 /Length {text.Length + 5} >>\nstream\n50 0 {text}\nendstream";
        var signed = PdfMaker.Sign(PdfMaker.Update(PdfMaker.Plain(), (30, Packed("(one)"))), 1, _trust.ByPerson);

        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(PdfMaker.Update(signed, (31, Packed("(one)"))))[0].Class);
        // Whoever follows the signed table finds other objects at the same place of the stream.
        Assert.Contains(Remark.Changed, _trust.Judge(PdfMaker.Update(signed, (30, Packed("(one)"))))[0].Remarks);
    }

    [Fact]
    public void A_gap_wider_than_the_signature_is_found()
    {
        var pdf = PdfMaker.Sign(PdfMaker.Plain(), 1, content => _trust.ByPerson(content));
        var start = pdf.AsSpan().LastIndexOf("/ByteRange [0 "u8) + 14;
        var end = long.Parse(Encoding.ASCII.GetString(pdf, start + 11, 10));
        // Signature wrapping: the second part is said to begin later, and the room between is the forger's.
        Encoding.ASCII.GetBytes($"{end + 1:D10} {pdf.Length - end - 1:D10}").CopyTo(pdf, start + 11);

        Assert.Equal([Remark.Gap], _trust.Judge(pdf)[0].Remarks);
    }

    [Theory]
    [InlineData("[0 0000000000 0000000000 -00000001]")]
    [InlineData("[0 9999999999 9999999999 9999999999]")]
    [InlineData("[1 0000000010 0000000020 0000000010]")]
    [InlineData("[0 0000000010]                      ")]
    [InlineData("[]                                  ")]
    [InlineData("null                                ")]
    public void A_byte_range_that_says_nothing_is_no_signature_of_anything(string range)
    {
        var text = Encoding.Latin1.GetString(_signed);
        var at = text.LastIndexOf("/ByteRange [", StringComparison.Ordinal) + 11;
        var pdf = Encoding.Latin1.GetBytes(text[..at] + range + text[(at + text[at..].IndexOf(']') + 1)..]);

        Assert.All(_trust.Judge(pdf), verdict => Assert.Equal(LegalClass.Broken, verdict.Class));
    }

    [Fact]
    public void A_key_that_stands_twice_is_not_read_one_way_or_the_other()
    {
        var pdf = PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson, more: "/Reason (a) /Reason (b)");

        Assert.Contains(Remark.Ambiguous, _trust.Judge(pdf)[0].Remarks);
    }

    [Fact]
    public void Nothing_may_follow_a_certification_that_forbids_it()
    {
        const string Certified = "/Reference [ << /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >> ]";
        var pdf = PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson, more: Certified);

        Assert.Equal(LegalClass.LegallySigned, _trust.Judge(pdf)[0].Class);
        Assert.Contains(Remark.Certification, _trust.Judge(PdfMaker.Sign(pdf, 2, _trust.ByOrganisation))[0].Remarks);
    }

    [Fact]
    public void Something_behind_the_message_in_its_room_is_found()
    {
        var pdf = PdfMaker.Sign(PdfMaker.Plain(), 1, content => [.. _trust.ByPerson(content), 1]);

        Assert.Contains(Remark.Unreadable, _trust.Judge(pdf)[0].Remarks);
    }

    [Fact]
    public void A_signature_that_covers_part_of_another_is_found()
    {
        var pdf = PdfMaker.Sign(_signed, 2, _trust.ByOrganisation);
        var at = pdf.AsSpan().IndexOf("/ByteRange [0 "u8) + 14;
        var first = Encoding.ASCII.GetString(pdf, at, 21);
        var end = long.Parse(first[11..]);
        // The first is made to reach into the second's update.
        Encoding.ASCII.GetBytes($"{first} {pdf.Length - end - 5:D10}").CopyTo(pdf, at);

        Assert.All(_trust.Judge(pdf), verdict => Assert.Equal(LegalClass.Broken, verdict.Class));
    }
}
