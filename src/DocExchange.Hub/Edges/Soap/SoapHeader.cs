using System.Xml.Linq;

namespace DocExchange.Hub.Edges.Soap;

/// <summary>One block of an envelope's header.</summary>
/// <param name="MustUnderstand">It is addressed to the hub, and the sender wants a fault rather than have it passed over.</param>
internal sealed record SoapHeader(XElement Element, bool MustUnderstand)
{
    public XName Name => Element.Name;

    public static SoapHeader Of(XElement element, SoapVersion version)
    {
        XNamespace envelope = version.Namespace;
        var mandatory = (string?)element.Attribute(envelope + "mustUnderstand") is "1" or "true";
        var role = (string?)element.Attribute(envelope + version.RoleAttribute);
        var ours = string.IsNullOrEmpty(role) || role == version.NextRole || (version.Is12 && role == SoapVersion.UltimateReceiver);
        return new SoapHeader(element, mandatory && ours);
    }
}
