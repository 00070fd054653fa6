using System.Security.Cryptography;
using System.Xml;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>A reference of a signature in a file, or of a manifest that one signs (xmldsig-core1 §4.4.3).</summary>
/// <param name="Uri">Decides what is hashed: empty for the whole file, <c>#id</c> for an element, else a part of an Office file.</param>
/// <param name="IsEnveloped">The signature itself is taken out.</param>
/// <param name="Relationships">The transform that chooses relationships (ECMA-376-2 §13.2.4.24); null without one.</param>
/// <param name="How">Canonicalisation; null where none is named.</param>
internal sealed record FileReference(string Uri, bool IsEnveloped, XmlElement? Relationships, Canonicalisation? How, HashAlgorithmName Algorithm, byte[] Digest)
{
    private const string RelationshipTransform = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform";

    /// <exception cref="XmlSignatureException">It hashes in a way that is not looked at.</exception>
    /// <exception cref="FormatException">The digest is not base64.</exception>
    public static FileReference Read(XmlElement reference)
    {
        var uri = reference.GetAttributeNode("URI")?.Value ?? throw new XmlSignatureException("a reference names nothing");
        var algorithm = XmlNames.Digest(Dsig.Algorithm(Dsig.Only(reference, "DigestMethod"))) ?? throw new XmlSignatureException("an unknown digest method");
        var read = new FileReference(uri, false, null, null, algorithm, Dsig.Bytes(Dsig.Only(reference, "DigestValue")));
        foreach (var transform in Dsig.Children(reference, "Transforms").SelectMany(all => Dsig.Children(all, "Transform")))
        {
            // In the order in which they can mean something, each once: the signature out, the relationships chosen, the text made canonical.
            read = Dsig.Algorithm(transform) switch
            {
                XmlNames.Enveloped when read is { IsEnveloped: false, Relationships: null, How: null } => read with { IsEnveloped = true },
                RelationshipTransform when read is { IsEnveloped: false, Relationships: null, How: null } => read with { Relationships = transform },
                _ when read.How is null && Dsig.CanonicalisationOf(transform) is { } how => read with { How = how },
                _ => throw new XmlSignatureException("an unknown transform"),
            };
        }
        return read;
    }
}
