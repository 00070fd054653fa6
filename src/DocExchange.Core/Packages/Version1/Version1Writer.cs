using System.Xml;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages.Version1;

/// <summary>Writes the parts of an edXML 1.0 message; the SOAP envelope around them is the caller's. A pure function of its input.</summary>
public static class Version1Writer
{
    /// <summary>MessageHeader and TraceHeaderList, for the SOAP header.</summary>
    /// <param name="envelope">As <see cref="Version1Conversion.ToVersion1"/> gave it.</param>
    public static void WriteHeaders(XmlWriter xml, Envelope envelope) => new EnvelopeXml(xml, [], EdxmlVocabulary.Version1).WriteHeaders(envelope);

    /// <summary>One Status element.</summary>
    public static void WriteStatus(XmlWriter xml, Envelope envelope) => new EnvelopeXml(xml, [], EdxmlVocabulary.Version1).WriteStatus(envelope);

    /// <summary>The manifest, for the SOAP body: each reference names a part by its Content-ID.</summary>
    /// <param name="files">Content-ID without <c>cid:</c>, and what the reference says of the file.</param>
    public static void WriteManifest(XmlWriter xml, IEnumerable<Version1File> files)
    {
        Open(xml, "Manifest");
        foreach (var file in files)
        {
            Open(xml, "Reference");
            xml.WriteAttributeString("xlink", "href", EdxmlNames.XlinkNamespace, "cid:" + file.ContentId);
            xml.WriteAttributeString("xlink", "type", EdxmlNames.XlinkNamespace, "simple");
            Text(xml, "AttachmentName", file.Name);
            Text(xml, "ContentType", file.ContentType);
            Text(xml, "Description", file.Description);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Open(XmlWriter xml, string name) => xml.WriteStartElement(EdxmlNames.Prefix, name, EdxmlNames.Version1Namespace);

    private static void Text(XmlWriter xml, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) xml.WriteElementString(EdxmlNames.Prefix, name, EdxmlNames.Version1Namespace, value);
    }
}
