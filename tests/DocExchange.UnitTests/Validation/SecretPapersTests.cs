using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Validation;
using DocExchange.Core.Validation.Papers;
using DocExchange.UnitTests.Signing.Pdf;
using Xunit;

namespace DocExchange.UnitTests.Validation;

/// <summary>A stamp of state secrecy on the first page of a PDF stops the package; words in its sentences do not.</summary>
public sealed class SecretPapersTests
{
    private const string Font = "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /ToUnicode 8 0 R >>";
    private const string Map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end";

    [Theory]
    [InlineData("MẬT")]
    [InlineData("TỐI MẬT")]
    [InlineData("TUYỆT MẬT")]
    [InlineData(" T U Y Ệ T   M Ậ T ")]
    public void A_line_that_is_nothing_but_the_mark_is_found(string stamp)
    {
        Assert.True(HasMark(Pdf(At(700, "ỦY BAN NHÂN DÂN") + At(650, stamp) + At(600, "Kính gửi: các sở"))));
        Assert.True(HasMark(Pdf(At(650, stamp), deflated: true)));
        // As many writers do, each letter in a run of its own, placed by the page's matrix, in any order.
        Assert.True(HasMark(Pdf(string.Concat(stamp.Select((letter, i) => $"q 0.5 0 0 0.5 0 0 cm BT /F1 12 Tf 1 0 0 1 {100 + (i * 10)} 650 Tm {Hex(letter.ToString())} Tj ET Q\n").Reverse()))));
    }

    [Theory]
    [InlineData("bảo mật")]
    [InlineData("mật")]
    [InlineData("MẬT ĐỘ DÂN SỐ")]
    [InlineData("MẤT")]
    [InlineData("BẢO MẬT")]
    [InlineData("")]
    public void Words_and_sentences_are_no_stamp(string line) => Assert.False(HasMark(Pdf(At(650, line))));

    [Fact]
    public void A_heading_cut_behind_its_first_word_and_a_mark_beside_other_text_are_no_stamp()
    {
        Assert.False(HasMark(Pdf(At(660, "TĂNG CƯỜNG BẢO") + At(640, "MẬT"))));
        Assert.False(HasMark(Pdf(At(650, "AN TOÀN") + $"BT /F1 12 Tf 1 0 0 1 300 650 Tm {Hex("MẬT")} Tj ET\n")));
    }

    [Theory]
    [InlineData("MẬT", true)]
    [InlineData("Báo cáo - Tối mật", true)]
    [InlineData("Quy chế bảo mật", false)]
    public void What_the_file_says_about_itself_is_judged_by_the_rule_of_dedicated_fields(string title, bool isSecret) =>
        Assert.Equal(isSecret, HasMark(Pdf(At(650, "x"), title: title)));

    [Theory]
    [InlineData("", "/Font << /F9 7 0 R >>", "/F9")]
    [InlineData("/Matrix [1 0 0 1 0 640]", "", "/F1")]
    public void A_stamp_drawn_as_a_form_is_found_with_its_matrix_and_resources_and_in_another_form(string matrix, string fonts, string font)
    {
        var resources = fonts.Length > 0 ? $"/Resources << {fonts} >>" : "";
        var inner = Form($"BT {font} 12 Tf {Hex("TỐI MẬT")} Tj ET", $"{matrix} {resources}");
        var outer = Form("q 1 0 0 1 300 0 cm /Fm2 Do Q", "/Resources << /XObject << /Fm2 11 0 R >> /Font << /F1 7 0 R >> >>");

        Assert.True(HasMark(Pdf("q 1 0 0 1 100 10 cm /Fm1 Do Q " + At(700, "ỦY BAN NHÂN DÂN"), resources: "/XObject << /Fm1 10 0 R >>", more: [(10, outer), (11, inner)])));
        // On the height of other text it is part of a line: the matrix puts it there.
        Assert.False(HasMark(Pdf("/Fm1 Do " + At(matrix.Length > 0 ? 640 : 0, "AN TOÀN"), resources: "/XObject << /Fm1 10 0 R >>", more: [(10, outer), (11, inner)])));
    }

