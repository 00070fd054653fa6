namespace DocExchange.Core.Evidence.Exports;

/// <summary>The lines of a stream, each ended by one line feed, without holding more than the longest.</summary>
internal sealed class ExportLines(Stream input)
{
    /// <summary>More than the longest line: an event's or a head's.</summary>
    private const int Longest = 2 * ReceiptFormat.MaximumLength;

    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether bytes stand behind the last line feed: the file was cut.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next line without its line feed, valid until the next call; false at the end or when a line is too long to be one.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var looked = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, looked + length);
                _start += looked + length + 1;
                return true;
            }
            looked = _end - _start;
            if (looked > Longest || !Fill())
            {
                IsCut = looked > 0;
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = input.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
