using System.Xml;
using System.Xml.Linq;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>The list of a container's members with their digests (ETSI EN 319 162-1 §A.4), which the container's signature covers.</summary>
public sealed record AsicManifest(IReadOnlyList<AsicMember> Members)
{
    public const string ContainerType = "application/vnd.etsi.asic-e+zip";
    public const string TypeMember = "mimetype";
    public const string Name = "META-INF/ASiCManifest.xml";
    public const string SignatureName = "META-INF/signature.p7s";
    private const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static readonly XNamespace Asic = "http://uri.etsi.org/02918/v1.2.1#";
    private static readonly XNamespace Signature = "http://www.w3.org/2000/09/xmldsig#";

    public byte[] ToXml()
    {
        var root = new XElement(Asic + "ASiCManifest", new XAttribute(XNamespace.Xmlns + "asic", Asic), new XAttribute(XNamespace.Xmlns + "ds", Signature),
            new XElement(Asic + "SigReference", new XAttribute("URI", SignatureName), new XAttribute("MimeType", "application/pkcs7-signature")),
            Members.Select(member => new XElement(Asic + "DataObjectReference", new XAttribute("URI", member.Name), new XAttribute("MimeType", member.Type),
                new XElement(Signature + "DigestMethod", new XAttribute("Algorithm", Sha256)),
                new XElement(Signature + "DigestValue", Convert.ToBase64String(member.Digest)))));
        var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true, NewLineChars = "\n" })) root.Save(writer);
        return bytes.ToArray();
    }

    /// <summary>Null for what is no manifest, names another digest, or names a member twice.</summary>
    public static AsicManifest? TryParse(byte[] xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XDocument.Load(reader).Root;
            if (root?.Name != Asic + "ASiCManifest" || root.Element(Asic + "SigReference")?.Attribute("URI")?.Value != SignatureName) return null;
            var members = root.Elements(Asic + "DataObjectReference").Select(Read).ToList();
            return members.DistinctBy(member => member.Name).Count() == members.Count ? new AsicManifest(members) : null;
        }
        catch (Exception exception) when (exception is XmlException or FormatException)
        {
            return null;
        }
    }

    private static AsicMember Read(XElement reference)
    {
        if (reference.Element(Signature + "DigestMethod")?.Attribute("Algorithm")?.Value != Sha256) throw new FormatException("another digest");
        return new AsicMember(
            reference.Attribute("URI")?.Value ?? throw new FormatException("no name"), reference.Attribute("MimeType")?.Value ?? "",
            Convert.FromBase64String(reference.Element(Signature + "DigestValue")?.Value ?? throw new FormatException("no digest")));
    }
}

/// <param name="Digest">SHA-256 of the member's bytes, uncompressed.</param>
public sealed record AsicMember(string Name, string Type, byte[] Digest);
