using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DocExchange.Benchmarks.Load;

/// <summary>Reads one answer off a connection: just enough HTTP/1.1 for what Kestrel sends.</summary>
internal sealed class SendAnswer
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _length;

    public string Text => Encoding.UTF8.GetString(_buffer, 0, _length);

    /// <summary>The number inside the acknowledgement's DocId; null when the answer is none.</summary>
    public long? Read(Socket socket)
    {
        _length = 0;
        var end = -1;
        while (true)
        {
            var read = socket.Receive(_buffer.AsSpan(_length));
            if (read == 0) throw new BenchmarkFailedException("The server closed the connection before it had answered: " + Text);
            _length += read;
            if (end < 0 && HeadEnd() is { } found) end = found;
            if (end >= 0 && _length >= end) return DocId();
        }
    }

    private int? HeadEnd()
    {
        var bytes = _buffer.AsSpan(0, _length);
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0) return null;
        var at = bytes[..head].IndexOf("Content-Length: "u8);
        if (at < 0 && bytes[..head].IndexOf("Transfer-Encoding: chunked"u8) >= 0) return bytes.EndsWith("\r\n0\r\n\r\n"u8) ? bytes.Length : null;
        if (at < 0 || !Utf8Parser.TryParse(bytes[(at + 16)..], out int length, out _)) throw new BenchmarkFailedException("An answer without length: " + Text);
        return head + 4 + length;
    }

    private long? DocId()
    {
        var bytes = _buffer.AsSpan(0, _length);
        if (!bytes.StartsWith("HTTP/1.1 200"u8) && !bytes.StartsWith("HTTP/1.1 201"u8)) return null;
        // Of the provincial hubs' SOAP dialect, the number itself.
        var plain = bytes.IndexOf("edXML:DocumentId>"u8);
        if (plain >= 0) return Utf8Parser.TryParse(bytes[(plain + 17)..], out long number, out _) ? number : null;
        // "DocId" of the axis' protocol, "docId" of JSON, an element of SOAP.
        return Value(bytes, "ocId\":\""u8, (byte)'"') ?? Value(bytes, "<DocId>"u8, (byte)'<');
    }

    private static long? Value(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> name, byte end)
    {
        var at = answer.IndexOf(name) + name.Length;
        if (at < name.Length || at + 24 >= answer.Length || answer[at + 24] != end) return null;
        return long.TryParse(answer.Slice(at + 8, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
