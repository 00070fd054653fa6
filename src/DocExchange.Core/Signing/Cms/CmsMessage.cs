using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Cms;

/// <summary>
/// A foreign detached CMS SignedData (RFC 5652) with one signer, taken apart without its content, so that content of any size can be hashed while it
/// streams by. Made by programs of all kinds, so BER is read.
/// </summary>
internal sealed class CmsMessage : IDisposable
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningTime = "1.2.840.113549.1.9.5";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private const string SignatureTimeStamp = "1.2.840.113549.1.9.16.2.14";
    private const int MostCertificates = 32;
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, true);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1, true);

    private CmsMessage()
    {
    }

    public X509Certificate2Collection Certificates { get; } = [];

    /// <summary>The signer's, out of <see cref="Certificates"/>; null when it is not among them.</summary>
    public X509Certificate2? Signer { get; private set; }

    public required string DigestAlgorithm { get; init; }

    public required AlgorithmIdentifier SignatureAlgorithm { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>As they are signed: with the tag SET OF. Null when the content itself is signed.</summary>
    public byte[]? SignedAttributes { get; private init; }

    public ReadOnlyMemory<byte>? Digest { get; private set; }

    public DateTimeOffset? ClaimedTime { get; private set; }

    /// <summary>signing-certificate-v2 names another certificate than the one that is said to have signed (RFC 5035).</summary>
    public ReadOnlyMemory<byte>? NamedCertificate { get; private set; }

    /// <summary>The RFC 3161 token over the signature, in DER; null when there is none.</summary>
    public ReadOnlyMemory<byte>? TimeStamp { get; private set; }

    /// <exception cref="AsnContentException">It is no such message.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate cannot be read.</exception>
    public static CmsMessage Read(ReadOnlyMemory<byte> message)
    {
        var outer = new AsnReader(message, AsnEncodingRules.BER);
        // Behind the message nothing but the zeros of the room reserved for it may stand.
        if (message.Span[outer.PeekEncodedValue().Length..].ContainsAnyExcept((byte)0)) throw new AsnContentException("Something stands behind the message.");
        var content = outer.ReadSequence();
        if (content.ReadObjectIdentifier() != SignedData) throw new AsnContentException("This is no SignedData.");
        var data = content.ReadSequence(Context0).ReadSequence();
        data.ReadInteger();
        data.ReadSetOf(skipSortOrderValidation: true);
        data.ReadSequence();
        var certificates = new List<ReadOnlyMemory<byte>>();
        if (data.PeekTag().HasSameClassAndValue(Context0))
        {
            for (var list = data.ReadSetOf(skipSortOrderValidation: true, Context0); list.HasData;)
            {
                var one = list.ReadEncodedValue();
                if (one.Span[0] == 0x30 && certificates.Count < MostCertificates) certificates.Add(one);
            }
        }
        if (data.PeekTag().HasSameClassAndValue(Context1)) data.ReadEncodedValue();
        var signers = data.ReadSetOf(skipSortOrderValidation: true);
        var read = ReadSigner(signers.ReadSequence(), certificates);
        if (!signers.HasData) return read;
        read.Dispose();
        throw new AsnContentException("Several signers share one message.");
    }

    public void Dispose()
    {
        foreach (var certificate in Certificates) certificate.Dispose();
    }

    private static CmsMessage ReadSigner(AsnReader signer, List<ReadOnlyMemory<byte>> certificates)
    {
        signer.ReadInteger();
        var id = signer.ReadEncodedValue();
        var digest = AlgorithmIdentifier.Read(signer);
        ReadOnlyMemory<byte>? attributes = signer.PeekTag().HasSameClassAndValue(Context0) ? signer.ReadEncodedValue() : (ReadOnlyMemory<byte>?)null;
        var message = new CmsMessage
        {
            DigestAlgorithm = digest.Oid,
            SignedAttributes = attributes is { } tagged ? AsSet(tagged) : null,
            SignatureAlgorithm = AlgorithmIdentifier.Read(signer),
            Signature = signer.ReadOctetString(),
        };
        if (message.SignedAttributes is { } signed) message.TakeSigned(signed);
        if (signer.HasData && signer.PeekTag().HasSameClassAndValue(Context1)) message.TakeUnsigned(signer.ReadSetOf(skipSortOrderValidation: true, Context1));
        foreach (var certificate in certificates)
        {
            var parsed = X509CertificateLoader.LoadCertificate(certificate.Span);
            message.Certificates.Add(parsed);
            if (message.Signer is null && SignerIdentifier.Names(id, parsed)) message.Signer = parsed;
        }
        return message;
    }

    private static byte[] AsSet(ReadOnlyMemory<byte> tagged)
    {
        var set = tagged.ToArray();
        set[0] = 0x31;
        return set;
    }

    private void TakeSigned(byte[] attributes)
    {
        for (var set = new AsnReader(attributes, AsnEncodingRules.BER).ReadSetOf(skipSortOrderValidation: true); set.HasData;)
        {
            var attribute = set.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            var values = attribute.ReadSetOf(skipSortOrderValidation: true);
            switch (oid)
            {
                case MessageDigest:
                    if (Digest is not null) throw new AsnContentException("Two digests are signed.");
                    Digest = values.ReadOctetString();
                    break;
                case SigningTime:
                    ClaimedTime = values.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? values.ReadUtcTime() : values.ReadGeneralizedTime();
                    break;
                case SigningCertificateV2:
                    NamedCertificate = ReadNamed(values.ReadSequence().ReadSequence().ReadSequence());
                    break;
            }
        }
    }

    /// <summary>The hash in an ESSCertIDv2 when it is SHA-256, the default; others are not compared.</summary>
    private static ReadOnlyMemory<byte>? ReadNamed(AsnReader id)
    {
        if (id.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) && AlgorithmIdentifier.Read(id).Oid != "2.16.840.1.101.3.4.2.1") return null;
        return id.ReadOctetString();
    }

    private void TakeUnsigned(AsnReader attributes)
    {
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            if (attribute.ReadObjectIdentifier() != SignatureTimeStamp) continue;
            TimeStamp ??= attribute.ReadSetOf(skipSortOrderValidation: true).ReadEncodedValue();
        }
    }
}
