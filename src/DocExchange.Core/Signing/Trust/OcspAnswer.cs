using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Cms;

namespace DocExchange.Core.Signing.Trust;

/// <summary>Reads what a responder answered (RFC 6960 §4.2) and believes it only when issuer, or whom it authorised, signed it for this certificate.</summary>
public static class OcspAnswer
{
    private const string Basic = "1.3.6.1.5.5.7.48.1.1";
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Null when the answer says nothing that can be believed.</summary>
    public static RevocationAnswer? Read(ReadOnlyMemory<byte> response, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset now) =>
        Read(response, certificate, issuer, _ => now) is { } answer && answer.ThisUpdate <= now + ClockSkew && !(answer.NextUpdate < now) ? answer : null;

    /// <summary>An answer that was kept, as it was good when it was given; how far it reaches is for whoever reads it to judge.</summary>
    public static RevocationAnswer? ReadKept(ReadOnlyMemory<byte> response, X509Certificate2 certificate, X509Certificate2 issuer) => Read(response, certificate, issuer, answer => answer.ThisUpdate);

    /// <param name="at">The time at which a responder must have been in force.</param>
    private static RevocationAnswer? Read(ReadOnlyMemory<byte> response, X509Certificate2 certificate, X509Certificate2 issuer, Func<RevocationAnswer, DateTimeOffset> at)
    {
        try
        {
            var outer = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
            if (outer.ReadEnumeratedBytes().Span is not [0]) return null;
            var bytes = outer.ReadSequence(Context(0)).ReadSequence();
            if (bytes.ReadObjectIdentifier() != Basic) return null;
            var basic = new AsnReader(bytes.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
            var data = basic.ReadEncodedValue();
            var algorithm = AlgorithmIdentifier.Read(basic);
            var signature = basic.ReadBitString(out _);
            return Find(data, OcspQuery.CertificateId(certificate, issuer)) is { } answer && IsSigned(data, algorithm, signature, basic, issuer, at(answer)) ? answer : null;
        }
        catch (Exception unreadable) when (unreadable is AsnContentException or CryptographicException)
        {
            return null;
        }
    }

    private static bool IsSigned(ReadOnlyMemory<byte> data, AlgorithmIdentifier algorithm, byte[] signature, AsnReader rest, X509Certificate2 issuer, DateTimeOffset now)
    {
        if (SignatureAlgorithms.Hash(algorithm.Oid) is not { } hash || SignatureAlgorithms.IsWeak(hash)) return false;
        var digest = CryptographicOperations.HashData(hash, data.Span);
        if (SignatureAlgorithms.Verify(issuer, algorithm, hash, digest, signature) == true) return true;
        if (!rest.HasData) return false;
        for (var list = rest.ReadSequence(Context(0)).ReadSequence(); list.HasData;)
        {
            using var responder = X509CertificateLoader.LoadCertificate(list.ReadEncodedValue().Span);
            if (MayAnswer(responder, issuer, now) && SignatureAlgorithms.Verify(responder, algorithm, hash, digest, signature) == true) return true;
        }
        return false;
    }

    /// <summary>A responder of the issuer's own choice: issued by it, for this purpose (§4.2.2.2).</summary>
    private static bool MayAnswer(X509Certificate2 responder, X509Certificate2 issuer, DateTimeOffset now) =>
        CertificateLink.IsIssuedBy(responder.RawData, issuer) && responder.NotBefore.ToUniversalTime() <= now && now <= responder.NotAfter.ToUniversalTime()
        && responder.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(e => e.EnhancedKeyUsages.Cast<Oid>().Any(o => o.Value == OcspSigning));

    private static RevocationAnswer? Find(ReadOnlyMemory<byte> data, byte[] wanted)
    {
        var fields = new AsnReader(data, AsnEncodingRules.DER).ReadSequence();
        if (fields.PeekTag().HasSameClassAndValue(Context(0))) fields.ReadEncodedValue();
        fields.ReadEncodedValue();
        fields.ReadGeneralizedTime();
        for (var answers = fields.ReadSequence(); answers.HasData;)
        {
            var one = answers.ReadSequence();
            if (!one.ReadEncodedValue().Span.SequenceEqual(wanted)) continue;
            var (status, revokedAt) = ReadStatus(one);
            var thisUpdate = one.ReadGeneralizedTime();
            DateTimeOffset? next = one.HasData && one.PeekTag().HasSameClassAndValue(Context(0)) ? one.ReadSequence(Context(0)).ReadGeneralizedTime() : null;
            return new RevocationAnswer(status, revokedAt, thisUpdate, next);
        }
        return null;
    }

    private static (RevocationStatus Status, DateTimeOffset? At) ReadStatus(AsnReader one)
    {
        switch (one.PeekTag().TagValue)
        {
            case 0:
                one.ReadEncodedValue();
                return (RevocationStatus.Good, null);
            case 1:
                return (RevocationStatus.Revoked, one.ReadSequence(Context(1)).ReadGeneralizedTime());
            default:
                one.ReadEncodedValue();
                return (RevocationStatus.Unknown, null);
        }
    }

    private static Asn1Tag Context(int value) => new(TagClass.ContextSpecific, value, true);
}
