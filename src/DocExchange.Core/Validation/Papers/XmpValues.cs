using System.Xml;

namespace DocExchange.Core.Validation.Papers;

/// <summary>What an XMP packet says (ISO 16684-1): every text between its tags and every attribute, whatever they are called.</summary>
internal static class XmpValues
{
    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true, IgnoreProcessingInstructions = true };

    public static IReadOnlyList<string> Of(byte[] packet)
    {
        var values = new List<string>();
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(packet, writable: false), Reading);
            while (xml.Read())
            {
                if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) values.Add(xml.Value);
                for (var isThere = xml.MoveToFirstAttribute(); isThere; isThere = xml.MoveToNextAttribute()) values.Add(xml.Value);
            }
        }
        catch (XmlException)
        {
            // What was read until here counts.
        }
        return values;
    }
}
