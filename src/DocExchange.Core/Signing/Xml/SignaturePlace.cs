using System.Xml;
using DocExchange.Core.Packages;

namespace DocExchange.Core.Signing.Xml;

/// <summary>Where in a package's bytes a signature of its own belongs: last in its header (edxml 1.8), or in the place of the one that is there.</summary>
/// <param name="From">Where the new one begins.</param>
/// <param name="To">Where the package goes on; behind <paramref name="From"/> when one is there.</param>
internal sealed record SignaturePlace(long From, long To)
{
    private const int HeaderDepth = 2;

    public bool IsTaken => To > From;

    /// <summary>The one the place is for, or that is there now: all three spellings count.</summary>
    public static bool Is(XmlReader reader) => reader is { NodeType: XmlNodeType.Element, Depth: HeaderDepth + 1, LocalName: "Signature" or "DigitalSignature" };

    /// <summary>Null for a package without a header, or with more than one signature in it.</summary>
    /// <param name="package">Read from its start no further than the header's end, and left anywhere.</param>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public static SignaturePlace? Find(Stream package)
    {
        package.Position = 0;
        (int Line, int Column)? begins = null, ends = null;
        var (isEmpty, isInside) = (false, false);
        using (var reader = XmlReader.Create(package, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false }))
        {
            var lines = (IXmlLineInfo)reader;
            while (reader.Read())
            {
                if (Is(reader))
                {
                    if (begins is not null) return null;
                    (begins, isEmpty) = ((lines.LineNumber, lines.LinePosition), reader.IsEmptyElement);
                    isInside = !isEmpty;
                }
                else if (reader is { NodeType: XmlNodeType.EndElement, Depth: HeaderDepth + 1 } && isInside)
                {
                    (ends, isInside) = ((lines.LineNumber, lines.LinePosition), false);
                }
                else if (reader is { NodeType: XmlNodeType.EndElement, Depth: HeaderDepth, LocalName: "edXMLHeader" })
                {
                    return Place(package, begins, isEmpty ? begins : ends, (lines.LineNumber, lines.LinePosition));
                }
                else if (reader is { NodeType: XmlNodeType.Element, LocalName: "edXMLBody" or "AttachmentEncoded" }) return null;
            }
        }
        return null;
    }

    /// <summary>The reader reports where names begin: two bytes behind an end tag, one behind a start tag.</summary>
    private static SignaturePlace? Place(Stream package, (int Line, int Column)? begins, (int Line, int Column)? ends, (int Line, int Column) header)
    {
        if (begins is not { } first || ends is not { } last)
        {
            var end = PackageBytes.OffsetOf(package, header.Line, header.Column) - 2;
            return PackageBytes.StandsAt(package, end, "</"u8) ? new SignaturePlace(end, end) : null;
        }
        var from = PackageBytes.OffsetOf(package, first.Line, first.Column) - 1;
        var to = PackageBytes.EndOfTag(package, PackageBytes.OffsetOf(package, last.Line, last.Column));
        return PackageBytes.StandsAt(package, from, "<"u8) && to > from ? new SignaturePlace(from, to) : null;
    }
}
