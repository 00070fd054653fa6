using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Files;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.UnitTests.Signing.Files;

public sealed class XmlFileTests : IDisposable
{
    private readonly PdfTrust _trust = new();

    public void Dispose() => _trust.Dispose();

    [Fact]
    public void A_file_signed_as_a_whole_counts_and_names_its_signer()
    {
        var found = JudgeOne(SignedXmlFile.Enveloped(_trust.Person));

        Assert.Equal([Remark.ClaimedTime], found.Remarks);
        Assert.Equal(("Nguyen Van A", SignerRole.Person, "xmldsig"), (found.Signer, found.Role, found.Format));
        Assert.Equal([Remark.ClaimedTime], JudgeOne(SignedXmlFile.Enveloping(_trust.Person)).Remarks);
    }

    [Fact]
    public void A_long_text_is_canonicalised_as_a_short_one()
    {
        Assert.Equal([Remark.ClaimedTime], JudgeOne(SignedXmlFile.Enveloped(_trust.Organisation, $"<report><p>{new string('x', 1024 * 1024)}</p></report>")).Remarks);
    }

    [Fact]
    public void A_letter_changed_anywhere_breaks_it()
    {
        Assert.Equal([Remark.Altered], JudgeOne(SignedXmlFile.Enveloped(_trust.Person).Replace("12 &amp;", "92 &amp;")).Remarks);
        Assert.Equal([Remark.Altered], JudgeOne(SignedXmlFile.Enveloping(_trust.Person).Replace("12 &amp;", "92 &amp;")).Remarks);
        Assert.Equal([Remark.WrongSignature], JudgeOne(SignedXmlFile.Enveloped(_trust.Person).Replace("<SignatureValue>", "<SignatureValue>AAAA")).Remarks);
    }

    [Fact]
    public void What_covers_a_part_only_is_said_to()
    {
        var part = SignedXmlFile.Enveloped(_trust.Person, uri: "#t");

        Assert.Equal([Remark.Partial, Remark.ClaimedTime], JudgeOne(part).Remarks);
        Assert.Equal([Remark.Partial, Remark.ClaimedTime], JudgeOne(part.Replace("</total>", "</total><total>99</total>")).Remarks);
        Assert.Equal(LegalClass.InformationOnly, JudgeOne(part).Class);
        // An object more around the same signature: nobody signed it.
        Assert.Contains(Remark.Partial, JudgeOne(SignedXmlFile.Enveloping(_trust.Person).Replace("</Signature>", "<Object><p/></Object></Signature>")).Remarks);
    }

    [Fact]
    public void Two_elements_of_the_id_that_is_signed_are_an_attack() =>
        Assert.Equal([Remark.Ambiguous], JudgeOne(SignedXmlFile.Enveloped(_trust.Person, uri: "#t").Replace("</total>", "</total><total Id=\"t\">99</total>")).Remarks);

