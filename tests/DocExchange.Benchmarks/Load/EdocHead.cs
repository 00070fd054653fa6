namespace DocExchange.Benchmarks.Load;

/// <summary>SendDocument of the provincial hubs' SOAP dialect, with the file as a part: nothing of it depends on the document.</summary>
internal sealed class EdocHead(long length, string host, bool keepAlive) : RequestHead(Render(length, host, keepAlive), trailing: [])
{
    public const string Edge = "edoc";

    public const string Boundary = "bench-boundary";

    public override void Write(Span<byte> start, ReadOnlySpan<byte> digest)
    {
    }

    private static byte[] Render(long length, string host, bool keepAlive) => Ascii(
        $"POST /soap/edoc HTTP/1.1\r\nHost: {host}\r\nSOAPAction: \"SendDocument\"\r\nContent-Type: multipart/related; type=\"text/xml\"; start=\"<Start>\"; boundary=\"{Boundary}\"\r\n"
        + $"Connection: {Connection(keepAlive)}\r\nContent-Length: {length}\r\n\r\n");
}
