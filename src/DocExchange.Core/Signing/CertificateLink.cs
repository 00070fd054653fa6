using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>
/// Checks with the bytes as they stand that one certificate was signed by the next. The platform's chain building chooses its own
/// certificates by name and ignores the ones it does not need, so it says nothing about the ones a receipt carries.
/// </summary>
internal static class CertificateLink
{
    public static bool IsIssuedBy(byte[] certificate, X509Certificate2 issuer)
    {
        try
        {
            using var parsed = X509CertificateLoader.LoadCertificate(certificate);
            return parsed.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData) && IsSignedBy(certificate, issuer);
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool IsSignedBy(byte[] certificate, X509Certificate2 issuer)
    {
        var reader = new AsnReader(certificate, AsnEncodingRules.DER);
        var whole = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var signed = whole.ReadEncodedValue();
        var algorithm = whole.PeekEncodedValue();
        var oid = whole.ReadSequence().ReadObjectIdentifier();
        var signature = whole.ReadBitString(out var unused);
        whole.ThrowIfNotEmpty();
        // The algorithm stands outside the signed part too; only the copy inside is protected (RFC 5280 §4.1.1.2).
        return unused == 0 && AlgorithmInside(signed).Span.SequenceEqual(algorithm.Span) && Check(oid, issuer, signed.Span, signature);
    }

    private static ReadOnlyMemory<byte> AlgorithmInside(ReadOnlyMemory<byte> signed)
    {
        var fields = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
        var version = new Asn1Tag(TagClass.ContextSpecific, 0, true);
        if (fields.PeekTag().HasSameClassAndValue(version)) fields.ReadEncodedValue();
        fields.ReadInteger();
        return fields.ReadEncodedValue();
    }

    private static bool Check(string oid, X509Certificate2 issuer, ReadOnlySpan<byte> data, byte[] signature)
    {
        HashAlgorithmName? hash = oid switch
        {
            "1.2.840.10045.4.3.2" or "1.2.840.113549.1.1.11" => HashAlgorithmName.SHA256,
            "1.2.840.10045.4.3.3" or "1.2.840.113549.1.1.12" => HashAlgorithmName.SHA384,
            "1.2.840.10045.4.3.4" or "1.2.840.113549.1.1.13" => HashAlgorithmName.SHA512,
            _ => null,
        };
        if (hash is not { } name) return false;
        if (oid.StartsWith("1.2.840.10045.", StringComparison.Ordinal))
        {
            using var ec = issuer.GetECDsaPublicKey();
            return ec is not null && ec.VerifyData(data, signature, name, DSASignatureFormat.Rfc3279DerSequence);
        }
        using var rsa = issuer.GetRSAPublicKey();
        return rsa is not null && rsa.VerifyData(data, signature, name, RSASignaturePadding.Pkcs1);
    }
}
