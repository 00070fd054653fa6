using System.Text;

namespace DocExchange.Core.Packages;

/// <summary>
/// Walks bytes and keeps the line and column the XML reader would report there: columns in UTF-16 units from 1, and CR LF, CR and LF each
/// end one line (XML 1.0 §2.11). This is how a position becomes a byte offset in the original.
/// </summary>
internal struct TextPosition(long offset)
{
    private bool _afterReturn;

    public long Offset { get; private set; } = offset;

    public int Line { get; private set; } = 1;

    public int Column { get; private set; } = 1;

    /// <summary>Passes over all of <paramref name="bytes"/>, which start at <see cref="Offset"/>.</summary>
    public void Pass(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                PassInLine(bytes);
                return;
            }
            PassInLine(bytes[..end]);
            PassLineEnd(bytes[end]);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Walks to a line and column ahead within <paramref name="bytes"/>; false when they end before it.</summary>
    public bool PassTo(ReadOnlySpan<byte> bytes, int line, int column)
    {
        while (Line < line)
        {
            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0) return false;
            PassInLine(bytes[..end]);
            PassLineEnd(bytes[end]);
            bytes = bytes[(end + 1)..];
        }
        if (_afterReturn && !bytes.IsEmpty && bytes[0] == '\n')
        {
            PassLineEnd((byte)'\n');
            bytes = bytes[1..];
        }
        var wanted = column - Column;
        if (wanted <= bytes.Length && Ascii.IsValid(bytes[..Math.Max(wanted, 0)]))
        {
            PassInLine(bytes[..Math.Max(wanted, 0)]);
            return true;
        }
        while (Column < column)
        {
            if (bytes.IsEmpty) return false;
            Rune.DecodeFromUtf8(bytes, out _, out var used);
            PassInLine(bytes[..used]);
            bytes = bytes[used..];
        }
        return true;
    }

    private void PassInLine(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        _afterReturn = false;
        Offset += bytes.Length;
        if (Ascii.IsValid(bytes))
        {
            Column += bytes.Length;
            return;
        }
        // Every byte but a continuation starts a character; four-byte characters are two UTF-16 units.
        foreach (var b in bytes)
        {
            if ((b & 0xC0) != 0x80) Column += b >= 0xF0 ? 2 : 1;
        }
    }

    private void PassLineEnd(byte mark)
    {
        Offset++;
        if (mark == '\n' && _afterReturn)
        {
            _afterReturn = false;
            return;
        }
        _afterReturn = mark == '\r';
        Line++;
        Column = 1;
    }
}
