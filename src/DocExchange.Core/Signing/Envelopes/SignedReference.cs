using System.Security.Cryptography;
using System.Xml;

namespace DocExchange.Core.Signing.Envelopes;

/// <summary>What one reference of a signature says of its target: one transform, exclusive canonicalisation, and a digest that is not broken.</summary>
internal static class SignedReference
{
    private const string Dsig = "http://www.w3.org/2000/09/xmldsig#";

    public static (byte[] Digest, HashAlgorithmName Algorithm, string? Prefixes) Read(XmlElement reference)
    {
        var transform = EnvelopeSignature.Only(EnvelopeSignature.Only(reference, "Transforms", Dsig), "Transform", Dsig);
        if (transform.GetAttribute("Algorithm") != CanonicalElement.Algorithm) throw new UnsoundSignatureException("Transform");
        var algorithm = EnvelopeSignature.Only(reference, "DigestMethod", Dsig).GetAttribute("Algorithm") switch
        {
            "http://www.w3.org/2001/04/xmlenc#sha256" => HashAlgorithmName.SHA256,
            "http://www.w3.org/2001/04/xmldsig-more#sha384" => HashAlgorithmName.SHA384,
            "http://www.w3.org/2001/04/xmlenc#sha512" => HashAlgorithmName.SHA512,
            _ => throw new UnsoundSignatureException("DigestMethod"),
        };
        return (Convert.FromBase64String(EnvelopeSignature.Only(reference, "DigestValue", Dsig).InnerText), algorithm, PrefixesOf(transform));
    }

    public static string? PrefixesOf(XmlElement method) =>
        EnvelopeSignature.Children(method, "InclusiveNamespaces", CanonicalElement.Algorithm).FirstOrDefault()?.GetAttribute("PrefixList");
}
