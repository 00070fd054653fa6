using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>A content key for an RSA recipient: KeyTransRecipientInfo (RFC 5652 §6.2.1) with OAEP and SHA-256 (RFC 3560).</summary>
internal static class KeyTransport
{
    private const string Oaep = "1.2.840.113549.1.1.7";
    private const string Mgf1 = "1.2.840.113549.1.1.8";

    public static byte[] RecipientInfo(X509Certificate2 recipient, RSA rsa, byte[] contentKey) => EnvelopedData.Encoded(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            writer.WriteEncodedValue(DetachedCms.IssuerAndSerial(recipient));
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oaep);
                using (writer.PushSequence())
                {
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, true))) WriteSha256(writer);
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1, true)))
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(Mgf1);
                        WriteSha256(writer);
                    }
                }
            }
            writer.WriteOctetString(rsa.Encrypt(contentKey, RSAEncryptionPadding.OaepSHA256));
        }
    });

    private static void WriteSha256(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(DetachedCms.Sha256);
            writer.WriteNull();
        }
    }
}
