using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>The one reader of a sealed export.</summary>
/// <param name="Subject">Of the certificate, as people read it.</param>
/// <param name="Certificate">DER.</param>
public sealed record SealedFor(string Subject, byte[] Certificate)
{
    /// <summary>The reader of a PEM text; null with a reason when it is no certificate that something can be sealed for now.</summary>
    public static SealedFor? TryParse(string pem, DateTimeOffset now, out string reason)
    {
        reason = "a certificate in PEM with an RSA or EC key";
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            if (EnvelopedData.Objection(certificate, now) is { } objection)
            {
                reason = objection;
                return null;
            }
            return new SealedFor(certificate.GetNameInfo(X509NameType.SimpleName, false), certificate.RawData);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public async Task SealAsync(Stream plain, Stream output, CancellationToken cancellationToken)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Certificate);
        await EnvelopedData.EncryptAsync(plain, output, certificate, cancellationToken).ConfigureAwait(false);
    }
}
