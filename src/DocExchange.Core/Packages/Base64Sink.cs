using System.Buffers;
using System.Buffers.Text;

namespace DocExchange.Core.Packages;

/// <summary>Bytes written here appear in the target as one unbroken base64 text, whose end is written on disposal. Leaves the target open.</summary>
internal sealed class Base64Sink(Stream target) : Stream
{
    // A multiple of three, so that only the end is padded.
    private const int Block = 24 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Block);
    private byte[] _text = ArrayPool<byte>.Shared.Rent(Block / 3 * 4);
    private int _count;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var room = Math.Min(buffer.Length, Block - _count);
            buffer[..room].CopyTo(_bytes.AsSpan(_count));
            _count += room;
            buffer = buffer[room..];
            if (_count == Block) Encode();
        }
    }

    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _bytes.Length > 0)
        {
            Encode();
            ArrayPool<byte>.Shared.Return(_bytes);
            ArrayPool<byte>.Shared.Return(_text);
            (_bytes, _text) = ([], []);
        }
        base.Dispose(disposing);
    }

    private void Encode()
    {
        Base64.EncodeToUtf8(_bytes.AsSpan(0, _count), _text, out _, out var written);
        target.Write(_text, 0, written);
        _count = 0;
    }
}
