using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;

namespace DocExchange.UnitTests.Signing.Files;

/// <summary>A small Word file and a small OpenDocument file, signed as their programs do; digests of parts are the platform's, not the judge's.</summary>
internal static class SignedOfficeFile
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    private const string Types = $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{Word}"/></Types>""";
    private const string Kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string RootRelations = $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId1" Type="{Kinds}officeDocument" Target="word/document.xml"/></Relationships>""";
    private const string PartRelations = $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="{Kinds}hyperlink" Target="http://a/?b&amp;c" TargetMode="External"/><Relationship Id="rId1" Type="{Kinds}image" Target="media/a.png"/></Relationships>""";

    /// <summary>The canonical form of what is chosen, by hand and by the specification's example: sorted, with their mode.</summary>
    private const string ChosenOfRoot = $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="word/document.xml" TargetMode="Internal" Type="{Kinds}officeDocument"></Relationship></Relationships>""";
    private const string ChosenOfPart = $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="media/a.png" TargetMode="Internal" Type="{Kinds}image"></Relationship><Relationship Id="rId9" Target="http://a/?b&amp;c" TargetMode="External" Type="{Kinds}hyperlink"></Relationship></Relationships>""";

    public static Dictionary<string, string> Docx(X509Certificate2 signer, string picture = "picture")
    {
        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] = Types, ["_rels/.rels"] = RootRelations, ["word/document.xml"] = "<w:document xmlns:w='urn:w'>Một trăm đồng</w:document>", ["word/_rels/document.xml.rels"] = PartRelations,
            ["word/media/a.png"] = picture, ["docProps/core.xml"] = "<core/>",
        };
        var manifest = Reference($"/word/document.xml?ContentType={Word}", parts["word/document.xml"])
            + Reference("/word/media/a.png?ContentType=image/png", parts["word/media/a.png"])
            + Reference("/_rels/.rels?ContentType=application/vnd.openxmlformats-package.relationships+xml", ChosenOfRoot, "rId1")
            + Reference("/word/_rels/document.xml.rels?ContentType=application/vnd.openxmlformats-package.relationships+xml", ChosenOfPart, "rId1", "rId9");
        var time = """<SignatureProperties><SignatureProperty Id="idSignatureTime" Target="#idPackageSignature"><mdssi:SignatureTime xmlns:mdssi="http://schemas.openxmlformats.org/package/2006/digital-signature"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format><mdssi:Value>2026-11-20T01:00:00Z</mdssi:Value></mdssi:SignatureTime></SignatureProperty></SignatureProperties>""";
        var signed = new SignedXml(SignedXmlFile.Load("<a/>"));
        signed.AddObject(new DataObject { Id = "idPackageObject", Data = SignedXmlFile.Load($"""<r xmlns="http://www.w3.org/2000/09/xmldsig#"><Manifest>{manifest}</Manifest>{time}</r>""").DocumentElement!.ChildNodes });
        var reference = new Reference("#idPackageObject") { DigestMethod = SignedXml.XmlDsigSHA256Url, Type = "http://www.w3.org/2000/09/xmldsig#Object" };
        parts["_xmlsignatures/origin.sigs"] = "";
        parts["_xmlsignatures/sig1.xml"] = SignedXmlFile.Sign(signed, signer, reference).OuterXml;
        return parts;
    }

    public static Dictionary<string, string> Odt(X509Certificate2 signer)
    {
        var parts = new Dictionary<string, string> { ["mimetype"] = "application/vnd.oasis.opendocument.text", ["content.xml"] = "<a b='1'  c='2'/>", ["Pictures/a b.png"] = "picture", ["META-INF/manifest.xml"] = "<m/>" };
        var document = SignedXmlFile.Load("<document-signatures xmlns='urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0'/>");
        var signed = new SignedXmlFile.WithObjects(document);
        var own = SignedXmlFile.Load("""<r xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureProperties><SignatureProperty Id="when" Target="#s"><dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2026-11-20T01:00:00</dc:date></SignatureProperty></SignatureProperties></r>""");
        signed.AddObject(new DataObject { Data = own.DocumentElement!.ChildNodes });
        var first = new Reference("#when") { DigestMethod = SignedXml.XmlDsigSHA256Url };
        var signature = SignedXmlFile.Sign(signed, signer, first, (one, _) =>
        {
            // References to files come as streams here: their address is written by hand afterwards, which the value covers.
            foreach (var (name, content) in parts)
            {
                var reference = new Reference(new MemoryStream(Encoding.UTF8.GetBytes(name == "content.xml" ? """<a b="1" c="2"></a>""" : content))) { Uri = Uri.EscapeDataString(name).Replace("%2F", "/"), DigestMethod = SignedXml.XmlDsigSHA256Url };
                if (name == "content.xml") reference.AddTransform(new XmlDsigC14NTransform());
                one.AddReference(reference);
            }
        });
        document.DocumentElement!.AppendChild(document.ImportNode(signature, true));
        parts["META-INF/documentsignatures.xml"] = document.OuterXml;
        return parts;
    }

    /// <param name="twice">A part that is written again behind the others.</param>
    public static MemoryStream Zip(IReadOnlyDictionary<string, string> parts, string? twice = null)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in twice is null ? parts : parts.Append(new(twice, "<other/>")))
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        file.Position = 0;
        return file;
    }

    private static string Reference(string uri, string hashed, params string[] chosen)
    {
        var transforms = chosen.Length == 0 ? "" : $"""<Transforms><Transform Algorithm="http://schemas.openxmlformats.org/package/2006/RelationshipTransform">{string.Concat(chosen.Select(id => $"<mdssi:RelationshipReference xmlns:mdssi=\"http://schemas.openxmlformats.org/package/2006/digital-signature\" SourceId=\"{id}\"/>"))}</Transform><Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/></Transforms>""";
        return $"""<Reference URI="{uri}">{transforms}<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)))}</DigestValue></Reference>""";
    }
}
