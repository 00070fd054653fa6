namespace DocExchange.Core.Evidence.Exports;

/// <summary>The lines of a stream in blocks of many, so that several can be read at once while memory stays that of a few blocks.</summary>
internal sealed class ExportLines(Stream input)
{
    /// <summary>Large enough that handing it over costs nothing, small enough that some may wait.</summary>
    private const int Block = 256 * 1024;

    /// <summary>More than the longest line: an event's or a head's.</summary>
    private const int Longest = 2 * ReceiptFormat.MaximumLength;

    private byte[] _rest = [];

    /// <summary>Whether bytes stand behind the last line feed, or a line is longer than any: the file was cut or is none.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next whole lines, each with its line feed; false at the end.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> lines)
    {
        var buffer = new byte[Math.Max(Block, _rest.Length * 2)];
        _rest.CopyTo(buffer, 0);
        var filled = _rest.Length;
        while (true)
        {
            var read = input.ReadAtLeast(buffer.AsSpan(filled), buffer.Length - filled, throwOnEndOfStream: false);
            var end = buffer.AsSpan(filled, read).LastIndexOf((byte)'\n') + filled + 1;
            filled += read;
            if (end > filled - read)
            {
                (lines, _rest) = (buffer.AsMemory(0, end), buffer[end..filled]);
                return true;
            }
            if (filled < buffer.Length || filled > Longest) break;
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        (lines, _rest, IsCut) = (default, [], filled > 0);
        return false;
    }
}
