namespace DocExchange.Core.Packages;

/// <summary>A part of a seekable stream, read forward. Leaves the stream open; nobody else may move it meanwhile.</summary>
public sealed class RangeStream : Stream
{
    private readonly Stream _whole;
    private long _left;

    public RangeStream(Stream whole, long offset, long length)
    {
        _whole = whole;
        _left = length;
        whole.Position = offset;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > _left) buffer = buffer[..(int)_left];
        var read = buffer.IsEmpty ? 0 : _whole.Read(buffer);
        _left -= read;
        return read;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
