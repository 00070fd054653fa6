using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DocExchange.Core.Evidence;

/// <summary>
/// A receipt as XML, for systems that speak it: the members of <c>dx-receipt/1</c> as elements, spelled one way like the JSON. Whatever a
/// signature or hash is over stands in base64, because XML tools change white space and line ends and cannot hold every character.
/// Schema: <c>schemas/dx-receipt-1.xsd</c>.
/// </summary>
public static class ReceiptXml
{
    public const string Namespace = "urn:docexchange:receipt:1";
    public const string MediaType = "application/xml";

    private static readonly XNamespace Names = Namespace;

    public static byte[] Render(ReceiptParts receipt)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.Append(CultureInfo.InvariantCulture, $"<receipt xmlns=\"{Namespace}\" format=\"{ReceiptFormat.Name}\">\n");
        Element("id", receipt.Id);
        Blob("entry", receipt.Entry);
        Element("salt", Convert.ToHexStringLower(receipt.Salt));
        Element("index", receipt.Index.ToString(CultureInfo.InvariantCulture));
        foreach (var hash in receipt.Path) Blob("path", hash);
        Blob("checkpoint", receipt.Checkpoint);
        Blob("signature", receipt.Signature);
        foreach (var certificate in receipt.Chain) Blob("certificate", certificate);
        return Encoding.UTF8.GetBytes(text.Append("</receipt>\n").ToString());

        void Blob(string name, byte[] value) => Element(name, Convert.ToBase64String(value));

        void Element(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"  <{name}>{value}</{name}>\n");
    }

    /// <summary>The parts, or null and a sentence. Pretty-printed or re-encoded copies are accepted: everything that counts is in base64.</summary>
    public static ReceiptParts? TryParse(ReadOnlyMemory<byte> receipt, out string error)
    {
        error = "";
        if (receipt.Length > ReceiptFormat.MaximumLength * 2)
        {
            error = "The file is larger than a receipt can be.";
            return null;
        }
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = ReceiptFormat.MaximumLength * 2 };
            using var reader = XmlReader.Create(new MemoryStream(receipt.ToArray(), writable: false), settings);
            var root = XElement.Load(reader);
            if (root.Name != Names + "receipt" || (string?)root.Attribute("format") != ReceiptFormat.Name) throw new FormatException("the root element is another one");
            return new ReceiptParts(
                Text(root, "id"), Blob(root, "entry"), Convert.FromHexString(Text(root, "salt")), long.Parse(Text(root, "index"), NumberStyles.None, CultureInfo.InvariantCulture),
                Blob(root, "checkpoint"), Blobs(root, "path"), Blob(root, "signature"), Blobs(root, "certificate"));
        }
        catch (Exception exception) when (exception is XmlException or FormatException or OverflowException)
        {
            error = $"The file is not a receipt of format {ReceiptFormat.Name} in XML: {exception.Message}";
            return null;
        }
    }

    private static string Text(XElement root, string name) => root.Elements(Names + name).ToList() is [var only] ? only.Value.Trim() : throw new FormatException($"it must hold {name} once");

    private static byte[] Blob(XElement root, string name) => Convert.FromBase64String(Text(root, name));

    private static List<byte[]> Blobs(XElement root, string name) => [.. root.Elements(Names + name).Select(element => Convert.FromBase64String(element.Value))];
}
