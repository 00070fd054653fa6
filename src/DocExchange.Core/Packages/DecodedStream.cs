using System.Buffers;
using System.Text;
using System.Xml;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>
/// The text of ContentTransferEncoded, decoded. Base64 needs no XML reader; from the first reference, CDATA section or comment on
/// (<c>&amp;#13;</c> after every line is what one writer makes of CR LF) the rest of the range is read as an XML fragment.
/// </summary>
internal sealed class DecodedStream : Stream
{
    private static readonly XmlReaderSettings Fragment = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly Stream _original;
    private readonly Base64Pump _pump = new();
    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(Base64Pump.MaxPiece);
    private readonly byte[] _ready = ArrayPool<byte>.Shared.Rent(Base64Pump.MaxPiece);
    private readonly long _end;
    private long _at;
    private int _readyStart;
    private int _readyEnd;
    private XmlReader? _fragment;
    private char[]? _text;
    private bool _finished;
    private bool _disposed;

    public DecodedStream(Stream original, Attachment attachment)
    {
        _original = original;
        _at = attachment.Offset;
        _end = attachment.Offset + attachment.EncodedLength;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty) return 0;
        while (_readyStart == _readyEnd && !_finished) Refill();
        var count = Math.Min(buffer.Length, _readyEnd - _readyStart);
        _ready.AsSpan(_readyStart, count).CopyTo(buffer);
        _readyStart += count;
        return count;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _fragment?.Dispose();
            _pump.Dispose();
            ArrayPool<byte>.Shared.Return(_piece);
            ArrayPool<byte>.Shared.Return(_ready);
            if (_text is not null) ArrayPool<char>.Shared.Return(_text);
        }
        _disposed = true;
        base.Dispose(disposing);
    }

    private void Refill()
    {
        var count = _fragment is null ? NextPlain() : NextOfFragment();
        var decoded = count < 0 ? _pump.Finish() : _pump.Push(_piece.AsSpan(0, count));
        if (!_pump.Valid) throw new InvalidDataException("The attachment's content is not base64 at the place recorded for it.");
        decoded.CopyTo(_ready);
        (_readyStart, _readyEnd) = (0, decoded.Length);
        _finished = count < 0;
    }

    /// <summary>Bytes of base64 now in the piece; -1 at the end of the range.</summary>
    private int NextPlain()
    {
        var wanted = (int)Math.Min(Base64Pump.MaxPiece, _end - _at);
        if (wanted == 0) return -1;
        // Another attachment may have been read from the same stream since.
        _original.Position = _at;
        var read = _original.Read(_piece, 0, wanted);
        if (read == 0) throw new InvalidDataException("The original ends before the attachment does.");
        var markup = _piece.AsSpan(0, read).IndexOfAny((byte)'<', (byte)'&');
        if (markup < 0)
        {
            _at += read;
            return read;
        }
        _at += markup;
        var context = new XmlParserContext(null, null, null, XmlSpace.None, Encoding.UTF8);
        _fragment = XmlReader.Create(new RangeStream(_original, _at, _end - _at), Fragment, context);
        _text = ArrayPool<char>.Shared.Rent(Base64Pump.MaxPiece);
        return markup;
    }

    private int NextOfFragment()
    {
        try
        {
            while (true)
            {
                if (_fragment!.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                {
                    var read = _fragment.ReadValueChunk(_text!, 0, Base64Pump.MaxPiece);
                    if (read > 0) return Narrow(read);
                }
                if (!_fragment.Read()) return -1;
            }
        }
        catch (XmlException e)
        {
            throw new InvalidDataException("The attachment's content is not text at the place recorded for it.", e);
        }
    }

    private int Narrow(int read) =>
        Ascii.FromUtf16(_text.AsSpan(0, read), _piece, out var count) == OperationStatus.Done
            ? count : throw new InvalidDataException("The attachment's content is not base64 at the place recorded for it.");
}
