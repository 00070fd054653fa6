using System.Security.Cryptography;
using System.Text;
using System.Xml;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>The relationships of an Office file's part, of which a signature chooses some (ECMA-376-2 §13.2.4.24).</summary>
internal sealed class Relationships(XmlTree tree)
{
    private const string Namespace = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>What programs leave unsigned, because it says nothing that is shown: properties of the file, its picture, and the signatures.</summary>
    private static readonly string[] Unshown = ["/core-properties", "/extended-properties", "/custom-properties", "/metadata/thumbnail", "/digital-signature/origin"];

    private readonly List<XmlElement> _all = [.. tree.Document.DocumentElement!.ChildNodes.OfType<XmlElement>().Where(e => e is { LocalName: "Relationship", NamespaceURI: Namespace })];

    /// <summary>Whether the choice leaves out what is shown.</summary>
    public bool LeavesOut(XmlElement choice) => _all.Except(Chosen(choice)).Any(one => !Unshown.Any(one.GetAttribute("Type").EndsWith));

    /// <exception cref="XmlSignatureException">Two relationships share an id.</exception>
    public byte[] Digest(XmlElement choice, HashAlgorithmName algorithm)
    {
        var chosen = Chosen(choice).OrderBy(one => one.GetAttribute("Id"), StringComparer.Ordinal).ToList();
        if (_all.Select(one => one.GetAttribute("Id")).Distinct(StringComparer.OrdinalIgnoreCase).Count() != _all.Count) throw new XmlSignatureException("two relationships of one id");
        // In canonical form from the start: attributes in the order of their names, no empty tags.
        var text = new StringBuilder("<Relationships xmlns=\"" + Namespace + "\">");
        foreach (var one in chosen)
        {
            text.Append("<Relationship");
            foreach (var name in (string[])["Id", "Target", "TargetMode", "Type"])
            {
                var value = one.GetAttribute(name) is { Length: 0 } && name == "TargetMode" ? "Internal" : one.GetAttribute(name);
                text.Append(' ').Append(name).Append("=\"").Append(Escaped(value)).Append('"');
            }
            text.Append("></Relationship>");
        }
        return CryptographicOperations.HashData(algorithm, Encoding.UTF8.GetBytes(text.Append("</Relationships>").ToString()));
    }

    private IEnumerable<XmlElement> Chosen(XmlElement choice)
    {
        var names = choice.ChildNodes.OfType<XmlElement>().ToList();
        var ids = names.Where(n => n.LocalName == "RelationshipReference").Select(n => n.GetAttribute("SourceId")).ToHashSet(StringComparer.Ordinal);
        var types = names.Where(n => n.LocalName is "RelationshipsGroupReference").Select(n => n.GetAttribute("SourceType")).ToHashSet(StringComparer.Ordinal);
        return _all.Where(one => ids.Contains(one.GetAttribute("Id")) || types.Contains(one.GetAttribute("Type")));
    }

    private static string Escaped(string value) => value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("\t", "&#x9;", StringComparison.Ordinal).Replace("\n", "&#xA;", StringComparison.Ordinal).Replace("\r", "&#xD;", StringComparison.Ordinal);
}
