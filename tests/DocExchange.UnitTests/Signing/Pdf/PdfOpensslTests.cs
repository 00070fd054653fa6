using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.UnitTests.Signing.Pdf;

/// <summary>PDFs whose messages openssl made: another program's CMS, with and without signed attributes and with another padding.</summary>
public sealed class PdfOpensslTests : IDisposable
{
    private readonly PdfTrust _trust = new();
    private readonly Tools.Folder _folder = new();

    public void Dispose()
    {
        _trust.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("adbe.pkcs7.detached", "")]
    [InlineData("ETSI.CAdES.detached", "-cades")]
    [InlineData("adbe.pkcs7.detached", "-noattr")]
    [InlineData("adbe.pkcs7.detached", "-keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:-1")]
    [InlineData("adbe.pkcs7.detached", "-md sha512")]
    public void What_openssl_signs_is_whole_and_a_changed_byte_is_found(string subFilter, string options)
    {
        var certificate = _folder.Write("c.pem", System.Text.Encoding.ASCII.GetBytes(_trust.Organisation.ExportCertificatePem()));
        using var rsa = _trust.Organisation.GetRSAPrivateKey()!;
        var key = _folder.Write("k.pem", System.Text.Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()));
        byte[] Sign(byte[] content)
        {
            var (code, output) = Tools.Run("openssl", ["cms", "-sign", "-binary", "-in", _folder.Write("content", content), "-signer", certificate, "-inkey", key, "-outform", "DER",
                "-out", _folder.At("m.der"), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            Assert.True(code == 0, output);
            return File.ReadAllBytes(_folder.At("m.der"));
        }

        var pdf = PdfMaker.Sign(PdfMaker.Plain(), 1, Sign, subFilter);
        var verdict = Assert.Single(_trust.Judge(pdf));

        Assert.Equal("UBND tinh", verdict.Signer);
        Assert.DoesNotContain(verdict.Remarks, r => r.Limits == LegalClass.Broken);
        pdf[20] ^= 1;
        Assert.Contains(Remark.Altered, _trust.Judge(pdf)[0].Remarks);
    }
}
