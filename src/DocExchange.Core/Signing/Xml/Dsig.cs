using System.Xml;

namespace DocExchange.Core.Signing.Xml;

/// <summary>Reads the elements of XML-DSig strictly: what must stand once stands once.</summary>
internal static class Dsig
{
    public static string Algorithm(XmlElement element) => element.GetAttribute("Algorithm");

    /// <exception cref="FormatException">The value is not base64.</exception>
    public static byte[] Bytes(XmlElement element) => Convert.FromBase64String(element.InnerText);

    /// <exception cref="XmlSignatureException">There is none, or several.</exception>
    public static XmlElement Only(XmlElement parent, string name)
    {
        var children = Children(parent, name).ToList();
        return children.Count == 1 ? children[0] : throw new XmlSignatureException($"{name} does not stand there once");
    }

    public static IEnumerable<XmlElement> Children(XmlElement parent, string name) =>
        parent.ChildNodes.OfType<XmlElement>().Where(e => e.LocalName == name && e.NamespaceURI == XmlNames.Namespace);

    /// <summary>Null when the method is none of ours.</summary>
    public static Canonicalisation? CanonicalisationOf(XmlElement method) => Algorithm(method) switch
    {
        XmlNames.Inclusive or XmlNames.Inclusive11 => new Canonicalisation(false, []),
        XmlNames.Exclusive => new Canonicalisation(true, method.ChildNodes.OfType<XmlElement>().FirstOrDefault(e => e.LocalName == "InclusiveNamespaces")
            ?.GetAttribute("PrefixList").Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []),
        _ => null,
    };

    /// <summary>An element as a document of its own, with the namespaces of everything around it.</summary>
    public static XmlDocument StandAlone(XmlElement element)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var copy = (XmlElement)document.AppendChild(document.ImportNode(element, true))!;
        for (var around = element.ParentNode as XmlElement; around is not null; around = around.ParentNode as XmlElement)
        {
            foreach (XmlAttribute attribute in around.Attributes)
            {
                if (attribute.NamespaceURI == "http://www.w3.org/2000/xmlns/" && !copy.HasAttribute(attribute.Name)) copy.SetAttributeNode((XmlAttribute)document.ImportNode(attribute, true));
            }
        }
        return document;
    }
}
