using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Cms;

/// <summary>Which digests and signature algorithms are believed. SHA-1 and MD5 are known, so that they can be named, and believed by nobody but a legacy policy.</summary>
internal static class SignatureAlgorithms
{
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const int LeastRsaBits = 2048;

    public static HashAlgorithmName? Hash(string oid) => oid switch
    {
        "2.16.840.1.101.3.4.2.1" or "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
        "2.16.840.1.101.3.4.2.2" or "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
        "2.16.840.1.101.3.4.2.3" or "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
        "1.3.14.3.2.26" or "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" => HashAlgorithmName.SHA1,
        _ => null,
    };

    public static bool IsWeak(HashAlgorithmName hash) => hash == HashAlgorithmName.SHA1;

    /// <summary>RSA shorter than 2048 bits.</summary>
    public static bool IsWeak(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        return rsa is not null && rsa.KeySize < LeastRsaBits;
    }

    /// <summary>Null when the algorithm is none of ours; else whether the signature over a hash is the certificate's.</summary>
    /// <param name="digest">The message's digest algorithm, which an algorithm without a hash of its own takes.</param>
    /// <exception cref="CryptographicException">Key or signature cannot be used.</exception>
    public static bool? Verify(X509Certificate2 certificate, AlgorithmIdentifier algorithm, HashAlgorithmName digest, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        var own = algorithm.Oid is RsaPss ? PssHash(algorithm) : Hash(algorithm.Oid);
        if (own is { } stated && stated != digest) return null;
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            // The platform takes a salt as long as the hash, which is what everybody uses (RFC 8017 §9.1), and no other.
            if (algorithm.Oid == RsaPss) return own is null || SaltLength(algorithm) != hash.Length ? null : rsa.VerifyHash(hash, signature, digest, RSASignaturePadding.Pss);
            return algorithm.Oid is DetachedCms.RsaEncryption || algorithm.Oid.StartsWith("1.2.840.113549.1.1.", StringComparison.Ordinal) && own is not null
                ? rsa.VerifyHash(hash, signature, digest, RSASignaturePadding.Pkcs1) : null;
        }
        using var ec = certificate.GetECDsaPublicKey();
        return ec is null || own is null ? null : ec.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Whether a value of XML-DSig is the certificate's signature over a hash: ECDSA there is two numbers side by side (RFC 4050 §3.3).</summary>
    /// <exception cref="CryptographicException">Key or signature cannot be used.</exception>
    public static bool VerifyXml(X509Certificate2 certificate, (HashAlgorithmName Hash, bool IsRsa) method, byte[] hash, byte[] signature)
    {
        if (method.IsRsa)
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa is not null && rsa.VerifyHash(hash, signature, method.Hash, RSASignaturePadding.Pkcs1);
        }
        using var ec = certificate.GetECDsaPublicKey();
        return ec is not null && ec.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static HashAlgorithmName? PssHash(AlgorithmIdentifier algorithm) =>
        PssField(algorithm, 0) is { } field ? Hash(AlgorithmIdentifier.Read(field).Oid) : null;

    /// <summary>20 where it is left out (RFC 4055 §3.1).</summary>
    private static int SaltLength(AlgorithmIdentifier algorithm) =>
        PssField(algorithm, 2) is not { } field ? 20 : field.TryReadInt32(out var length) && length is >= 0 and < 1024 ? length : throw new CryptographicException("The salt's length cannot be.");

    private static AsnReader? PssField(AlgorithmIdentifier algorithm, int number)
    {
        if (algorithm.Parameters is not { } parameters) return null;
        var fields = new AsnReader(parameters, AsnEncodingRules.BER).ReadSequence();
        var wanted = new Asn1Tag(TagClass.ContextSpecific, number, true);
        while (fields.HasData)
        {
            if (fields.PeekTag().HasSameClassAndValue(wanted)) return fields.ReadSequence(wanted);
            fields.ReadEncodedValue();
        }
        return null;
    }
}
