using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;

namespace DocExchange.Benchmarks.Load;

/// <summary>The start of a request as one edge wants it, rendered once; the package's digest is written into it for every document.</summary>
internal abstract class RequestHead(byte[] bytes, byte[] trailing)
{
    public byte[] Bytes { get; } = bytes;

    /// <summary>What follows the package.</summary>
    public byte[] Trailing { get; } = trailing;

    public static RequestHead For(string edge, long length, string host, bool keepAlive) => edge switch
    {
        "vxp" => new VxpHead(length, host, keepAlive),
        "rest" => new RestHead(length, host, keepAlive),
        "soap" => new SoapHead(length, host, keepAlive),
        EdocHead.Edge => new EdocHead(length, host, keepAlive),
        _ => throw new BenchmarkFailedException($"There is no edge {edge} to send through."),
    };

    /// <param name="start">Begins with <see cref="Bytes"/>; changed in place.</param>
    public abstract void Write(Span<byte> start, ReadOnlySpan<byte> digest);

    protected static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    protected static string Connection(bool keepAlive) => keepAlive ? "keep-alive" : "close";
}

/// <summary>sendEdoc as the axis SDK sends it: the digest stands in a header and in the signed text, and the HMAC over that follows it.</summary>
internal sealed class VxpHead : RequestHead
{
    private const string DigestMark = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd";

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(BenchParties.Secret);
    private readonly int _digestAt;
    private readonly int _signedDigestAt;
    private readonly Range _signed;
    private readonly int _macAt;

    public VxpHead(long length, string host, bool keepAlive) : this(Headers(), length, host, keepAlive)
    {
    }

    private VxpHead(IReadOnlyList<KeyValuePair<string, string>> headers, long length, string host, bool keepAlive)
        : base(Render(headers, length, host, keepAlive), trailing: "\r\n"u8.ToArray())
    {
        var signHeader = Value(VxpNames.SignHeader);
        _digestAt = Bytes.AsSpan().IndexOf(Ascii(DigestMark));
        var signedStart = Bytes.AsSpan().IndexOf(signHeader);
        _signed = signedStart..(signedStart + signHeader.Length);
        _signedDigestAt = signedStart + signHeader.AsSpan().IndexOf(Ascii(DigestMark));
        _macAt = Bytes.AsSpan().IndexOf(Value(VxpNames.HashHeader));

        byte[] Value(string name) => Ascii(headers.Single(h => h.Key == name).Value);
    }

    public override void Write(Span<byte> start, ReadOnlySpan<byte> digest)
    {
        Span<byte> hex = stackalloc byte[64];
        Convert.TryToHexStringLower(digest, hex, out _);
        hex.CopyTo(start[_digestAt..]);
        hex.CopyTo(start[_signedDigestAt..]);
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(Secret, start[_signed], mac);
        Convert.TryToHexStringLower(mac, hex, out _);
        hex.CopyTo(start[_macAt..]);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Headers() => SignedCall.Headers(BenchParties.SenderSystem, Secret, DateTimeOffset.UtcNow, VxpNames.OctetStream,
    [
        (VxpNames.ServiceType, VxpNames.ServiceEdoc), (VxpNames.MessageType, VxpNames.MessageEdoc), (VxpNames.From, BenchParties.Sender), (VxpNames.HashFile, DigestMark),
    ]);

    private static byte[] Render(IEnumerable<KeyValuePair<string, string>> headers, long length, string host, bool keepAlive)
    {
        var text = new StringBuilder("POST /vxp/sendEdoc HTTP/1.1\r\nContent-Type: application/octet-stream\r\n");
        foreach (var (name, value) in headers) text.Append(name).Append(": ").Append(value).Append("\r\n");
        text.Append("User-Agent: ").Append(VxpNames.UserAgent).Append("\r\nCache-Control: no-cache\r\nPragma: no-cache\r\nHost: ").Append(host)
            .Append("\r\nAccept: text/html, image/gif, image/jpeg, */*; q=0.2\r\nConnection: ").Append(Connection(keepAlive))
            .Append(CultureInfo.InvariantCulture, $"\r\nContent-Length: {length + 2}\r\n\r\n");
        return Ascii(text.ToString());
    }
}

/// <summary>POST /api/v1/documents with an API key; the digest is announced as RFC 9530 says, so that both edges check the same.</summary>
internal sealed class RestHead(long length, string host, bool keepAlive) : RequestHead(Render(length, host, keepAlive), trailing: [])
{
    private const string DigestMark = "dddddddddddddddddddddddddddddddddddddddddddd";

    private readonly int _digestAt = Render(length, host, keepAlive).AsSpan().IndexOf(Ascii(DigestMark));

    public override void Write(Span<byte> start, ReadOnlySpan<byte> digest) =>
        System.Buffers.Text.Base64.EncodeToUtf8(digest, start.Slice(_digestAt, DigestMark.Length), out _, out _);

    private static byte[] Render(long length, string host, bool keepAlive)
    {
        var text = new StringBuilder("POST /api/v1/documents HTTP/1.1\r\nContent-Type: application/xml\r\nHost: ").Append(host)
            .Append("\r\nAuthorization: Bearer ").Append(BenchParties.SenderSystem).Append('.').Append(BenchParties.Secret)
            .Append("\r\nRepr-Digest: sha-256=:").Append(DigestMark).Append(":\r\nConnection: ").Append(Connection(keepAlive))
            .Append(CultureInfo.InvariantCulture, $"\r\nContent-Length: {length}\r\n\r\n");
        return Ascii(text.ToString());
    }
}
