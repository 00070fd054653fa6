using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Store;

namespace DocExchange.Sandbox.Authorities;

/// <summary>Certificates and keys as BouncyCastle takes them.</summary>
internal static class BouncyCertificate
{
    public static Org.BouncyCastle.X509.X509Certificate Of(X509Certificate2 certificate) => new X509CertificateParser().ReadCertificate(certificate.RawData);

    public static AsymmetricKeyParameter KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return PrivateKeyFactory.CreateKey(key.ExportPkcs8PrivateKey());
    }

    public static IX509Store StoreOf(params X509Certificate2[] certificates) =>
        X509StoreFactory.Create("Certificate/Collection", new X509CollectionStoreParameters(certificates.Select(Of).ToArray()));
}
