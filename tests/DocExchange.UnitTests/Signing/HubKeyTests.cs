using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Signing;
using DocExchange.UnitTests.Evidence;
using Xunit;

namespace DocExchange.UnitTests.Signing;

/// <summary>Our CMS is written by hand: others must read it, and nobody must be able to bend it.</summary>
public sealed class HubKeyTests
{
    // Making one takes up to seconds, and no test is about the making.
    private static readonly Lazy<RSA> Rsa = new(() => RSA.Create(2048));

    private static readonly byte[] Content = Encoding.UTF8.GetBytes("hub/epoch\n1\nroot\n");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_platform_accepts_the_signature(bool rsa)
    {
        using var key = rsa ? RsaKey() : GoldenReceipts.SampleKey();
        var cms = new SignedCms(new ContentInfo(Content), detached: true);
        cms.Decode(key.Sign(Content, GoldenReceipts.Time));
        cms.CheckSignature(verifySignatureOnly: true);
        var signer = Assert.Single(cms.SignerInfos.Cast<SignerInfo>());
        Assert.Equal(key.Certificate.RawData, signer.Certificate!.RawData);
        Assert.Equal(
            ["1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"],
            signer.SignedAttributes.Cast<CryptographicAttributeObject>().Select(attribute => attribute.Oid.Value!).Order(StringComparer.Ordinal));
        var time = signer.SignedAttributes.Cast<CryptographicAttributeObject>().Select(attribute => attribute.Values[0]).OfType<Pkcs9SigningTime>().Single();
        Assert.Equal(new DateTime(2026, 11, 21, 11, 0, 0, DateTimeKind.Utc), time.SigningTime.ToUniversalTime());
        var other = new SignedCms(new ContentInfo([.. Content, 1]), detached: true);
        other.Decode(key.Sign(Content));
        Assert.Throws<CryptographicException>(() => other.CheckSignature(true));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plain_openssl_accepts_the_signature(bool rsa)
    {
        Skip.IfNot(Tools.Has("openssl", "version"), "openssl is not installed: the CMS was not checked by an independent program.");
        using var key = rsa ? RsaKey() : GoldenReceipts.SampleKey();
        using var folder = new Tools.Folder();
        var content = folder.Write("content", Content);
        var signature = folder.Write("signature", key.Sign(Content, GoldenReceipts.Time));
        var root = folder.Write("root.pem", Encoding.ASCII.GetBytes(PemEncoding.Write("CERTIFICATE", key.Chain[^1])));
        string[] verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", content, "-CAfile", root, "-out", folder.At("out")];
        var (code, output) = Tools.Run("openssl", verify);
        Assert.True(code == 0, output);
        File.WriteAllBytes(content, [.. Content, 1]);
        Assert.NotEqual(0, Tools.Run("openssl", verify).Code);
    }

    [Fact]
    public void Every_changed_byte_of_the_message_is_refused()
    {
        foreach (var key in (HubKey[])[GoldenReceipts.SampleKey(), RsaKey()])
        {
            var message = key.Sign(Content, GoldenReceipts.Time);
            Assert.True(DetachedCms.Verify(message, key.Certificate, Content, GoldenReceipts.Time));
            for (var at = 0; at < message.Length; at++)
            {
                var altered = (byte[])message.Clone();
                altered[at] ^= (byte)(1 << at % 8);
                Assert.False(DetachedCms.Verify(altered, key.Certificate, Content, GoldenReceipts.Time), $"byte {at}");
            }
            Assert.False(DetachedCms.Verify([.. message, 0], key.Certificate, Content, GoldenReceipts.Time));
            key.Dispose();
        }
    }

    [Fact]
    public void Times_from_2050_on_stay_readable()
    {
        using var key = GoldenReceipts.SampleKey();
        var cms = new SignedCms(new ContentInfo(Content), detached: true);
        cms.Decode(key.Sign(Content, new DateTimeOffset(2051, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        cms.CheckSignature(true);
    }

    [Fact]
    public void Many_threads_sign_with_one_key()
    {
        using var key = GoldenReceipts.SampleKey();
        Parallel.For(0, 400, i =>
        {
            var content = BitConverter.GetBytes(i);
            Assert.True(DetachedCms.Verify(key.Sign(content), key.Certificate, content, GoldenReceipts.Time));
        });
    }

    [Fact]
    public void A_certificate_without_its_key_cannot_be_the_hubs()
    {
        using var key = GoldenReceipts.SampleKey();
        Assert.Throws<CryptographicException>(() => new HubKey(X509CertificateLoader.LoadCertificate(key.Chain[0]), []));
    }

    [Fact]
    public void A_chain_without_its_root_is_refused_at_the_start_not_in_the_receipts()
    {
        using var authority = SampleCertificates.CreateAuthority("root", GoldenReceipts.Time);
        var exception = Assert.Throws<CryptographicException>(() => new HubKey(SampleCertificates.IssueHub(authority, "hub", GoldenReceipts.Time), []));
        Assert.Contains("root", exception.Message);
    }

    /// <summary>An RSA key as a commercial authority would certify it.</summary>
    internal static HubKey RsaKeyUnderRoot()
    {
        using var authority = SampleCertificates.CreateAuthority("root", GoldenReceipts.Time);
        var rsa = Rsa.Value;
        var request = new CertificateRequest("CN=rsa hub", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        var generator = X509SignatureGenerator.CreateForECDsa(authority.Certificate.GetECDsaPrivateKey()!);
        using var certificate = request.Create(
            authority.Certificate.SubjectName, generator, GoldenReceipts.Time.AddHours(-1), GoldenReceipts.Time.AddYears(1), [1, 2, 3]);
        return new HubKey(certificate.CopyWithPrivateKey(rsa), [authority.Certificate.RawData]);
    }

    private static HubKey RsaKey()
    {
        var rsa = Rsa.Value;
        var request = new CertificateRequest("CN=rsa hub", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return new HubKey(request.CreateSelfSigned(GoldenReceipts.Time.AddDays(-1), GoldenReceipts.Time.AddYears(20)), []);
    }
}
