using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;
using DocExchange.UnitTests.Evidence;
using Xunit;

namespace DocExchange.UnitTests.Signing;

/// <summary>A sample certificate that looks real would end up in a real hub.</summary>
public sealed class SampleCertificatesTests
{
    [Theory]
    [InlineData("sample-root")]
    [InlineData("hub")]
    [InlineData("agency-1")]
    [InlineData("agency-2")]
    public void The_folder_in_the_repository_holds_marked_certificates_with_their_keys(string name)
    {
        var folder = Path.Combine(GoldenReceipts.Root(), "certs-sample");
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, name + ".pem"));
        var keyed = X509CertificateLoader.LoadPkcs12CollectionFromFile(Path.Combine(folder, name + ".p12"), SampleCertificates.Passphrase)
            .Single(one => one.HasPrivateKey);
        Assert.Equal(certificate.RawData, keyed.RawData);
        Assert.True(SampleCertificates.IsSample(certificate));
        Assert.Contains(certificate.Extensions, extension => extension.Oid?.Value == SampleCertificates.MarkOid);
        Assert.Contains("SAMPLE", certificate.Subject);
        Assert.True(CertificateLink.IsIssuedBy(certificate.RawData, GoldenReceipts.SampleRoot()));
    }

    [Fact]
    public void Any_certificate_without_the_mark_is_no_sample()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Hub, O=Province", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(GoldenReceipts.Time, GoldenReceipts.Time.AddDays(1));
        Assert.False(SampleCertificates.IsSample(certificate));
    }

    [Fact]
    public void A_folder_is_written_whole()
    {
        using var folder = new Tools.Folder();
        SampleCertificates.WriteFolder(folder.Path, GoldenReceipts.Time);
        Assert.Equal(8, Directory.GetFiles(folder.Path).Length);
    }
}
