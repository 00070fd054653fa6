using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations.Tls;
using DocExchange.UnitTests.Signing;

namespace DocExchange.UnitTests.Callers;

/// <summary>No certificate is shown that the evidence does not name, however busy the store was when it was put down.</summary>
public sealed class TlsIdentityTests : IDisposable
{
    private readonly Tools.Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_certificate_that_could_not_be_written_down_is_taken_up_by_a_later_round_and_once()
    {
        var before = Put();
        var identity = new TlsIdentity(new TlsSettings { Certificate = _folder.At("server.pem") }, TimeProvider.System);
        var next = Put();
        var written = new List<string>();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => identity.ReloadAsync(_ => throw new StoreUnavailableException("away")));
        Assert.Equal(before, Shown(identity));
        await identity.ReloadAsync(Write);
        await identity.ReloadAsync(Write);

        Assert.Equal(next, Shown(identity));
        Assert.Equal([next], written);

        Task Write(string thumbprint)
        {
            written.Add(thumbprint);
            return Task.CompletedTask;
        }
    }

    private static string Shown(TlsIdentity identity) => identity.Current.TargetCertificate.GetCertHashString(HashAlgorithmName.SHA256);

    private string Put()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=hub", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_folder.At("server.pem"), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
