using System.Text;

namespace DocExchange.Sandbox.Axis.Correspondents;

/// <summary>A file of any length that begins and looks like a PDF, a function of its length and its mark, held nowhere.</summary>
internal sealed class SampleFile(long length, string mark) : Stream
{
    private readonly byte[] _head = Encoding.ASCII.GetBytes($"%PDF-1.4\n% {mark}\n");
    private long _at;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var piece = buffer[..(int)Math.Min(buffer.Length, length - _at)];
        for (var i = 0; i < piece.Length; i++, _at++) piece[i] = _at < _head.Length ? _head[_at] : _at % 80 == 79 ? (byte)'\n' : (byte)('a' + _at % 26);
        return piece.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