    [Fact]
    public void A_stamp_laid_over_the_page_as_an_annotation_is_found_by_its_look_and_by_its_words()
    {
        var shown = Form($"BT /F1 12 Tf {Hex("MẬT")} Tj ET");
        Assert.True(HasMark(Pdf(At(650, "x"), page: "/Annots [10 0 R]", more: [(10, "<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 11 0 R >> >>"), (11, shown)])));
        Assert.True(HasMark(Pdf(At(650, "x"), page: "/Annots [10 0 R]", more: [(10, "<< /Type /Annot /Subtype /Widget /AS /On /AP << /N << /On 11 0 R >> >> >>"), (11, shown)])));
        Assert.True(HasMark(Pdf(At(650, "x"), page: "/Annots [10 0 R]", more: (10, $"<< /Type /Annot /Subtype /FreeText /Contents <FEFF{Hex("Gấp\rTUYỆT MẬT")[1..]} >>"))));
        Assert.False(HasMark(Pdf(At(650, "x"), page: "/Annots [10 0 R]", more: (10, $"<< /Type /Annot /Subtype /Text /Contents <FEFF{Hex("xem mục bảo mật")[1..]} >>"))));
    }

    [Theory]
    [InlineData("<dc:title><rdf:Alt><rdf:li xml:lang='vi'>Tối mật</rdf:li></rdf:Alt></dc:title>", true)]
    [InlineData("<pdf:Info pdf:Keywords='quốc phòng; mật'/>", true)]
    [InlineData("<dc:title>Quy chế bảo mật</dc:title>", false)]
    public void What_the_xmp_packet_says_is_judged_as_what_the_info_dictionary_says(string element, bool isSecret)
    {
        var xmp = $"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:rdf='r' xmlns:dc='d' xmlns:pdf='p'>{element}</x:xmpmeta>\n  <?xpacket end='w'?>";
        var stream = PdfMaker.Stream(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(xmp)));

