using System.Buffers;
using System.Buffers.Text;

namespace DocExchange.Core.Packages.Outlines;

/// <summary>A package put together while it is read, from its outline and the request. One buffer of each kind, whatever its size.</summary>
internal sealed class OutlineStream(PackageOutline outline, Stream request) : Stream
{
    // Read at once and encoded at once: a multiple of three, so that only the end of a piece is padded.
    private const int Block = 48 * 1024;

    private byte[] _source = [];
    private byte[] _text = [];
    private long _textAt = -1;
    private int _textLength;
    private long _position;
    private int _piece;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => outline.Length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">The request is shorter than its outline says.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _position >= Length) return 0;
        var piece = Current();
        var within = _position - piece.At;
        var wanted = buffer[..(int)Math.Min(buffer.Length, piece.Length - within)];
        var read = piece.Kind switch
        {
            PieceKind.Literal => Literal(piece.Source + within, wanted),
            PieceKind.Copied => Copied(piece.Source + within, wanted),
            _ => Encoded(piece, within, wanted),
        };
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            request.Dispose();
            if (_source.Length > 0) ArrayPool<byte>.Shared.Return(_source);
            if (_text.Length > 0) ArrayPool<byte>.Shared.Return(_text);
            (_source, _text, _textAt) = ([], [], -1);
        }
        base.Dispose(disposing);
    }

    private OutlinePiece Current()
    {
        var pieces = outline.Pieces;
        if (_position < pieces[_piece].At) _piece = 0;
        while (_position >= pieces[_piece].At + pieces[_piece].Length) _piece++;
        return pieces[_piece];
    }

    private int Literal(long from, Span<byte> target)
    {
        outline.Literal.Span.Slice((int)from, target.Length).CopyTo(target);
        return target.Length;
    }

    private int Copied(long from, Span<byte> target)
    {
        request.Position = from;
        var read = request.Read(target);
        return read > 0 ? read : throw Shorter();
    }

    private int Encoded(OutlinePiece piece, long within, Span<byte> target)
    {
        if (_textAt < 0 || _position < _textAt || _position >= _textAt + _textLength) Encode(piece, within / 4);
        var from = (int)(_position - _textAt);
        var read = Math.Min(target.Length, _textLength - from);
        _text.AsSpan(from, read).CopyTo(target);
        return read;
    }

    /// <summary>Fills the text from the group of four characters that is asked for.</summary>
    private void Encode(OutlinePiece piece, long group)
    {
        if (_text.Length == 0) (_source, _text) = (ArrayPool<byte>.Shared.Rent(Block), ArrayPool<byte>.Shared.Rent(Block / 3 * 4));
        var bytes = _source.AsSpan(0, (int)Math.Min(Block, piece.SourceLength - group * 3));
        request.Position = piece.Source + group * 3;
        if (request.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Shorter();
        Base64.EncodeToUtf8(bytes, _text, out _, out _textLength);
        _textAt = piece.At + group * 4;
    }

    private static InvalidDataException Shorter() => new("The request ends before a piece of the package built from it does.");
}
