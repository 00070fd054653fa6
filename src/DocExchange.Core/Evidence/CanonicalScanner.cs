using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace DocExchange.Core.Evidence;

/// <summary>
/// Walks over JSON of the one spelling that <see cref="CanonicalJson"/> writes, and refuses every other: members are asked for in their order, and
/// what follows must be exactly one. Builds nothing that is not asked for, because a million entries are checked in seconds.
/// </summary>
internal ref struct CanonicalScanner
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _keep;
    private int _at;

    /// <param name="keep">Whether texts are made of what is scanned; without, everything is checked and every text is null.</param>
    public CanonicalScanner(ReadOnlySpan<byte> bytes, bool keep)
    {
        _bytes = bytes;
        _keep = keep;
        IsGood = Utf8.IsValid(bytes);
    }

    /// <summary>False once something was not spelled as it must be; nothing is found from then on.</summary>
    public bool IsGood { get; private set; }

    /// <summary>Whether the bytes end here, and all of them were good.</summary>
    public readonly bool IsAtEnd => IsGood && _at == _bytes.Length;

    /// <summary>Steps over these bytes when they come next.</summary>
    public bool Skip(ReadOnlySpan<byte> literal)
    {
        if (!IsGood || !_bytes[_at..].StartsWith(literal)) return false;
        _at += literal.Length;
        return true;
    }

    public void Require(ReadOnlySpan<byte> literal) => IsGood = Skip(literal);

    /// <summary>What was scanned may not be, for a reason that the asker knows.</summary>
    public void Fail() => IsGood = false;

    /// <summary>The text of a member; null when another comes next.</summary>
    /// <param name="member">With comma, quotes and colon: <c>,"name":</c>.</param>
    public string? Text(ReadOnlySpan<byte> member) => Skip(member) ? Text() : null;

    public string? Text()
    {
        var escaped = Escaped();
        if (!_keep || !IsGood) return null;
        return escaped.Contains((byte)'\\') ? Encoding.UTF8.GetString(Unescape(escaped)) : Encoding.UTF8.GetString(escaped);
    }

    /// <summary>The UTF-8 of a text that must come next; empty when none does.</summary>
    public byte[] Utf8Text()
    {
        var escaped = Escaped();
        return !IsGood ? [] : escaped.Contains((byte)'\\') ? Unescape(escaped) : escaped.ToArray();
    }

    public long? Number(ReadOnlySpan<byte> member) => Skip(member) ? Number() : null;

    public long Number()
    {
        if (!IsGood) return 0;
        var rest = _bytes[_at..];
        // Signs and zeros that need not be there are another spelling.
        Span<byte> spelled = stackalloc byte[20];
        IsGood = Utf8Parser.TryParse(rest, out long value, out var length) && Utf8Formatter.TryFormat(value, spelled, out var written)
            && rest[..length].SequenceEqual(spelled[..written]);
        _at += length;
        return value;
    }

    /// <summary>Lower-case hex digits between quotes, behind a prefix; null when another member comes next.</summary>
    public byte[]? Hex(ReadOnlySpan<byte> member, ReadOnlySpan<byte> prefix)
    {
        if (!Skip(member)) return null;
        var digits = Escaped();
        IsGood = IsGood && digits.StartsWith(prefix) && digits[prefix.Length..].IndexOfAnyExcept(HexDigits) < 0 && (digits.Length - prefix.Length) % 2 == 0;
        return IsGood ? Convert.FromHexString(digits[prefix.Length..]) : null;
    }

    public List<string>? Texts(ReadOnlySpan<byte> member)
    {
        if (!Skip(member)) return null;
        var texts = new List<string>();
        Require("["u8);
        while (IsGood && !Skip("]"u8))
        {
            if (_bytes[_at - 1] != '[') Require(","u8);
            if (Text() is { } text) texts.Add(text);
        }
        return texts;
    }

    /// <summary>What stands between two quotes, with its escapes: each the one that the character has.</summary>
    public ReadOnlySpan<byte> Escaped()
    {
        Require("\""u8);
        var from = _at;
        while (IsGood)
        {
            var step = _bytes[_at..].IndexOfAny(CanonicalJson.Escaped);
            if (step < 0) break;
            _at += step;
            if (_bytes[_at] == '"') return _bytes[from.._at++];
            var length = EscapeLength(_bytes[_at..]);
            if (length == 0) break;
            _at += length;
        }
        IsGood = false;
        return default;
    }

    /// <summary>Bytes of the escape that comes next; 0 when it is none, or its character is written otherwise.</summary>
    private static int EscapeLength(ReadOnlySpan<byte> next)
    {
        if (next.Length < 2 || next[0] != '\\') return 0;
        if ("\"\\btnfr"u8.Contains(next[1])) return 2;
        if (next.Length < 6 || !next.StartsWith("\\u00"u8) || next[4] is not ((byte)'0' or (byte)'1') || !HexDigits.Contains(next[5])) return 0;
        // Five of the control characters have a shorter escape, which is then the only one.
        return Value(next) is 8 or 9 or 10 or 12 or 13 ? 0 : 6;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> escaped)
    {
        var bytes = new byte[escaped.Length];
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            var next = escaped[i];
            if (next == '\\')
            {
                next = escaped[++i] switch { (byte)'b' => 8, (byte)'t' => 9, (byte)'n' => 10, (byte)'f' => 12, (byte)'r' => 13, (byte)'u' => Value(escaped[(i - 1)..]), var other => other };
                if (escaped[i] == 'u') i += 4;
            }
            bytes[length++] = next;
        }
        return bytes[..length];
    }

    private static byte Value(ReadOnlySpan<byte> unicodeEscape) =>
        (byte)((unicodeEscape[4] - '0') * 16 + (unicodeEscape[5] is >= (byte)'a' and var letter ? letter - 'a' + 10 : unicodeEscape[5] - '0'));
}
