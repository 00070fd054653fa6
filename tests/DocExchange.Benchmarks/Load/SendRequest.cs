using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;

namespace DocExchange.Benchmarks.Load;

/// <summary>
/// One client's sendEdoc request, rendered once; for every document the patched places, the SHA-256 of the file and the HMAC of the headers
/// are written into it. Allocates nothing and is the same whoever is asked.
/// </summary>
internal sealed class SendRequest
{
    private const string DigestMark = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd";

    // Up to here one buffer and one system call; beyond, the repeated block is sent from where all clients share it.
    private const int Contiguous = 256 * 1024;

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(BenchParties.Secret);
    private readonly Letter _letter;
    private readonly byte[] _start;
    private readonly byte[] _end;
    private readonly int _head;
    private readonly int _digestAt;
    private readonly int _signedDigestAt;
    private readonly Range _signed;
    private readonly int _macAt;
    private readonly bool _isWhole;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public SendRequest(Letter letter, string host, bool keepAlive)
    {
        _letter = letter;
        var (head, signHeader, mac) = Head(letter, host, keepAlive);
        _head = head.Length;
        var first = head.AsSpan().IndexOf(Encoding.ASCII.GetBytes(DigestMark));
        _digestAt = first;
        var signedStart = head.AsSpan().IndexOf(signHeader);
        _signed = signedStart..(signedStart + signHeader.Length);
        _signedDigestAt = signedStart + signHeader.AsSpan().IndexOf(Encoding.ASCII.GetBytes(DigestMark));
        _macAt = head.AsSpan().IndexOf(mac);
        _isWhole = letter.Length <= Contiguous;
        _end = [.. letter.Tail, (byte)'\r', (byte)'\n'];
        _start = _isWhole ? [.. head, .. letter.Front, .. letter.Block.AsSpan(0, (int)letter.Middle), .. _end] : [.. head, .. letter.Front];
    }

    /// <summary>Makes it the request for another document.</summary>
    public void Patch(int run, int client, int sequence)
    {
        var body = _start.AsSpan(_head);
        var serial = body.Slice(_letter.SerialAt, Letter.SerialDigits);
        Write(serial[..6], run);
        Write(serial[6..10], client);
        Write(serial[10..], sequence);
        var number = body.Slice(_letter.NumberAt, 11);
        Write(number[..3], run);
        Write(number[3..5], client);
        Write(number[5..], sequence);
        // Digits are base64 characters: the attachment stays well formed and differs.
        serial.CopyTo(body[_letter.ContentAt..]);

        Span<byte> digest = stackalloc byte[32];
        if (_isWhole) SHA256.HashData(body[..(int)_letter.Length], digest);
        else HashParts(digest);
        Span<byte> hex = stackalloc byte[64];
        Convert.TryToHexStringLower(digest, hex, out _);
        hex.CopyTo(_start.AsSpan(_digestAt));
        hex.CopyTo(_start.AsSpan(_signedDigestAt));
        HMACSHA256.HashData(Secret, _start.AsSpan(_signed), digest);
        Convert.TryToHexStringLower(digest, hex, out _);
        hex.CopyTo(_start.AsSpan(_macAt));
    }

    public void Send(Socket socket)
    {
        SendAll(socket, _start);
        if (_isWhole) return;
        for (var left = _letter.Middle; left > 0; left -= Math.Min(left, _letter.Block.Length))
            SendAll(socket, _letter.Block.AsSpan(0, (int)Math.Min(left, _letter.Block.Length)));
        SendAll(socket, _end);
    }

    private static void SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[socket.Send(bytes)..];
    }

    private void HashParts(Span<byte> digest)
    {
        _hash.AppendData(_start.AsSpan(_head));
        for (var left = _letter.Middle; left > 0; left -= Math.Min(left, _letter.Block.Length))
            _hash.AppendData(_letter.Block.AsSpan(0, (int)Math.Min(left, _letter.Block.Length)));
        _hash.AppendData(_letter.Tail);
        _hash.GetHashAndReset(digest);
    }

    private static void Write(Span<byte> digits, int value)
    {
        if (!Utf8Formatter.TryFormat(value, digits, out var written, new System.Buffers.StandardFormat('D', (byte)digits.Length)) || written != digits.Length)
            throw new BenchmarkFailedException($"{value} does not fit into {digits.Length} digits: too many runs, clients or documents.");
    }

    private static (byte[] Head, byte[] SignHeader, byte[] Mac) Head(Letter letter, string host, bool keepAlive)
    {
        var headers = SignedCall.Headers(BenchParties.SenderSystem, Secret, DateTimeOffset.UtcNow, VxpNames.OctetStream,
        [
            (VxpNames.ServiceType, VxpNames.ServiceEdoc), (VxpNames.MessageType, VxpNames.MessageEdoc), (VxpNames.From, BenchParties.Sender), (VxpNames.HashFile, DigestMark),
        ]);
        var text = new StringBuilder("POST /vxp/sendEdoc HTTP/1.1\r\nContent-Type: application/octet-stream\r\n");
        foreach (var (name, value) in headers) text.Append(name).Append(": ").Append(value).Append("\r\n");
        text.Append("User-Agent: ").Append(VxpNames.UserAgent).Append("\r\nCache-Control: no-cache\r\nPragma: no-cache\r\nHost: ").Append(host)
            .Append("\r\nAccept: text/html, image/gif, image/jpeg, */*; q=0.2\r\nConnection: ").Append(keepAlive ? "keep-alive" : "close")
            .Append(CultureInfo.InvariantCulture, $"\r\nContent-Length: {letter.Length + 2}\r\n\r\n");
        return (Encoding.ASCII.GetBytes(text.ToString()), Value(VxpNames.SignHeader), Value(VxpNames.HashHeader));

        byte[] Value(string name) => Encoding.ASCII.GetBytes(headers.Single(h => h.Key == name).Value);
    }
}
