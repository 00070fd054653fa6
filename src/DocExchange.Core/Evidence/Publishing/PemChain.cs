using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DocExchange.Core.Evidence.Publishing;

/// <summary>A certificate chain as a PEM file, signer first, as openssl reads it.</summary>
public static class PemChain
{
    public static string Write(IEnumerable<byte[]> chain) => string.Concat(chain.Select(certificate => PemEncoding.WriteString("CERTIFICATE", certificate) + "\n"));

    /// <summary>The certificates in DER; null when the text holds none or something that is none.</summary>
    public static IReadOnlyList<byte[]>? TryParse(byte[] pem)
    {
        using var parsed = new Disposing();
        try
        {
            parsed.Certificates.ImportFromPem(Encoding.ASCII.GetString(pem));
            return parsed.Certificates.Count == 0 ? null : [.. parsed.Certificates.Select(certificate => certificate.RawData)];
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed class Disposing : IDisposable
    {
        public X509Certificate2Collection Certificates { get; } = [];

        public void Dispose()
        {
            foreach (var certificate in Certificates) certificate.Dispose();
        }
    }
}
