using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.UnitTests.Signing.Xml;

/// <summary>The hub's signature inside a package holds by our own judge and by xmlsec, and nothing else of the package changes.</summary>
public sealed class HubSignedPackageTests : IDisposable
{
    private const string Placeholder = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/><SignatureValue>AAAA</SignatureValue></Signature>";
    private readonly PdfTrust _trust = new();

    public void Dispose() => _trust.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_hub_signs_holds_by_our_own_judge_and_by_xmlsec(bool rsa)
    {
        using var key = Key(rsa);
        var package = SignedPackage.Plain("<AttachmentEncoded>" + new string('A', 300_000) + "</AttachmentEncoded>");

        var signed = Sign(package, key)!;

        using var root = X509CertificateLoader.LoadCertificate(key.Chain[^1]);
        var trust = new TrustBook([TrustedCertificate.Of(root, "test", PdfTrust.Now)]);
        Assert.Equal(PackageSignature.Valid, new PackageSignatureJudge(trust, new SignaturePolicy(RevocationPolicy.Off, false), DateTimeOffset.UtcNow).Judge(SignedPackage.Stream(signed), signed.Length, false));
        Assert.All(PackageSignatureCheck.Verify(SignedPackage.Stream(signed), [root]), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        if (Tools.Has("xmlsec1", "--version")) Assert.Equal(0, RunXmlsec(signed, key.Certificate));
    }

    [Theory]
    [InlineData("<Signature/>")]
    [InlineData("<edXML:DigitalSignature></edXML:DigitalSignature>")]
    [InlineData("<Signature note='a > b'\n><SignedInfo/></Signature\n>")]
    [InlineData(Placeholder)]
    [InlineData("")]
    public void The_signature_takes_the_place_of_one_that_is_worth_nothing_and_every_other_byte_stays(string earlier)
    {
        using var key = Key(rsa: false);
        var package = SignedPackage.Plain().ReplaceLineEndings("\r\n").Replace("</edXML:edXMLHeader>", earlier + " </edXML:edXMLHeader>", StringComparison.Ordinal);
        var bytes = (byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(package)];

        var signed = Encoding.UTF8.GetString(Sign(bytes, key)!)[1..];

        var (from, to) = (signed.IndexOf("<Signature xmlns", StringComparison.Ordinal), signed.LastIndexOf("</Signature>", StringComparison.Ordinal) + "</Signature>".Length);
        Assert.Equal(package.Replace(earlier.Length == 0 ? "\u0001" : earlier, "", StringComparison.Ordinal), signed[..from] + signed[to..]);
        using var root = X509CertificateLoader.LoadCertificate(key.Chain[^1]);
        Assert.All(PackageSignatureCheck.Verify(SignedPackage.Stream(signed), [root]), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    [Fact]
    public void A_signature_this_hub_vouches_for_two_of_them_one_elsewhere_and_too_much_to_look_at_are_left_alone()
    {
        using var key = Key(rsa: false);
        var many = string.Concat(Enumerable.Range(0, 10_000).Select(_ => "<e/>"));

        Assert.Null(Sign(SignedPackage.Sign(SignedPackage.Plain(), _trust.Organisation, exclusive: true), key));
        Assert.Null(Sign(SignedPackage.Plain().Replace("</edXML:edXMLHeader>", Placeholder + Placeholder + "</edXML:edXMLHeader>", StringComparison.Ordinal), key));
        Assert.Null(Sign(SignedPackage.Plain(Placeholder), key));
        Assert.Null(Sign(SignedPackage.Plain(many), key));
        Assert.Null(Sign("<edXML><Status/></edXML>", key));
    }

    [Fact]
    public void A_changed_copy_another_root_and_a_package_without_a_signature_are_told_apart()
    {
        using var key = Key(rsa: false);
        using var root = X509CertificateLoader.LoadCertificate(key.Chain[^1]);
        var signed = Sign(SignedPackage.Plain(), key)!;

        Assert.Equal(["content"], Failed(signed.Replace("Một", "Hai", StringComparison.Ordinal), root));
        Assert.Equal(["signature"], Failed(signed.Replace("<X509Data>", $"<X509Data><X509Certificate>{Convert.ToBase64String(_trust.Root.RawData)}</X509Certificate>", StringComparison.Ordinal), _trust.Root));
        Assert.Equal(["trust"], Failed(signed, _trust.Root));
        Assert.Equal(["form"], Failed(SignedPackage.Plain(), root));
    }

    private static IEnumerable<string> Failed(string package, X509Certificate2 root) =>
        PackageSignatureCheck.Verify(SignedPackage.Stream(package), [root]).Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name);

    private string? Sign(string package, HubKey key) => Sign(Encoding.UTF8.GetBytes(package), key) is { } signed ? Encoding.UTF8.GetString(signed) : null;

    private byte[]? Sign(byte[] package, HubKey key)
    {
        using var stream = new MemoryStream(package);
        var copy = new MemoryStream();
        HubSignedPackage.Make(stream, key, _trust.Current.Book, PdfTrust.Now)?.Write(stream, bytes => copy.Write(bytes));
        return copy.Length == 0 ? null : copy.ToArray();
    }

    private static int RunXmlsec(string package, X509Certificate2 certificate)
    {
        using var folder = new Tools.Folder();
        var key = folder.Write("key.pem", Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", certificate.PublicKey.ExportSubjectPublicKeyInfo())));
        return Tools.Run("xmlsec1", "--verify", "--pubkey-pem", key, folder.Write("package.xml", Encoding.UTF8.GetBytes(package))).Code;
    }

    private static HubKey Key(bool rsa)
    {
        if (!rsa)
        {
            var authority = SampleCertificates.CreateAuthority("Root", DateTimeOffset.UtcNow);
            return new HubKey(SampleCertificates.IssueHub(authority, "hub", DateTimeOffset.UtcNow), [authority.Certificate.RawData]);
        }
        using var made = RSA.Create(2048);
        var request = new CertificateRequest("CN=RSA hub", made, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new HubKey(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30)), []);
    }
}
