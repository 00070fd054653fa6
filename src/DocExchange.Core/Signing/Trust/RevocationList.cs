using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Cms;

namespace DocExchange.Core.Signing.Trust;

/// <summary>What a complete CRL (RFC 5280 §5) says of one certificate, when its issuer signed it and it is of now.</summary>
public static class RevocationList
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Null when the list says nothing that can be believed, also where the issuer may not sign lists (RFC 5280 §6.3.3 f). Lists of a part, deltas and
    /// indirect ones are critical extensions, and not read.
    /// </summary>
    public static RevocationAnswer? Read(ReadOnlyMemory<byte> list, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset now) =>
        ReadKept(list, certificate, issuer) is { } answer && answer.ThisUpdate <= now + ClockSkew && !(answer.NextUpdate < now) ? answer : null;

    /// <summary>A list that was kept, whatever the time is now; how far it reaches is for whoever reads it to judge.</summary>
    public static RevocationAnswer? ReadKept(ReadOnlyMemory<byte> list, X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (issuer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign)) return null;
        try
        {
            var outer = new AsnReader(list, AsnEncodingRules.DER).ReadSequence();
            var signed = outer.ReadEncodedValue();
            var algorithm = AlgorithmIdentifier.Read(outer);
            if (SignatureAlgorithms.Hash(algorithm.Oid) is not { } hash || SignatureAlgorithms.IsWeak(hash)) return null;
            if (SignatureAlgorithms.Verify(issuer, algorithm, hash, CryptographicOperations.HashData(hash, signed.Span), outer.ReadBitString(out _)) != true) return null;
            return Find(new AsnReader(signed, AsnEncodingRules.DER).ReadSequence(), certificate, issuer);
        }
        catch (Exception unreadable) when (unreadable is AsnContentException or CryptographicException)
        {
            return null;
        }
    }

    private static RevocationAnswer? Find(AsnReader fields, X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (fields.PeekTag().HasSameClassAndValue(Asn1Tag.Integer)) fields.ReadEncodedValue();
        fields.ReadEncodedValue();
        if (!IsSame(fields.ReadEncodedValue(), issuer.SubjectName)) return null;
        var thisUpdate = ReadTime(fields);
        DateTimeOffset? next = fields.HasData && IsTime(fields.PeekTag()) ? ReadTime(fields) : null;
        DateTimeOffset? revokedAt = null;
        if (fields.HasData && fields.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            for (var revoked = fields.ReadSequence(); revoked.HasData && revokedAt is null;)
            {
                var one = revoked.ReadSequence();
                if (one.ReadIntegerBytes().Span.SequenceEqual(certificate.SerialNumberBytes.Span)) revokedAt = ReadTime(one);
            }
        }
        if (fields.HasData && HasCritical(fields.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, true)).ReadSequence())) return null;
        return new RevocationAnswer(revokedAt is null ? RevocationStatus.Good : RevocationStatus.Revoked, revokedAt, thisUpdate, next);
    }

    /// <summary>Authorities rewrite their names in another kind of string (RFC 5280 §7.1): what counts is what is written.</summary>
    private static bool IsSame(ReadOnlyMemory<byte> name, X500DistinguishedName other) =>
        name.Span.SequenceEqual(other.RawData) || Parts(new X500DistinguishedName(name.Span)).SequenceEqual(Parts(other));

    private static IEnumerable<(string? Type, string Value)> Parts(X500DistinguishedName name) => name.EnumerateRelativeDistinguishedNames(reversed: false)
        .Select(part => part.HasMultipleElements ? (null, Convert.ToHexString(part.RawData.Span)) : (part.GetSingleElementType().Value, part.GetSingleElementValue() ?? ""));

    private static bool HasCritical(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var one = extensions.ReadSequence();
            one.ReadObjectIdentifier();
            if (one.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && one.ReadBoolean()) return true;
        }
        return false;
    }

    private static bool IsTime(Asn1Tag tag) => tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader from) => from.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? from.ReadUtcTime() : from.ReadGeneralizedTime();
}
