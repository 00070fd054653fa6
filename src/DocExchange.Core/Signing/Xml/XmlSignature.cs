using System.Security.Cryptography;
using System.Xml;

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

    internal sealed record Canonicalisation(bool IsExclusive, IReadOnlyCollection<string> Prefixes);

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
        // Without one, inclusive canonicalisation applies (xmldsig-core1 §4.4.3.2).
        if (transforms.Count == 1) return new Canonicalisation(false, []);
        return CanonicalisationOf(transforms[1]) ?? throw new XmlSignatureException("an unknown transform");
    }

    private static Canonicalisation? CanonicalisationOf(XmlElement method) => Algorithm(method) switch
    {
        XmlNames.Inclusive or XmlNames.Inclusive11 => new Canonicalisation(false, []),
        XmlNames.Exclusive => new Canonicalisation(true, method.ChildNodes.OfType<XmlElement>().FirstOrDefault(e => e.LocalName == "InclusiveNamespaces")
            ?.GetAttribute("PrefixList").Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []),
        _ => null,
    };

    private static string Algorithm(XmlElement element) => element.GetAttribute("Algorithm");

    private static byte[] Bytes(XmlElement element) => Convert.FromBase64String(element.InnerText);

    private static XmlElement Only(XmlElement parent, string name)
    {
        var children = Children(parent, name).ToList();
        return children.Count == 1 ? children[0] : throw new XmlSignatureException($"{name} does not stand there once");
    }

    private static IEnumerable<XmlElement> Children(XmlElement parent, string name) =>
        parent.ChildNodes.OfType<XmlElement>().Where(e => e.LocalName == name && e.NamespaceURI == XmlNames.Namespace);
}
