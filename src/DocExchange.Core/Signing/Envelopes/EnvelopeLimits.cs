using System.Xml;

namespace DocExchange.Core.Signing.Envelopes;

/// <summary>
/// Bounds of an envelope whose signature is to be verified. Canonicalisation works on the whole tree and calls itself for every level of it, so
/// what is deeper must be refused before there is a tree.
/// </summary>
/// <param name="MaxDepth">Levels of elements, the envelope included.</param>
/// <param name="MaxAttributes">Of one element, declarations of namespaces included.</param>
public sealed record EnvelopeLimits(int MaxDepth, int MaxElements, int MaxAttributes)
{
    /// <summary>More than the blocks of a header that anybody signs; each costs a canonicalisation.</summary>
    public int MaxReferences { get; init; } = 16;

    /// <exception cref="UnsoundSignatureException">The envelope goes beyond a limit.</exception>
    /// <exception cref="XmlException">It is not well formed, or has a document type.</exception>
    internal void Check(XmlReader reader)
    {
        var elements = 0;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (++elements > MaxElements || reader.Depth >= MaxDepth || reader.AttributeCount > MaxAttributes) throw new UnsoundSignatureException("Envelope");
        }
    }
}
