using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Cms;

/// <summary>Which certificate a SignerInfo means: by issuer and serial number, or by key identifier (RFC 5652 §5.3).</summary>
internal static class SignerIdentifier
{
    public static bool Names(ReadOnlyMemory<byte> identifier, X509Certificate2 certificate)
    {
        var reader = new AsnReader(identifier, AsnEncodingRules.BER);
        if (reader.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            var key = reader.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
            return certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any(e => e.SubjectKeyIdentifierBytes.Span.SequenceEqual(key));
        }
        var sequence = reader.ReadSequence();
        return sequence.ReadEncodedValue().Span.SequenceEqual(certificate.IssuerName.RawData)
            && sequence.ReadIntegerBytes().Span.SequenceEqual(certificate.SerialNumberBytes.Span);
    }
}
