using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Files;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.UnitTests.Signing.Files;

public sealed class OfficeFileTests : IDisposable
{
    private readonly PdfTrust _trust = new();

    public void Dispose() => _trust.Dispose();

    [Fact]
    public void A_signed_Word_file_counts_with_its_time_and_signer()
    {
        var found = JudgeOne(Docx());

        Assert.Equal([Remark.ClaimedTime], found.Remarks);
        Assert.Equal(("UBND tinh", SignerRole.Organisation, new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero)), (found.Signer, found.Role, found.SignedAt));
    }

    [Theory]
    [InlineData("word/document.xml", "<w:document xmlns:w='urn:w'>Một triệu đồng</w:document>")]
    [InlineData("word/media/a.png", "another picture")]
    [InlineData("word/_rels/document.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x" Target="media/b.png"/></Relationships>""")]
    public void A_part_or_a_relationship_changed_breaks_it(string part, string content) =>
        Assert.Equal([Remark.Altered], JudgeOne(With(Docx(), part, content)).Remarks);

    [Fact]
    public void A_part_shown_as_another_kind_than_the_one_signed_breaks_it()
    {
        var parts = Docx();

        Assert.Equal([Remark.Altered], JudgeOne(With(parts, "[Content_Types].xml", parts["[Content_Types].xml"].Replace("image/png", "text/html"))).Remarks);
    }

    [Fact]
    public void A_part_or_a_relationship_that_nobody_signed_makes_it_a_partial_one()
    {
        var parts = Docx();
        var more = """<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="s.xml"/></Relationships>""";

        Assert.Equal([Remark.Partial, Remark.ClaimedTime], JudgeOne(With(parts, "word/styles.xml", "<hidden/>")).Remarks);
        Assert.Equal([Remark.Partial, Remark.ClaimedTime], JudgeOne(With(parts, "word/_rels/document.xml.rels", parts["word/_rels/document.xml.rels"].Replace("</Relationships>", more))).Remarks);
        // Its properties are nobody's to sign.
        Assert.Equal([Remark.ClaimedTime], JudgeOne(With(parts, "docProps/core.xml", "<title>other</title>")).Remarks);
    }

    [Fact]
    public void A_part_that_is_gone_or_stands_twice_breaks_it()
    {
        var gone = Docx();
        gone.Remove("word/media/a.png");

        Assert.Equal([Remark.Altered], JudgeOne(gone).Remarks);
        Assert.Equal([Remark.Ambiguous], Assert.Single(Judge(SignedOfficeFile.Zip(Docx(), twice: "WORD/document.xml"))).Remarks);
    }

    [Fact]
    public void An_OpenDocument_file_counts_breaks_and_is_partial_likewise()
    {
        var parts = SignedOfficeFile.Odt(_trust.Organisation);

        Assert.Equal([Remark.ClaimedTime], JudgeOne(parts).Remarks);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero), JudgeOne(parts).SignedAt);
        Assert.Equal([Remark.Altered], JudgeOne(With(parts, "content.xml", "<a b='1' c='3'/>")).Remarks);
        Assert.Equal([Remark.Altered], JudgeOne(With(parts, "Pictures/a b.png", "other")).Remarks);
        Assert.Equal([Remark.Partial, Remark.ClaimedTime], JudgeOne(With(parts, "styles.xml", "<s/>")).Remarks);
    }

    [Fact]
    public void What_expands_beyond_the_limit_or_costs_more_time_than_there_is_ends()
    {
        var large = With(Docx(), "word/document.xml", new string('x', 300_000));

        Assert.Throws<JudgingLimitException>(() => Judge(SignedOfficeFile.Zip(large), PackageLimits.Default with { MaxExpandedBytes = 100_000 }));
        Assert.Throws<JudgingLimitException>(() => Judge(SignedOfficeFile.Zip(large), time: TimeSpan.Zero));
        Assert.Throws<JudgingLimitException>(() => Judge(SignedOfficeFile.Zip(With(Docx(), "_xmlsignatures/sig1.xml", $"<a>{new string('x', 5 * 1024 * 1024)}</a>"))));
        Assert.Equal([Remark.Unreadable], JudgeOne(With(Docx(), "_xmlsignatures/sig1.xml", "<a")).Remarks);
    }

    [Fact]
    public void A_file_of_parts_inside_a_wrapping_zip_is_known_to_be_signed()
    {
        var (inside, outside) = (new SignatureSigns(asksZip: true), new SignatureSigns());
        var file = SignedOfficeFile.Zip(Docx()).ToArray();
        inside.Take(file);
        outside.Take(file);

        Assert.Equal((SignatureHint.Office, SignatureHint.None), (inside.Hint, outside.Hint));
    }

    [SkippableFact]
    public void Xmlsec_agrees_about_the_signature_over_the_manifest()
    {
        Skip.IfNot(Tools.Has("xmlsec1", "--version"), "xmlsec1 is not here");
        using var folder = new Tools.Folder();
        var root = folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(_trust.Root.ExportCertificatePem()));
        var file = folder.Write("sig1.xml", System.Text.Encoding.UTF8.GetBytes(Docx()["_xmlsignatures/sig1.xml"]));

        var theirs = Tools.Run("xmlsec1", "--verify", "--ignore-manifests", "--id-attr:Id", "Object", "--trusted-pem", root, "--verification-time", "2026-11-21 05:00:00", file);

        Assert.True(theirs.Code == 0, theirs.Output);
    }

    private Dictionary<string, string> Docx() => SignedOfficeFile.Docx(_trust.Organisation);

    private static Dictionary<string, string> With(Dictionary<string, string> parts, string name, string content) => new(parts) { [name] = content };

    private SignatureVerdict JudgeOne(Dictionary<string, string> parts) => Assert.Single(Judge(SignedOfficeFile.Zip(parts)));

    private IReadOnlyList<SignatureVerdict> Judge(Stream file, PackageLimits? package = null, TimeSpan? time = null) => new OfficeJudge(
        new SignerJudge(_trust.Current.Book, _trust.Current.Revocations, new SignaturePolicy(RevocationPolicy.Off, false), PdfTrust.Now), package ?? PackageLimits.Default, XmlLimits.Default,
        new JudgingBudget(time ?? TimeSpan.FromMinutes(5), TimeProvider.System, default)).Judge(file, 0, "a.docx");
}
