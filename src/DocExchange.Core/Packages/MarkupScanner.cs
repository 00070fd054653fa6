using System.Buffers;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>
/// Measures markup before the XML reader sees it, because that reader buffers a whole tag and has no quota for attributes: 300 000 attributes
/// cost it seconds. It decides nothing about well-formedness: where it would misjudge broken markup, the XML reader stops at the same place.
/// </summary>
public struct MarkupScanner(int maxTagBytes, int maxAttributes)
{
    private const int MaxReferenceBytes = 64;
    private static readonly SearchValues<byte> ReferenceEnds = SearchValues.Create("; <&\r\n\t"u8);

    private static ReadOnlySpan<byte> CDataOpening => "[CDATA["u8;

    private State _state;
    private byte _quote;
    private int _size;
    private int _attributes;
    private int _matched;
    private int _beyond;
    private bool _closing;

    private enum State : byte { Text, Reference, Opened, Bang, Instruction, Tag, Quoted, Comment, CDataStart, CData }

    /// <summary>The problem found, if <see cref="Scan"/> returned an index.</summary>
    public ProblemKind? Violation { get; private set; }

    public string? Limit { get; private set; }

    /// <summary>Where in the bytes last scanned a line ends inside a closing tag.</summary>
    public List<int>? LineEnds { get; private set; }

    /// <summary>Index in <paramref name="bytes"/> of the first byte that must not be handed on, or -1.</summary>
    public int Scan(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        LineEnds?.Clear();
        while (at < bytes.Length)
        {
            var rest = bytes[at..];
            var closing = _closing && _state == State.Tag;
            var used = _state switch
            {
                State.Text => ScanText(rest),
                State.Reference => ScanReference(rest),
                State.Opened => ScanOpened(rest[0]),
                State.Bang => ScanBang(rest[0]),
                State.Instruction => ScanInstruction(rest),
                State.Tag => ScanTag(rest),
                State.Quoted => ScanQuoted(rest),
                State.Comment => ScanUntil(rest, (byte)'-'),
                State.CDataStart => ScanCDataStart(rest[0]),
                _ => ScanUntil(rest, (byte)']'),
            };
            // The same byte, however the file was cut into pieces.
            if (Violation is not null) return at + Math.Max(0, used - _beyond);
            if (closing) NoteLineEnds(rest[..used], at);
            at += used;
        }
        return -1;
    }

    private int ScanText(ReadOnlySpan<byte> rest)
    {
        var found = rest.IndexOfAny((byte)'<', (byte)'&');
        if (found < 0) return rest.Length;
        _state = rest[found] == '<' ? State.Opened : State.Reference;
        _size = _attributes = _matched = 0;
        return found + 1;
    }

    private int ScanReference(ReadOnlySpan<byte> rest)
    {
        // An ampersand that was never escaped is broken markup and the XML reader's to report.
        var end = rest.IndexOfAny(ReferenceEnds);
        Grow(end < 0 ? rest.Length : end, MaxReferenceBytes);
        if (end < 0) return rest.Length;
        _state = State.Text;
        return rest[end] == ';' ? end + 1 : end;
    }

    private int ScanOpened(byte next)
    {
        if (next != '!')
        {
            _closing = next == '/';
            _state = next == '?' ? State.Instruction : State.Tag;
            return 0;
        }
        _state = State.Bang;
        return 1;
    }

    private int ScanBang(byte next)
    {
        if (_matched == 1 && next == '-')
        {
            _state = State.Comment;
            _matched = 0;
        }
        else if (next == '-')
        {
            _matched = 1;
        }
        else if (next == '[')
        {
            _state = State.CDataStart;
            _matched = 0;
            return 0;
        }
        else if (next == 'D')
        {
            Violation = ProblemCatalogue.DoctypeForbidden;
            _beyond = 1;
        }
        else
        {
            _state = State.Tag;
        }
        return 1;
    }

    private int ScanInstruction(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'>');
        Grow(end < 0 ? rest.Length : end + 1, maxTagBytes);
        var before = end < 0 ? rest[^1] : end > 0 ? rest[end - 1] : (byte)(_matched == 1 ? '?' : 0);
        _matched = before == '?' ? 1 : 0;
        if (end < 0) return rest.Length;
        if (_matched == 1) _state = State.Text;
        _matched = 0;
        return end + 1;
    }

    private int ScanCDataStart(byte next)
    {
        // A wrong letter is broken markup: the XML reader refuses it, whatever is assumed here.
        _state = next == CDataOpening[_matched++] ? _matched == CDataOpening.Length ? State.CData : State.CDataStart : State.Tag;
        if (_state == State.CData) _matched = 0;
        return 1;
    }

    private int ScanTag(ReadOnlySpan<byte> rest)
    {
        var found = rest.IndexOfAny("=>\"'"u8);
        Grow(found < 0 ? rest.Length : found + 1, maxTagBytes);
        if (found < 0) return rest.Length;
        switch (rest[found])
        {
            case (byte)'>':
                _state = State.Text;
                break;
            case (byte)'=':
                if (++_attributes > maxAttributes && Violation is null) Violate(ProblemCatalogue.TooManyAttributes, maxAttributes);
                break;
            default:
                _quote = rest[found];
                _state = State.Quoted;
                break;
        }
        return found + 1;
    }

    private int ScanQuoted(ReadOnlySpan<byte> rest)
    {
        var found = rest.IndexOf(_quote);
        Grow(found < 0 ? rest.Length : found + 1, maxTagBytes);
        if (found < 0) return rest.Length;
        _state = State.Tag;
        return found + 1;
    }

    /// <summary>Comments end at the first <c>--&gt;</c>, CDATA at the first <c>]]&gt;</c>: two marks, then the bracket.</summary>
    private int ScanUntil(ReadOnlySpan<byte> rest, byte mark)
    {
        if (_matched == 0)
        {
            var found = rest.IndexOf(mark);
            if (found < 0) return rest.Length;
            _matched = 1;
            return found + 1;
        }
        if (rest[0] == mark)
        {
            _matched = 2;
        }
        else
        {
            if (_matched == 2 && rest[0] == '>') _state = State.Text;
            _matched = 0;
        }
        return 1;
    }

    private void NoteLineEnds(ReadOnlySpan<byte> tag, int at)
    {
        for (var i = tag.IndexOfAny((byte)'\r', (byte)'\n'); i >= 0 && i < tag.Length; i++)
        {
            if (tag[i] is (byte)'\r' or (byte)'\n') (LineEnds ??= []).Add(at + i);
        }
    }

    private void Grow(int bytes, int limit)
    {
        _size += bytes;
        if (_size <= limit) return;
        Violate(ProblemCatalogue.MarkupTooLarge, limit);
        _beyond = _size - limit;
    }

    private void Violate(ProblemKind kind, int limit)
    {
        Violation = kind;
        Limit = limit.ToString();
    }
}