        Assert.Equal(isSecret, HasMark(Pdf(At(650, "x"), catalog: "/Metadata 10 0 R", more: (10, stream))));
    }

    [Fact]
    public void A_mark_behind_an_inline_image_is_found() =>
        Assert.True(HasMark(Pdf("BI /W 2 /H 2 /BPC 8 /CS /G ID \u0001EI\u0002( EI Q\n" + At(650, "MẬT"))));

    [Fact]
    public void What_a_limit_ended_is_named_and_what_was_seen_before_counts()
    {
        const string nested = "/Resources << /XObject << /Fm1 10 0 R >> >>";
        var endless = Form("/Fm1 Do", nested);
        var costly = string.Concat(Enumerable.Repeat("0 0 0 0 0 0 c ", 250_000));

        foreach (var pdf in (byte[][])[Pdf("/Fm1 Do", resources: "/XObject << /Fm1 10 0 R >>", more: (10, endless)), Pdf(costly, deflated: true), Pdf(At(1, "x") + new string(' ', 9_000_000))])
        {
            var search = Search(pdf);
            Assert.False(search.HasMark);
            Assert.Equal(0, search.NotChecked?.Ordinal);
        }
        Assert.True(HasMark(Pdf(At(650, "MẬT") + costly, deflated: true)));
        Assert.Null(Search(Pdf(At(650, "x"))).NotChecked);
    }

    /// <summary>Without limits each of these would take minutes.</summary>
    [Theory]
    [InlineData("objects that all begin at one place")]
    [InlineData("one font under many names")]
    [InlineData("forms that each draw many")]
    public void A_file_that_is_made_to_cost_much_ends_at_a_limit_and_is_named(string how)
    {
        var many = Enumerable.Range(0, 2000).ToList();
        var table = string.Concat(Enumerable.Range(100, 90_000).Select(n => $"{n} 0 "));
        var packed = $"{table}[{string.Concat(Enumerable.Repeat("0 ", 50_000))}]";
        var pdf = how switch
        {
            "objects that all begin at one place" => Pdf(At(650, "x"), more: (10, $"<< /Type /ObjStm /N 90000 /First {table.Length} {PdfMaker.Stream(packed)[3..]}")),
            "one font under many names" => Pdf(string.Concat(many.Select(n => $"/G{n} 9 Tf ")), page: $"/Resources << /Font << {string.Concat(many.Select(n => $"/G{n} 7 0 R "))} >> >>"),
            _ => Pdf("/Fm1 Do", resources: "/XObject << /Fm1 10 0 R /Fm2 11 0 R /Fm3 12 0 R >>", more:
                [(10, Form(string.Concat(many.Select(_ => "/Fm2 Do ")))), (11, Form(string.Concat(many.Select(_ => "/Fm3 Do ")))), (12, Form(At(650, "x")))]),
        };

        var search = Search(pdf);

        Assert.Equal((false, 0), (search.HasMark, search.NotChecked?.Ordinal));
    }

    [Fact]
    public void A_pdf_wrapped_in_a_zip_is_looked_into()
    {
        var pdf = Pdf(At(650, "MẬT"));
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("a.pdf").Open()) entry.Write(pdf);

        Assert.True(HasMark(zip.ToArray(), new WrappedFile("a.pdf", "pdf", pdf.Length, default, "pdf")));
    }

    [Fact]
    public void Broken_encrypted_and_hostile_files_are_not_seen_and_cost_little()
    {
        var pdf = Pdf(At(650, "MẬT"));
        var began = Stopwatch.StartNew();
        for (var cut = 0; cut < pdf.Length; cut += 7) HasMark(pdf[..cut]);
        var text = Encoding.Latin1.GetString(pdf);
        Assert.False(HasMark(Encoding.Latin1.GetBytes(text.Replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 5 0 R", StringComparison.Ordinal))));
        Assert.False(HasMark(Encoding.Latin1.GetBytes(text.Replace("/Kids [3 0 R]", "/Kids [2 0 R]", StringComparison.Ordinal))));
        Assert.False(HasMark(Pdf(new string('q', 1) + string.Concat(Enumerable.Repeat(" q 1 0 0 1 0 0 cm", 100_000)))));

        Assert.True(began.Elapsed < TimeSpan.FromSeconds(10), $"{began.Elapsed}");
    }

    private static bool HasMark(byte[] file, WrappedFile? wrapped = null) => Search(file, wrapped).HasMark;

    private static SecrecySearch Search(byte[] file, WrappedFile? wrapped = null)
    {
        var encoded = Encoding.ASCII.GetBytes(Convert.ToBase64String(file));
        var attachment = new Attachment { Ordinal = 0, Offset = 0, EncodedLength = encoded.Length, Length = file.Length, Digest = default, SniffedType = wrapped is null ? "pdf" : "zip", Wrapped = wrapped };
        return new SecretPapers(PackageLimits.Default).Search([attachment], new MemoryStream(encoded), ValidationSettings.Default.CompiledMarks);
    }

    private static byte[] Pdf(string content, bool deflated = false, string title = "Cong van", string page = "", string catalog = "", string resources = "", params (int Number, string Body)[] more) => PdfMaker.Append("%PDF-1.7\n%\u00e2\u00e3\n"u8.ToArray(), null,
    [
        (1, PdfMaker.Catalog[..^2] + catalog + " >>"), (2, $"<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 7 0 R >> {resources} >> >>"),
        (3, $"<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} >>"), (4, deflated ? Deflated(content) : PdfMaker.Stream(content)),
        (5, $"<< /Title <FEFF{Hex(title)[1..]} >>"), (7, Font), (8, PdfMaker.Stream(Map)), .. more,
    ]);

    private static string Form(string content, string entries = "") => $"<< /Type /XObject /Subtype /Form /BBox [0 0 200 50] {entries} {PdfMaker.Stream(content)[3..]}";

    private static string At(int y, string text) => $"BT /F1 12 Tf 1 0 0 1 100 {y} Tm [{Hex(text)}] TJ ET\n";

    private static string Hex(string text) => $"<{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    private static string Deflated(string content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(Encoding.Latin1.GetBytes(content));
        return $"<< /Filter /FlateDecode /Length {packed.Length} >>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream";
    }
}
