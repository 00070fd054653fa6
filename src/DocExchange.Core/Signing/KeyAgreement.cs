using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>
/// A content key for an EC recipient: KeyAgreeRecipientInfo with an ephemeral key on the recipient's curve (RFC 5753 §3.1), the key derivation
/// of X9.63 with SHA-256, and AES-256 key wrap (RFC 3394).
/// </summary>
internal static class KeyAgreement
{
    private const string StandardDhSha256 = "1.3.132.1.11.1";
    private const string Aes256Wrap = "2.16.840.1.101.3.4.1.45";
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, true);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1, true);
    private static readonly Asn1Tag Context2 = new(TagClass.ContextSpecific, 2, true);

    /// <exception cref="CryptographicException">The certificate has no EC key that may agree on keys.</exception>
    public static byte[] RecipientInfo(X509Certificate2 recipient, byte[] contentKey)
    {
        using var theirs = recipient.GetECDiffieHellmanPublicKey() ?? throw new CryptographicException("The recipient's certificate has neither an RSA key nor an EC key for key agreement.");
        using var ours = ECDiffieHellman.Create(theirs.ExportParameters(false).Curve);
        var keyEncryptionKey = ours.DeriveKeyFromHash(theirs.PublicKey, HashAlgorithmName.SHA256, null, [0, 0, 0, 1, .. SharedInfo()]);
        // An OriginatorPublicKey is a SubjectPublicKeyInfo under the tag [1].
        var originator = ours.ExportSubjectPublicKeyInfo();
        originator[0] = 0xA1;
        return EnvelopedData.Encoded(writer =>
        {
            using (writer.PushSequence(Context1))
            {
                writer.WriteInteger(3);
                using (writer.PushSequence(Context0)) writer.WriteEncodedValue(originator);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(StandardDhSha256);
                    using (writer.PushSequence()) writer.WriteObjectIdentifier(Aes256Wrap);
                }
                using (writer.PushSequence())
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(DetachedCms.IssuerAndSerial(recipient));
                    writer.WriteOctetString(Wrap(keyEncryptionKey, contentKey));
                }
            }
        });
    }

    /// <summary>ECC-CMS-SharedInfo (RFC 5753 §7.2): for which cipher, and how many bits.</summary>
    private static byte[] SharedInfo() => EnvelopedData.Encoded(writer =>
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence()) writer.WriteObjectIdentifier(Aes256Wrap);
            using (writer.PushSequence(Context2)) writer.WriteOctetString([0, 0, 1, 0]);
        }
    });

    /// <summary>RFC 3394 §2.2.1.</summary>
    private static byte[] Wrap(byte[] keyEncryptionKey, byte[] contentKey)
    {
        using var aes = Aes.Create();
        aes.Key = keyEncryptionKey;
        var wrapped = new byte[8 + contentKey.Length];
        wrapped.AsSpan(0, 8).Fill(0xA6);
        contentKey.CopyTo(wrapped, 8);
        Span<byte> block = stackalloc byte[16];
        for (var step = 1L; step <= 6 * contentKey.Length / 8; step++)
        {
            var part = wrapped.AsSpan((int)(8 + (step - 1) % (contentKey.Length / 8) * 8), 8);
            wrapped.AsSpan(0, 8).CopyTo(block);
            part.CopyTo(block[8..]);
            aes.EncryptEcb(block, block, PaddingMode.None);
            BinaryPrimitives.WriteInt64BigEndian(wrapped, BinaryPrimitives.ReadInt64BigEndian(block) ^ step);
            block[8..].CopyTo(part);
        }
        return wrapped;
    }
}
