using System.Buffers;

namespace DocExchange.Core.Packages.Outlines;

/// <summary>Where a package is written when only its outline is wanted: bytes written are literal, files are named.</summary>
internal sealed class OutlineBuilder : Stream
{
    private readonly ArrayBufferWriter<byte> _literal = new(4 * 1024);
    private readonly List<OutlinePiece> _pieces = [];
    private long _length;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty) return;
        // What follows literal bytes directly is one piece with them.
        if (_pieces is [.., { Kind: PieceKind.Literal } last]) _pieces[^1] = last with { Length = last.Length + buffer.Length, SourceLength = last.SourceLength + buffer.Length };
        else _pieces.Add(new OutlinePiece(PieceKind.Literal, _length, buffer.Length, _literal.WrittenCount, buffer.Length));
        _literal.Write(buffer);
        _length += buffer.Length;
    }

    public void Add(RequestRange file)
    {
        if (file.Length == 0) return;
        var kind = file.IsText ? PieceKind.Copied : PieceKind.Encoded;
        var piece = new OutlinePiece(kind, _length, OutlineFormat.LengthOf(kind, file.Length), file.Offset, file.Length);
        _pieces.Add(piece);
        _length += piece.Length;
    }

    public PackageOutline Build() => new(_literal.WrittenSpan.ToArray(), _pieces);

    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
