using System.Buffers.Text;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace DocExchange.Benchmarks.Load;

/// <summary>
/// One client's request, rendered once; for every document the patched places, the SHA-256 of the file and what the edge wants to have of it
/// are written into it. Allocates nothing and is the same whoever is asked.
/// </summary>
internal sealed class SendRequest
{
    // Up to here one buffer and one system call; beyond, the repeated block is sent from where all clients share it.
    private const int Contiguous = 256 * 1024;

    private readonly Letter _letter;
    private readonly RequestHead _head;
    private readonly byte[] _start;
    private readonly byte[] _end;
    private readonly bool _isWhole;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public SendRequest(Letter letter, RequestHead head)
    {
        (_letter, _head) = (letter, head);
        _isWhole = letter.Length <= Contiguous;
        _end = [.. letter.Tail, .. head.Trailing];
        _start = _isWhole ? [.. head.Bytes, .. letter.Front, .. letter.Block.AsSpan(0, (int)letter.Middle), .. _end] : [.. head.Bytes, .. letter.Front];
    }

    /// <summary>Makes it the request for another document.</summary>
    public void Patch(int run, int client, int sequence)
    {
        var body = _start.AsSpan(_head.Bytes.Length);
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
        _head.Write(_start, digest);
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
        _hash.AppendData(_start.AsSpan(_head.Bytes.Length));
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
}
