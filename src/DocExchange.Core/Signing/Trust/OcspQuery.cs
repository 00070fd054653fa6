using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Trust;

/// <summary>One question about one certificate (RFC 6960 §4.1), without a nonce: the answer may be one the authority made for everybody.</summary>
public static class OcspQuery
{
    private const string Sha1 = "1.3.14.3.2.26";

    /// <summary>The request in DER.</summary>
    public static byte[] Of(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence()) writer.WriteEncodedValue(CertificateId(certificate, issuer));
        return writer.Encode();
    }

    /// <summary>Names the certificate by hashes of its issuer and its serial number. SHA-1 is what every responder knows; it protects nothing here.</summary>
    internal static byte[] CertificateId(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Sha1);
                writer.WriteNull();
            }
            writer.WriteOctetString(CryptographicOperations.HashData(HashAlgorithmName.SHA1, issuer.SubjectName.RawData));
            writer.WriteOctetString(CryptographicOperations.HashData(HashAlgorithmName.SHA1, issuer.PublicKey.EncodedKeyValue.RawData));
            writer.WriteInteger(certificate.SerialNumberBytes.Span);
        }
        return writer.Encode();
    }
}
