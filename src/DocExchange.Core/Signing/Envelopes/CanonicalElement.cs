using System.Security.Cryptography.Xml;
using System.Xml;

namespace DocExchange.Core.Signing.Envelopes;

/// <summary>Exclusive canonicalisation (https://www.w3.org/TR/xml-exc-c14n/, without comments) of one element in its document.</summary>
internal static class CanonicalElement
{
    public const string Algorithm = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private const string Xmlns = "http://www.w3.org/2000/xmlns/";

    /// <param name="prefixes">InclusiveNamespaces/PrefixList; null without one.</param>
    public static byte[] Bytes(XmlElement element, string? prefixes)
    {
        var alone = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var root = (XmlElement)alone.AppendChild(alone.ImportNode(element, deep: true))!;
        // What is declared further out counts where the element is: the canonical form keeps of it what is used.
        for (var outer = element.ParentNode as XmlElement; outer is not null; outer = outer.ParentNode as XmlElement)
        {
            foreach (XmlAttribute declared in outer.Attributes)
            {
                if (declared.NamespaceURI == Xmlns && root.GetAttributeNode(declared.Name) is null) root.SetAttributeNode((XmlAttribute)alone.ImportNode(declared, deep: true));
            }
        }
        var transform = new XmlDsigExcC14NTransform(includeComments: false, prefixes ?? "");
        transform.LoadInput(alone);
        using var canonical = (Stream)transform.GetOutput(typeof(Stream));
        using var bytes = new MemoryStream();
        canonical.CopyTo(bytes);
        return bytes.ToArray();
    }
}
