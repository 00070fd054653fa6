using System.Security;
using System.Text;
using System.Xml;

namespace DocExchange.Core.Packages;

/// <summary>
/// A copy of a package with one TraceHeader more (edxml 1.2, row 2.1), every other byte as it was. For packages that were accepted: they are
/// well-formed and have no DTD. Reads no further than the end of the list of hops.
/// </summary>
public sealed class HopInsertion
{
    private readonly long _offset;
    private readonly string _prefix;

    private HopInsertion(string sender, long offset, string prefix) => (Sender, _offset, _prefix) = (sender, offset, prefix);

    /// <summary>From/OrganId as the package writes it; empty when it has none.</summary>
    public string Sender { get; }

    /// <summary>False for what has no list of hops, such as a status package: it is sent as it is.</summary>
    public bool IsPossible => _offset > 0;

    /// <summary>Looks for the sender and the end of TraceHeaderList, from the stream's start; it is left anywhere.</summary>
    public static HopInsertion Find(Stream package)
    {
        // Not disposed: it would close the stream, and holds nothing else.
        var xml = new XmlTextReader(package) { Namespaces = false, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        var from = false;
        string? sender = null;
        while (xml.Read())
        {
            var (prefix, name) = Split(xml.Name);
            if (xml.NodeType == XmlNodeType.Element)
            {
                if (name == "From") from = !xml.IsEmptyElement;
                else if (name == "OrganId" && from && sender is null && !xml.IsEmptyElement) sender = Text(xml);
                else if (name is "edXMLBody" or "ContentTransferEncoded") break;
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                if (name == "From") from = false;
                else if (name == "TraceHeaderList") return new HopInsertion(sender ?? "", EndTagAt(package, xml.LineNumber, xml.LinePosition), prefix);
            }
        }
        return new HopInsertion(sender ?? "", 0, "");
    }

    /// <summary>Writes the copy.</summary>
    /// <param name="package">From its start.</param>
    public void Write(Stream package, string organ, DateTimeOffset time, Action<ReadOnlySpan<byte>> target)
    {
        package.Position = 0;
        PackageBytes.Copy(package, _offset, target);
        target(Encoding.UTF8.GetBytes(
            $"<{_prefix}TraceHeader><{_prefix}OrganId>{SecurityElement.Escape(organ)}</{_prefix}OrganId><{_prefix}Timestamp>{VietnamTime.Write(time)}</{_prefix}Timestamp></{_prefix}TraceHeader>"));
        PackageBytes.Copy(package, long.MaxValue, target);
    }

    /// <summary>Where the end tag begins, whose name the reader reported; 0 when the bytes there are not one, which leaves the package as it is rather than damages it.</summary>
    private static long EndTagAt(Stream package, int line, int column)
    {
        var begins = PackageBytes.OffsetOf(package, line, column) - 2;
        return PackageBytes.StandsAt(package, begins, "</"u8) ? begins : 0;
    }

    private static string Text(XmlTextReader xml)
    {
        var text = new StringBuilder();
        while (xml.Read() && xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) text.Append(xml.Value);
        }
        return text.ToString().Trim();
    }

    private static (string Prefix, string Name) Split(string name) => name.IndexOf(':') is > 0 and var colon ? (name[..(colon + 1)], name[(colon + 1)..]) : ("", name);
}
