using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages.Version1;

/// <summary>
/// Reads edXML 1.0 messages (edxml 1.10): a SOAP envelope whose header holds MessageHeader and TraceHeaderList and whose body holds the
/// manifest, or the files themselves. Tolerant where 1.0 writers differ; what endangers safe reading ends it, as in 2.0. What other blocks
/// of the SOAP header say, tokens among them, is never read.
/// </summary>
public static class Version1Reader
{
    private const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    /// <summary>Reads <paramref name="envelope"/> to its end, or to the first violation of XML safety, synchronously. Leaves it open.</summary>
    public static Version1Message Read(Stream envelope, PackageLimits limits)
    {
        using var xml = new SafeXml(new GuardedStream(envelope, limits), limits, EdxmlNames.Version1Namespace);
        var notes = new PackageNotes();
        var unknown = new UnknownElements();
        var body = new Version1Body(xml, notes, unknown, limits);
        var header = new Version1Header(xml, notes, unknown);
        if (xml.ToRoot())
        {
            if (xml.LocalName == "Envelope" && xml.NamespaceUri is Soap11 or Soap12) ReadEnvelope(xml, header, body);
            else notes.Refuse(ProblemCatalogue.WrongRoot, "MessageHeader", xml.LocalName, "Envelope");
        }
        xml.ToEnd();
        if (xml.Stopped is { } stopped) notes.Refuse(stopped);
        var read = body.Status is not null || !header.IsFound ? body.Header : header;
        return new Version1Message(read.Build(isStatus: body.Status is not null, unknown.Kept), body.Files(), notes.Findings, notes.Warnings);
    }

    private static void ReadEnvelope(SafeXml xml, Version1Header header, Version1Body body)
    {
        if (xml.IsEmpty) return;
        for (var at = xml.Depth; xml.NextChild(at);)
        {
            if (xml.NamespaceUri is not (Soap11 or Soap12) || xml.IsEmpty) continue;
            if (xml.LocalName == "Header")
            {
                for (var blocks = xml.Depth; xml.NextChild(blocks);) header.TryRead();
            }
            else if (xml.LocalName == "Body")
            {
                body.Read();
            }
        }
    }
}
