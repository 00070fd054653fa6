using System.Security.Cryptography;
using System.Xml;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>A small XML file as a tree: without DTD, bounded in bytes and elements before the tree grows.</summary>
internal sealed class XmlTree
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false };
    private readonly XmlLimits _limits;

    private XmlTree(XmlDocument document, XmlLimits limits) => (Document, _limits) = (document, limits);

    public XmlDocument Document { get; }

    /// <param name="content">Forward only; left open.</param>
    /// <exception cref="JudgingLimitException">The file is larger than what is held as a tree.</exception>
    /// <exception cref="XmlException">It is no XML.</exception>
    public static XmlTree Read(Stream content, XmlLimits limits)
    {
        var bounded = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = content.Read(buffer)) > 0; bounded.Write(buffer, 0, count))
        {
            if (bounded.Length + count > limits.TreeBytes) throw new JudgingLimitException("bytes of XML");
        }
        bounded.Position = 0;
        using (var count = XmlReader.Create(bounded, Settings))
        {
            for (var elements = 0; count.Read();)
            {
                if (count.NodeType != XmlNodeType.Element) continue;
                if (++elements > limits.Elements || count.Depth > PackageLimits.Default.MaxDepth) throw new JudgingLimitException("elements of XML");
                // A tree compares each attribute with those before it.
                if (count.AttributeCount > PackageLimits.Default.MaxAttributesPerElement) throw new JudgingLimitException("attributes of an element");
            }
        }
        bounded.Position = 0;
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var reader = XmlReader.Create(bounded, Settings);
        document.Load(reader);
        return new XmlTree(document, limits);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<XmlElement> Signatures => [.. Document.GetElementsByTagName("Signature", XmlNames.Namespace).Cast<XmlElement>()];

    /// <summary>Elements an id names: more than one is an ambiguity that programs resolve differently.</summary>
    public IReadOnlyList<XmlElement> Named(string id) =>
        [.. Document.SelectNodes("//*")!.Cast<XmlElement>().Where(e => e.Attributes.Cast<XmlAttribute>().Any(a => a.Value == id && a.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase)))];

    /// <summary>The digest of an element, or of the whole file.</summary>
    /// <param name="apex">Null for the whole file.</param>
    /// <param name="leftOut">The signature that is taken out; null for none.</param>
    /// <exception cref="XmlSignatureException">It is hashed in a way that is not looked at, or a limit is reached.</exception>
    public byte[] Digest(XmlElement? apex, Canonicalisation how, HashAlgorithmName algorithm, XmlElement? leftOut)
    {
        // An inclusive element takes over xml:lang and its like from around it (xml-c14n §2.4).
        for (var around = apex?.ParentNode as XmlElement; around is not null && !how.IsExclusive; around = around.ParentNode as XmlElement)
        {
            if (around.Attributes.Cast<XmlAttribute>().Any(a => a.Prefix == "xml")) throw new XmlSignatureException("attributes are inherited");
        }
        // A copy has other nodes: the signature is known by its number.
        var number = leftOut is null ? -1 : (apex ?? Document.DocumentElement!).SelectNodes("descendant-or-self::*")!.Cast<XmlElement>().Where(IsSignature).ToList().IndexOf(leftOut);
        using var reader = new XmlNodeReader(apex is null ? Document : Dsig.StandAlone(apex));
        var met = 0;
        return how.Digest(reader, algorithm, _limits, one => one is { LocalName: "Signature", NamespaceURI: XmlNames.Namespace } && met++ == number);
    }

    public static bool IsWithin(XmlElement element, XmlElement around)
    {
        for (XmlNode? one = element; one is not null; one = one.ParentNode)
        {
            if (one == around) return true;
        }
        return false;
    }

    private static bool IsSignature(XmlElement element) => element is { LocalName: "Signature", NamespaceURI: XmlNames.Namespace };
}
