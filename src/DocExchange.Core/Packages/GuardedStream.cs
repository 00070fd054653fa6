using System.Buffers;
using System.Text;
using System.Text.Unicode;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>
/// The original on its way into the XML reader. Bytes are judged before they are handed on (size, UTF-8, length of markup); from the first
/// byte that may not pass, the stream ends and <see cref="Violation"/> says why, so that what the reader finds before that place still comes
/// first, however the bytes were cut into chunks. The last bytes are retained to turn line and column into byte offsets.
/// </summary>
internal sealed class GuardedStream : Stream
{
    // The XML reader lags behind by at most one tag and its own buffers; the rest of the window is what one refill reads.
    private const int SmallWindow = 16 * 1024;
    private const int SliceBytes = 32 * 1024;

    private readonly Stream? _source;
    private readonly int _lookBack;
    private readonly long _maxBytes;
    private byte[]? _rented;
    private ReadOnlyMemory<byte> _window;
    private long _windowStart;
    private int _filled;
    private int _scanned;
    private int _fed;
    private bool _ended;
    private TextPosition _position = new(0);
    private MarkupScanner _markup;
    private Problem? _found;

    public GuardedStream(ReadOnlyMemory<byte> original, PackageLimits limits)
        : this(limits)
    {
        _window = original;
        _filled = original.Length;
        _ended = true;
    }

    public GuardedStream(Stream original, PackageLimits limits)
        : this(limits)
    {
        _source = original;
        _rented = ArrayPool<byte>.Shared.Rent(SmallWindow);
        _window = _rented;
    }

    private GuardedStream(PackageLimits limits)
    {
        _lookBack = Math.Max(limits.MaxTextLength, SmallWindow) * 2;
        _maxBytes = limits.MaxPackageBytes;
        _markup = new MarkupScanner(limits.MaxTextLength, limits.MaxAttributesPerElement);
    }

    /// <summary>Set once the reader has asked for more than may pass.</summary>
    public Problem? Violation { get; private set; }

    public long BytesRead => _windowStart + _filled;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The first bytes, at least <paramref name="count"/> unless the file is shorter, without handing them on.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_filled < count && Fill()) { }
        return _window.Span[..Math.Min(_filled, count)];
    }

    /// <summary>The byte order mark is no character: columns count from what follows it.</summary>
    public void SkipMark(int bytes) => _position = new TextPosition(bytes);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_fed == _scanned)
        {
            if (_found is not null)
            {
                Violation = _found;
                return 0;
            }
            var before = _scanned;
            if (_scanned < _filled) Scan();
            if (_scanned == before && _found is null && !Fill()) return 0;
        }
        var count = Math.Min(buffer.Length, _scanned - _fed);
        _window.Span.Slice(_fed, count).CopyTo(buffer);
        _fed += count;
        return count;
    }

    /// <summary>The byte offset of a position the XML reader reported; positions asked for only ever move forward.</summary>
    public long OffsetOf(int line, int column)
    {
        if (!_position.PassTo(_window.Span[(int)(_position.Offset - _windowStart).._filled], line, column))
        {
            throw new InvalidOperationException($"Line {line}, column {column} is not in the part of the file that is retained.");
        }
        return _position.Offset;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        base.Dispose(disposing);
    }

    /// <summary>
    /// The XML reader counts a line end inside a closing tag twice when its buffer happens to end there, and every later position would be
    /// wrong. White space is white space in that place: it is shown a blank of the same length. No known writer breaks lines there.
    /// </summary>
    private void Blank(List<int> lineEnds)
    {
        if (_rented is null)
        {
            _rented = ArrayPool<byte>.Shared.Rent(_filled);
            _window.CopyTo(_rented);
            _window = _rented;
        }
        foreach (var at in lineEnds) _rented[_scanned + at] = (byte)' ';
    }

    private bool Fill()
    {
        if (_ended || _source is null) return false;
        if (_filled == _rented!.Length) MakeRoom();
        var read = _source.Read(_rented, _filled, _rented.Length - _filled);
        if (read == 0) _ended = true;
        _filled += read;
        return read > 0 || _scanned < _filled;
    }

    private void MakeRoom()
    {
        var full = _lookBack * 2;
        if (_rented!.Length < full)
        {
            var larger = ArrayPool<byte>.Shared.Rent(full);
            _rented.AsSpan(0, _filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = larger;
            _window = larger;
            return;
        }
        // What the reader has not had yet is kept as well.
        var drop = Math.Min(_filled - _lookBack, _fed);
        var passed = (int)(_position.Offset - _windowStart);
        if (passed < drop) _position.Pass(_window.Span[passed..drop]);
        _rented.AsSpan(drop, _filled - drop).CopyTo(_rented);
        _windowStart += drop;
        _filled -= drop;
        _scanned -= drop;
        _fed -= drop;
    }

    private void Scan()
    {
        var slice = _window.Span[_scanned..Math.Min(_filled, _scanned + SliceBytes)];
        var usable = Usable(slice, _ended && _scanned + slice.Length == _filled, out var kind, out var limit);
        var markup = _markup.Scan(slice[..usable]);
        if (markup >= 0) (usable, kind, limit) = (markup, _markup.Violation, _markup.Limit);
        if (_markup.LineEnds is { Count: > 0 } ends) Blank(ends);
        _scanned += usable;
        if (kind is null) return;
        var place = _position;
        place.Pass(_window.Span[(int)(place.Offset - _windowStart).._scanned]);
        var value = kind == ProblemCatalogue.WrongEncoding && _scanned < _filled ? $"0x{_window.Span[_scanned]:X2}" : null;
        _found = new Problem(kind, Value: value, Limit: limit, Line: place.Line, Column: place.Column);
    }

    /// <summary>How many bytes are valid UTF-8 within the size limit; a character cut by the end of the slice waits for the next one.</summary>
    private int Usable(ReadOnlySpan<byte> slice, bool last, out ProblemKind? kind, out string? limit)
    {
        (kind, limit) = (null, null);
        var room = _maxBytes - (_windowStart + _scanned);
        if (slice.Length > room)
        {
            slice = slice[..(int)Math.Max(room, 0)];
            (kind, limit) = (ProblemCatalogue.PackageTooLarge, _maxBytes.ToString());
        }
        var nul = slice.IndexOf((byte)0);
        if (nul >= 0)
        {
            slice = slice[..nul];
            (kind, limit) = (ProblemCatalogue.WrongEncoding, null);
        }
        if (Ascii.IsValid(slice) || Utf8.IsValid(slice)) return slice.Length;
        var valid = 0;
        while (Rune.DecodeFromUtf8(slice[valid..], out _, out var used) is var status && status == OperationStatus.Done) valid += used;
        var cutOnly = slice.Length - valid < 4 && Rune.DecodeFromUtf8(slice[valid..], out _, out _) == OperationStatus.NeedMoreData;
        if (cutOnly && !last && kind is null) return valid;
        if (!cutOnly || kind != ProblemCatalogue.PackageTooLarge) (kind, limit) = (ProblemCatalogue.WrongEncoding, null);
        return valid;
    }
}
