using System.Globalization;
using System.Text;

namespace DocExchange.Benchmarks.Load;

/// <summary>SendDocument with the package as a part (MTOM); the digest stands in the envelope, so that every edge checks the same.</summary>
internal sealed class SoapHead(long length, string host, bool keepAlive) : RequestHead(Render(length, host, keepAlive), Closing)
{
    private const string DigestMark = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd";
    private const string Names = "urn:docexchange:soap:1";

    private static readonly byte[] Closing = "\r\n--bench-boundary--\r\n"u8.ToArray();

    private readonly int _digestAt = Render(length, host, keepAlive).AsSpan().IndexOf(Ascii(DigestMark));

    public override void Write(Span<byte> start, ReadOnlySpan<byte> digest) => Convert.TryToHexStringLower(digest, start.Slice(_digestAt, DigestMark.Length), out _);

    private static byte[] Render(long length, string host, bool keepAlive)
    {
        const string envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><SendDocument xmlns=\"" + Names + "\"><Digest>" + DigestMark
            + "</Digest><Package><x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:package\"/></Package></SendDocument></s:Body></s:Envelope>";
        var root = "--bench-boundary\r\nContent-ID: <root>\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-Transfer-Encoding: binary\r\n\r\n" + envelope
            + "\r\n--bench-boundary\r\nContent-ID: <package>\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{BenchParties.SenderSystem}:{BenchParties.Secret}"));
        var text = new StringBuilder("POST /soap/v1 HTTP/1.1\r\nContent-Type: multipart/related; type=\"application/xop+xml\"; start=\"<root>\"; start-info=\"text/xml\"; boundary=bench-boundary\r\nHost: ")
            .Append(host).Append("\r\nSOAPAction: \"").Append(Names).Append("/SendDocument\"\r\nAuthorization: Basic ").Append(credentials).Append("\r\nConnection: ").Append(Connection(keepAlive))
            .Append(CultureInfo.InvariantCulture, $"\r\nContent-Length: {root.Length + length + Closing.Length}\r\n\r\n").Append(root);
        return Ascii(text.ToString());
    }
}
