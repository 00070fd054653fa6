using System.Text;
using System.Xml;
using System.Xml.Linq;
using DocExchange.Core;
using DocExchange.Core.Packages;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>Writes answers in the caller's version; a package behind them streams, as a part (MTOM) to callers that know parts, as base64 to others.</summary>
internal static class SoapAnswers
{
    // Where the package goes is cut out of the rendered envelope: no element of an answer contains this text unescaped.
    private static readonly byte[] Place = "<?package?>"u8.ToArray();

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    public static async Task WriteAsync(SoapCall call, XElement body)
    {
        var bytes = Render(call, body);
        call.Http.Response.ContentType = $"{call.Version.MediaType}; charset=utf-8";
        call.Http.Response.ContentLength = bytes.Length;
        await call.Http.Response.Body.WriteAsync(bytes, call.Cancelled).ConfigureAwait(false);
    }

    public static async Task WriteAsync(SoapCall call, XElement body, Stream package)
    {
        body.Add(new XElement(SoapCall.Names + PackageElement.Name, new XProcessingInstruction("package", "")));
        var envelope = Render(call, body);
        var at = envelope.Span.IndexOf(Place);
        await (call.Request.UsesXop ? WriteXopAsync(call, envelope, at, package) : WriteInlineAsync(call, envelope, at, package)).ConfigureAwait(false);
    }

    private static async Task WriteInlineAsync(SoapCall call, ReadOnlyMemory<byte> envelope, int at, Stream package)
    {
        var http = call.Http.Response;
        http.ContentType = $"{call.Version.MediaType}; charset=utf-8";
        http.ContentLength = envelope.Length - Place.Length + Base64Text.LengthFor(package.Length);
        await http.Body.WriteAsync(envelope[..at], call.Cancelled).ConfigureAwait(false);
        await Base64Text.WriteAsync(http.Body, package, call.Cancelled).ConfigureAwait(false);
        await http.Body.WriteAsync(envelope[(at + Place.Length)..], call.Cancelled).ConfigureAwait(false);
    }

    private static async Task WriteXopAsync(SoapCall call, ReadOnlyMemory<byte> envelope, int at, Stream package)
    {
        var http = call.Http.Response;
        // Random: no package can contain it on purpose.
        var frame = new MtomFrame("dx-" + Ids.New() + Ids.Secret(12), call.Version.MediaType);
        var include = Encoding.ASCII.GetBytes(MtomFrame.Reference().ToString());
        byte[] head = [.. frame.Root, .. envelope.Span[..at], .. include, .. envelope.Span[(at + Place.Length)..], .. frame.Package];
        var end = frame.End;
        http.ContentType = frame.ContentType;
        http.ContentLength = head.Length + package.Length + end.Length;
        await http.Body.WriteAsync(head, call.Cancelled).ConfigureAwait(false);
        await package.CopyToAsync(http.Body, call.Cancelled).ConfigureAwait(false);
        await http.Body.WriteAsync(end, call.Cancelled).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Render(SoapCall call, XElement body)
    {
        XNamespace envelope = call.Version.Namespace;
        var buffer = new MemoryStream(4096);
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("s", "Envelope", call.Version.Namespace);
            if (SoapAddressing.AnswerHeaders(call) is { Count: > 0 } headers) new XElement(envelope + "Header", headers).WriteTo(xml);
            xml.WriteStartElement("Body", call.Version.Namespace);
            body.WriteTo(xml);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
