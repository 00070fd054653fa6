using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>
/// Detached CMS SignedData (RFC 5652) of one fixed shape: SHA-256, the signer's certificate inside, signed attributes content-type,
/// signing-time (when given), message-digest and signing-certificate-v2 (CAdES). Written by hand because the shape never varies and a
/// commit waits for it: everything that depends on the certificate alone is made once.
/// </summary>
internal sealed class DetachedCms
{
    internal const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    internal const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string Data = "1.2.840.113549.1.7.1";
    internal const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningTime = "1.2.840.113549.1.9.5";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, true);

    private readonly byte[] certificate;
    private readonly byte[] contentTypeAttribute;
    private readonly byte[] certificateAttribute;
    private readonly byte[] signerId;
    private readonly bool rsa;

    /// <exception cref="CryptographicException">The key is neither EC nor RSA.</exception>
    public DetachedCms(X509Certificate2 signer)
    {
        rsa = signer.PublicKey.Oid.Value switch
        {
            RsaEncryption => true,
            "1.2.840.10045.2.1" => false,
            var other => throw new CryptographicException($"Certificates with keys of type {other} cannot sign evidence: use EC P-256 or RSA."),
        };
        certificate = signer.RawData;
        contentTypeAttribute = Attribute(ContentType, writer => writer.WriteObjectIdentifier(Data));
        certificateAttribute = Attribute(SigningCertificateV2, writer =>
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            using (writer.PushSequence()) writer.WriteOctetString(SHA256.HashData(certificate));
        });
        signerId = IssuerAndSerial(signer);
    }

    /// <summary>How CMS names a certificate (RFC 5652 §10.2.4).</summary>
    internal static byte[] IssuerAndSerial(X509Certificate2 certificate)
    {
        var id = new AsnWriter(AsnEncodingRules.DER);
        using (id.PushSequence())
        {
            id.WriteEncodedValue(certificate.IssuerName.RawData);
            id.WriteInteger(certificate.SerialNumberBytes.Span);
        }
        return id.Encode();
    }

    /// <summary>The signed attributes as they are hashed: a SET OF in DER order.</summary>
    public byte[] Attributes(ReadOnlySpan<byte> content, DateTimeOffset? signingTime) => AttributesOf(SHA256.HashData(content), signingTime);

    /// <summary>As <see cref="Attributes"/>, of content of any size that somebody has hashed.</summary>
    /// <param name="digest">SHA-256 of the content.</param>
    public byte[] AttributesOf(byte[] digest, DateTimeOffset? signingTime)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            writer.WriteEncodedValue(contentTypeAttribute);
            if (signingTime is { } time) writer.WriteEncodedValue(Attribute(SigningTime, inner => WriteTime(inner, time)));
            writer.WriteEncodedValue(Attribute(MessageDigest, inner => inner.WriteOctetString(digest)));
            writer.WriteEncodedValue(certificateAttribute);
        }
        return writer.Encode();
    }

    /// <summary>The whole message around attributes and a signature over them.</summary>
    /// <param name="issuers">Further certificates to bring along, in DER.</param>
    public byte[] Assemble(byte[] attributes, ReadOnlySpan<byte> signature, IEnumerable<byte[]>? issuers = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 512 + certificate.Length + attributes.Length + signature.Length);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignedData);
            using (writer.PushSequence(Context0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf()) WriteSha256(writer);
                using (writer.PushSequence()) writer.WriteObjectIdentifier(Data);
                using (writer.PushSetOf(Context0))
                {
                    writer.WriteEncodedValue(certificate);
                    foreach (var issuer in issuers ?? []) writer.WriteEncodedValue(issuer);
                }
                using (writer.PushSetOf())
                using (writer.PushSequence()) WriteSigner(writer, attributes, signature);
            }
        }
        return writer.Encode();
    }

    /// <summary>
    /// Whether <paramref name="message"/> is exactly what <see cref="HubKey.Sign"/> writes for this signer, content and time (the time
    /// given or none) with a good signature. Every byte counts: other shapes of the same CMS are refused.
    /// </summary>
    public static bool Verify(byte[] message, X509Certificate2 signer, ReadOnlySpan<byte> content, DateTimeOffset signingTime)
    {
        try
        {
            var cms = new DetachedCms(signer);
            var signature = SignatureOf(message);
            foreach (var time in (DateTimeOffset?[])[signingTime, null])
            {
                var attributes = cms.Attributes(content, time);
                if (message.AsSpan().SequenceEqual(cms.Assemble(attributes, signature))) return cms.Check(signer, attributes, signature);
            }
            return false;
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The signing-time attribute of a message in this shape; null when there is none or it is no such message.</summary>
    public static DateTimeOffset? SigningTimeOf(byte[] message)
    {
        try
        {
            var attributes = SignerOf(message).ReadSetOf(Context0);
            while (attributes.HasData)
            {
                var attribute = attributes.ReadSequence();
                if (attribute.ReadObjectIdentifier() != SigningTime) continue;
                var value = attribute.ReadSetOf();
                return value.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? value.ReadUtcTime() : value.ReadGeneralizedTime();
            }
        }
        catch (AsnContentException)
        {
            // Another shape has no time we would believe.
        }
        return null;
    }

    private bool Check(X509Certificate2 signer, byte[] attributes, byte[] signature)
    {
        if (rsa)
        {
            using var key = signer.GetRSAPublicKey();
            return key is not null && key.VerifyData(attributes, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        using var ec = signer.GetECDsaPublicKey();
        return ec is not null && ec.VerifyData(attributes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static byte[] SignatureOf(byte[] message)
    {
        var signer = SignerOf(message);
        for (var before = 0; before < 2; before++) signer.ReadEncodedValue();
        return signer.ReadOctetString();
    }

    /// <summary>The signer info from its signed attributes on.</summary>
    private static AsnReader SignerOf(byte[] message)
    {
        var content = new AsnReader(message, AsnEncodingRules.DER).ReadSequence();
        content.ReadObjectIdentifier();
        var signedData = content.ReadSequence(Context0).ReadSequence();
        for (var before = 0; before < 4; before++) signedData.ReadEncodedValue();
        var signer = signedData.ReadSetOf().ReadSequence();
        for (var before = 0; before < 3; before++) signer.ReadEncodedValue();
        return signer;
    }

    private void WriteSigner(AsnWriter writer, byte[] attributes, ReadOnlySpan<byte> signature)
    {
        writer.WriteInteger(1);
        writer.WriteEncodedValue(signerId);
        WriteSha256(writer);
        // Inside the message the same set bears the tag [0] instead of SET.
        var tagged = (byte[])attributes.Clone();
        tagged[0] = 0xA0;
        writer.WriteEncodedValue(tagged);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(rsa ? RsaEncryption : EcdsaWithSha256);
            if (rsa) writer.WriteNull();
        }
        writer.WriteOctetString(signature);
    }

    private static void WriteSha256(AsnWriter writer)
    {
        using (writer.PushSequence()) writer.WriteObjectIdentifier(Sha256);
    }

    /// <summary>UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5652 §11.3); seconds, never fractions.</summary>
    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year is >= 1950 and < 2050) writer.WriteUtcTime(time);
        else writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
    }

    private static byte[] Attribute(string oid, Action<AsnWriter> value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf()) value(writer);
        }
        return writer.Encode();
    }
}
