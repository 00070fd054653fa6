using System.Xml;
using DocExchange.Core.Packages;

namespace DocExchange.Core.Signing.Files;

/// <summary>What an Office file says its parts are (ECMA-376-2 §10.1.2.3). Nobody signs this list; a signature names each part's type instead.</summary>
internal sealed class ContentTypes(XmlTree? tree)
{
    public const string Part = "[Content_Types].xml";

    private readonly List<XmlElement> _all = [.. tree?.Document.DocumentElement!.ChildNodes.OfType<XmlElement>() ?? []];

    /// <summary>Null where it says nothing, or two things.</summary>
    public string? Of(string part)
    {
        var named = _all.Where(e => e.LocalName == "Override" && e.GetAttribute("PartName").TrimStart('/').Equals(part, StringComparison.OrdinalIgnoreCase)).ToList();
        var kind = named.Count > 0 ? named : [.. _all.Where(e => e.LocalName == "Default" && e.GetAttribute("Extension").Equals(ContentRules.Extension(part), StringComparison.OrdinalIgnoreCase))];
        return kind is [var one] ? one.GetAttribute("ContentType") : null;
    }
}
