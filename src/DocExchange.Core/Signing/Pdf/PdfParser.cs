using System.Globalization;
using System.Text;

namespace DocExchange.Core.Signing.Pdf;

/// <summary>
/// Reads one object from bytes in memory. It is strict: what programs could read in two ways is an error. It ends with the bytes, whatever they are.
/// </summary>
/// <param name="origin">Where the bytes begin in the file.</param>
internal ref struct PdfParser(ReadOnlySpan<byte> bytes, long origin, int depth)
{
    private const int MostItems = 100_000;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private int _items;

    /// <summary>The bytes ended before the object did: with more of them it may be readable.</summary>
    public bool RanOut { get; private set; }

    public readonly long Position => origin + _at;

    /// <exception cref="PdfSyntaxException">There is no object here, or it does not end within the bytes.</exception>
    public PdfItem Read()
    {
        if (++_items > MostItems) throw new JudgingLimitException("objects in one object");
        SkipSpace();
        var start = Position;
        return Current() switch
        {
            (byte)'/' => ReadName(start),
            (byte)'(' => ReadText(start),
            (byte)'[' => ReadArray(start),
            (byte)'<' when Peek(1) == '<' => ReadDictionary(start),
            (byte)'<' => ReadHex(start),
            (byte)'+' or (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9') => ReadNumber(start),
            _ => ReadWord(start),
        };
    }

    /// <summary>Whether what comes next, white space aside, is an object rather than a word: in content streams both stand beside each other.</summary>
    public bool AtObject()
    {
        SkipSpace();
        return _at < _bytes.Length && "/([<+-.0123456789"u8.Contains(_bytes[_at]);
    }

    public string ReadKeyword()
    {
        SkipSpace();
        var from = _at;
        while (_at < _bytes.Length && IsRegular(_bytes[_at])) _at++;
        return Encoding.Latin1.GetString(_bytes[from.._at]);
    }

    /// <summary>Behind <c>stream</c>: its line end, of which CR alone is none (§7.3.8.1).</summary>
    public long SkipLineEnd()
    {
        if (_at < _bytes.Length && _bytes[_at] == '\r') _at++;
        if (_at < _bytes.Length && _bytes[_at] == '\n') _at++;
        return Position;
    }

    public void SkipSpace()
    {
        while (_at < _bytes.Length)
        {
            if (IsSpace(_bytes[_at])) _at++;
            else if (_bytes[_at] == '%') SkipComment();
            else return;
        }
    }

    internal static bool IsSpace(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    internal static bool IsRegular(byte value) => !IsSpace(value) && "()<>[]{}/%"u8.IndexOf(value) < 0;

    private void SkipComment()
    {
        while (_at < _bytes.Length && _bytes[_at] is not (10 or 13)) _at++;
    }

    private byte Current() => _at < _bytes.Length ? _bytes[_at] : throw Ended();

    private readonly int Peek(int ahead) => _at + ahead < _bytes.Length ? _bytes[_at + ahead] : -1;

    private PdfSyntaxException Ended()
    {
        RanOut = true;
        return new PdfSyntaxException(Position, "the object does not end");
    }

    private PdfItem ReadName(long start)
    {
        _at++;
        var name = new StringBuilder();
        for (; _at < _bytes.Length && IsRegular(_bytes[_at]); _at++)
        {
            if (_bytes[_at] == '#' && Nibble(Peek(1)) is >= 0 and var high && Nibble(Peek(2)) is >= 0 and var low)
            {
                name.Append((char)(high << 4 | low));
                _at += 2;
            }
            else
            {
                name.Append((char)_bytes[_at]);
            }
        }
        return new PdfItem(PdfKind.Name, start, Position) { Word = name.ToString() };
    }

    private PdfItem ReadText(long start)
    {
        var content = new List<byte>();
        var open = 0;
        while (true)
        {
            var value = Current();
            _at++;
            if (value == '\\')
            {
                Escape(content);
                continue;
            }
            if (value == ')' && --open == 0) return new PdfItem(PdfKind.Text, start, Position) { Bytes = [.. content] };
            if (value == '(' && ++open == 1) continue;
            content.Add(value);
        }
    }

    private void Escape(List<byte> content)
    {
        var value = Current();
        _at++;
        switch ((char)value)
        {
            case 'n': content.Add(10); break;
            case 'r': content.Add(13); break;
            case 't': content.Add(9); break;
            case 'b': content.Add(8); break;
            case 'f': content.Add(12); break;
            case '\r': if (Peek(0) == '\n') _at++; break;
            case '\n': break;
            case >= '0' and <= '7':
                var code = value - '0';
                for (var digits = 1; digits < 3 && Peek(0) is >= '0' and <= '7'; digits++) code = code << 3 | (_bytes[_at++] - '0');
                content.Add((byte)code);
                break;
            default: content.Add(value); break;
        }
    }

    private PdfItem ReadHex(long start)
    {
        _at++;
        var end = _bytes[_at..].IndexOf((byte)'>');
        if (end < 0)
        {
            _at = _bytes.Length;
            throw Ended();
        }
        var digits = _bytes.Slice(_at, end);
        _at += end + 1;
        var content = new byte[(digits.Length + 1) / 2];
        var count = 0;
        foreach (var digit in digits)
        {
            if (IsSpace(digit)) continue;
            if (Nibble(digit) is var value && value < 0) throw new PdfSyntaxException(start, "a hexadecimal string holds something else");
            content[count >> 1] |= (byte)((count & 1) == 0 ? value << 4 : value);
            count++;
        }
        return new PdfItem(PdfKind.Text, start, Position) { Bytes = content[..((count + 1) / 2)], IsHex = count == digits.Length };
    }

    private PdfItem ReadArray(long start)
    {
        if (--depth < 0) throw new JudgingLimitException("depth");
        _at++;
        var items = new List<PdfItem>();
        for (SkipSpace(); Current() != ']'; SkipSpace()) items.Add(Read());
        _at++;
        depth++;
        return new PdfItem(PdfKind.Array, start, Position) { Items = items };
    }

    private PdfItem ReadDictionary(long start)
    {
        if (--depth < 0) throw new JudgingLimitException("depth");
        _at += 2;
        var members = new Dictionary<string, PdfItem>();
        var ambiguous = false;
        for (SkipSpace(); Current() != '>'; SkipSpace())
        {
            var key = Read();
            if (key.Kind != PdfKind.Name) throw new PdfSyntaxException(key.Start, "a dictionary's key is not a name");
            var value = Read();
            if (!members.TryAdd(key.Word, value))
            {
                ambiguous = true;
                members[key.Word] = value;
            }
        }
        if (Peek(1) != '>')
        {
            if (Peek(1) < 0) throw Ended();
            throw new PdfSyntaxException(Position, "a dictionary does not end with >>");
        }
        _at += 2;
        depth++;
        return new PdfItem(PdfKind.Dictionary, start, Position) { Members = members, IsAmbiguous = ambiguous || members.Values.Any(m => m.IsAmbiguous) };
    }

    /// <summary>A number, or the reference it is the beginning of.</summary>
    private PdfItem ReadNumber(long start)
    {
        var text = ReadKeyword();
        if (_at == _bytes.Length) RanOut = true;
        if (text.Length > 0 && text.All(char.IsAsciiDigit) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
        {
            var behind = _at;
            SkipSpace();
            var generation = ReadKeyword();
            if (generation.Length is > 0 and < 6 && generation.All(char.IsAsciiDigit) && ReadKeyword() == "R")
            {
                return new PdfItem(PdfKind.Reference, start, Position) { Number = whole };
            }
            // What comes next may be the R that makes it a reference.
            if (_at == _bytes.Length) RanOut = true;
            _at = behind;
            return new PdfItem(PdfKind.Number, start, Position) { Number = whole, Word = text };
        }
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw new PdfSyntaxException(start, "a number cannot be read");
        return new PdfItem(PdfKind.Number, start, Position) { Number = value is > -1e15 and < 1e15 ? (long)value : -1, Word = text };
    }

    private PdfItem ReadWord(long start)
    {
        var word = ReadKeyword();
        if (word.Length == 0) throw new PdfSyntaxException(start, "a delimiter stands where an object should");
        if (_at == _bytes.Length) RanOut = true;
        if (word is not ("true" or "false" or "null")) throw new PdfSyntaxException(start, "an unknown word stands where an object should");
        return word == "null" ? PdfItem.Null with { Start = start, End = Position } : new PdfItem(PdfKind.Word, start, Position) { Word = word };
    }

    private static int Nibble(int digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };
}
