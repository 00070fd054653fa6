using System.Security.Cryptography;
using System.Xml;
using static DocExchange.Core.Signing.Xml.Dsig;

namespace DocExchange.Core.Signing.Xml;

/// <summary>An enveloped signature over one whole document, the only form looked at: what is signed is then exactly what is used.</summary>
internal sealed record XmlSignature
{
    public required XmlElement SignedInfo { get; init; }

    public required (HashAlgorithmName Hash, bool IsRsa) Method { get; init; }

    public required HashAlgorithmName DigestAlgorithm { get; init; }

    public required byte[] Digest { get; init; }

    public required byte[] Value { get; init; }

    public required byte[] Certificate { get; init; }

    /// <summary>Further certificates it brings along.</summary>
    public IReadOnlyList<byte[]> Issuers { get; init; } = [];

    /// <summary>How the document is canonicalised before it is hashed.</summary>
    public required Canonicalisation Document { get; init; }

    /// <summary>How SignedInfo is.</summary>
    public required Canonicalisation Information { get; init; }

    /// <exception cref="XmlSignatureException">It signs in another way.</exception>
    /// <exception cref="FormatException">A value is not base64.</exception>
    public static XmlSignature Read(XmlElement signature)
    {
        var info = Only(signature, "SignedInfo");
        var reference = Only(info, "Reference");
        if (reference.GetAttributeNode("URI") is not { Value: "" }) throw new XmlSignatureException("the reference is not to the whole document");
        var certificates = Children(Only(Only(signature, "KeyInfo"), "X509Data"), "X509Certificate").Select(Bytes).ToList();
        return new XmlSignature
        {
            SignedInfo = info,
            Method = XmlNames.Signature(Algorithm(Only(info, "SignatureMethod"))) ?? throw new XmlSignatureException("an unknown signature method"),
            DigestAlgorithm = XmlNames.Digest(Algorithm(Only(reference, "DigestMethod"))) ?? throw new XmlSignatureException("an unknown digest method"),
            Digest = Bytes(Only(reference, "DigestValue")),
            Value = Bytes(Only(signature, "SignatureValue")),
            Certificate = certificates.FirstOrDefault() ?? throw new XmlSignatureException("no certificate"),
            Issuers = [.. certificates.Skip(1)],
            Document = ReadTransforms(reference),
            Information = CanonicalisationOf(Only(info, "CanonicalizationMethod")) ?? throw new XmlSignatureException("an unknown canonicalisation"),
        };
    }

    private static Canonicalisation ReadTransforms(XmlElement reference)
    {
        var transforms = Children(Only(reference, "Transforms"), "Transform").ToList();
        if (transforms.Count is 0 or > 2 || Algorithm(transforms[0]) != XmlNames.Enveloped) throw new XmlSignatureException("the signature itself is not taken out");
        if (transforms.Count == 1) return Canonicalisation.Unsaid;
        return CanonicalisationOf(transforms[1]) ?? throw new XmlSignatureException("an unknown transform");
    }
}