    [Fact]
    public void Properties_that_are_signed_give_the_time_and_must_name_the_signer()
    {
        var own = SignedXmlFile.Enveloped(_trust.Person, more: (signed, _) => SignedXmlFile.WithProperties(signed, _trust.Person, "2026-11-20T08:00:00+07:00"));
        var other = SignedXmlFile.Enveloped(_trust.Person, more: (signed, _) => SignedXmlFile.WithProperties(signed, _trust.Organisation, "2026-11-20T08:00:00+07:00"));

        Assert.Equal(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero), JudgeOne(own).SignedAt);
        Assert.Equal([Remark.ClaimedTime], JudgeOne(own).Remarks);
        Assert.Equal([Remark.WrongSignature], JudgeOne(other).Remarks);
    }

    [Fact]
    public void A_certificate_from_elsewhere_is_untrusted_and_one_expired_unproven()
    {
        using var stranger = new PdfTrust();
        using var expired = _trust.Issue("Nguyen Van A", "CCCD:1", PdfTrust.Now.AddYears(-1).AddDays(1), PdfTrust.Now.AddDays(-1));

        Assert.Equal([Remark.ClaimedTime, Remark.Untrusted], JudgeOne(SignedXmlFile.Enveloped(stranger.Person)).Remarks);
        Assert.Equal(LegalClass.InformationOnly, JudgeOne(SignedXmlFile.Enveloped(expired)).Class);
    }

    [Fact]
    public void Transforms_that_choose_what_is_signed_are_not_looked_at()
    {
        var chosen = SignedXmlFile.Enveloped(_trust.Person).Replace("http://www.w3.org/2001/10/xml-exc-c14n#\"></Transform>", "http://www.w3.org/TR/1999/REC-xslt-19991116\"></Transform>").Replace("http://www.w3.org/2001/10/xml-exc-c14n#\" /></Transforms>", "http://www.w3.org/TR/1999/REC-xslt-19991116\" /></Transforms>");

        Assert.Equal([Remark.Unsupported], JudgeOne(chosen).Remarks);
    }

    [Fact]
    public void A_signature_that_takes_itself_out_of_itself_signs_nothing()
    {
        var signed = new System.Security.Cryptography.Xml.SignedXml(SignedXmlFile.Load("<a/>"));
        var whole = new System.Security.Cryptography.Xml.Reference("") { DigestMethod = System.Security.Cryptography.Xml.SignedXml.XmlDsigSHA256Url };
        whole.AddTransform(new System.Security.Cryptography.Xml.XmlDsigEnvelopedSignatureTransform());

        Assert.Equal([Remark.Unsupported], JudgeOne(SignedXmlFile.Sign(signed, _trust.Person, whole).OuterXml).Remarks);
    }

    [Fact]
    public void Hostile_files_end_at_a_limit()
    {
        Assert.Throws<JudgingLimitException>(() => Judge(SignedXmlFile.Enveloped(_trust.Person, $"<a>{string.Concat(Enumerable.Repeat("<b/>", 10_000))}</a>")));
        Assert.Throws<JudgingLimitException>(() => Judge($"<a {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"b{i}='' "))}/>"));
        Assert.Throws<JudgingLimitException>(() => Judge($"<a>{new string('x', 5 * 1024 * 1024)}</a>"));
        Assert.Throws<JudgingLimitException>(() => Judge(string.Concat(Enumerable.Repeat("<a>", 40)) + string.Concat(Enumerable.Repeat("</a>", 40))));
        Assert.Throws<JudgingLimitException>(() => Judge("<a>" + string.Concat(Enumerable.Repeat("<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>", 25)) + "</a>"));
        Assert.Equal([Remark.Unreadable], JudgeOne("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").Remarks);
        Assert.Equal([Remark.Unsupported], JudgeOne("<a><Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/></a>").Remarks);
    }

    [SkippableFact]
    public void Xmlsec_agrees_on_what_is_whole_and_what_is_not()
    {
        Skip.IfNot(Tools.Has("xmlsec1", "--version"), "xmlsec1 is not here");
        using var folder = new Tools.Folder();
        var root = folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(_trust.Root.ExportCertificatePem()));
        foreach (var (text, isWhole) in (IEnumerable<(string, bool)>)[(SignedXmlFile.Enveloped(_trust.Person), true), (SignedXmlFile.Enveloping(_trust.Person), true), (SignedXmlFile.Enveloped(_trust.Person).Replace("12 &amp;", "13 &amp;"), false)])
        {
            var file = folder.Write("a.xml", System.Text.Encoding.UTF8.GetBytes(text));
            var theirs = Tools.Run("xmlsec1", "--verify", "--trusted-pem", root, "--verification-time", "2026-11-21 05:00:00", file);
            Assert.True(theirs.Code == 0 == isWhole, theirs.Output);
            Assert.Equal(isWhole, JudgeOne(text).Class == LegalClass.LegallySigned);
        }
    }

    [SkippableFact]
    public void What_xmlsec_signs_counts()
    {
        Skip.IfNot(Tools.Has("xmlsec1", "--version"), "xmlsec1 is not here");
        using var folder = new Tools.Folder();
        using var key = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPrivateKey(_trust.Person)!;
        var pem = folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        var certificate = folder.Write("cert.pem", System.Text.Encoding.ASCII.GetBytes(_trust.Person.ExportCertificatePem()));
        var template = SignedXmlFile.Plain.Replace("</report>", """
            <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
            <ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>
            <ds:SignatureValue/><ds:KeyInfo><ds:X509Data/></ds:KeyInfo></ds:Signature></report>
            """);
        var made = Tools.Run("xmlsec1", "--sign", "--privkey-pem", pem + "," + certificate, "--output", folder.At("signed.xml"), folder.Write("template.xml", System.Text.Encoding.UTF8.GetBytes(template)));
        Assert.True(made.Code == 0, made.Output);

        Assert.Equal([Remark.ClaimedTime], JudgeOne(File.ReadAllText(folder.At("signed.xml"))).Remarks);
    }

    private SignatureVerdict JudgeOne(string xml) => Assert.Single(Judge(xml));

    private IReadOnlyList<SignatureVerdict> Judge(string xml) => new XmlFileJudge(
        new SignerJudge(_trust.Current.Book, _trust.Current.Revocations, new SignaturePolicy(RevocationPolicy.Off, false), PdfTrust.Now), XmlLimits.Default, new JudgingBudget(TimeSpan.FromMinutes(5), TimeProvider.System, default))
        .Judge(SignedXmlFile.Stream(xml), 0, "a.xml");
}
