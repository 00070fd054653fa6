using System.Text;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>
/// What the first bytes must say before an XML reader may see the file: readers guess encodings and follow declarations to others, and the
/// hub reads UTF-8 only.
/// </summary>
public static class Preflight
{
    public static Problem? Check(ReadOnlySpan<byte> start, out int mark)
    {
        mark = start.StartsWith("\uFEFF"u8) ? 3 : 0;
        if (start.Length >= 2 && (start[0], start[1]) is (0xFE, 0xFF) or (0xFF, 0xFE)) return Encoding("UTF-16", 1);
        var nul = start[..Math.Min(start.Length, 4)].IndexOf((byte)0);
        if (nul >= 0) return Encoding("NUL", nul + 1);
        var text = start[mark..];
        var first = text.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0) return start.Length < 1024 ? new Problem(ProblemCatalogue.PackageEmpty) : null;
        if (text[first] != '<' || (first > 0 && text[first..].StartsWith("<?xml "u8)))
        {
            var place = new TextPosition(0);
            place.Pass(text[..first]);
            return new Problem(ProblemCatalogue.TextOutsideRoot, Line: place.Line, Column: place.Column);
        }
        return CheckDeclaration(text);
    }

    private static Problem? CheckDeclaration(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("<?xml"u8)) return null;
        var end = text.IndexOf("?>"u8);
        var declaration = end < 0 ? text : text[..end];
        var name = declaration.IndexOf("encoding"u8);
        if (name < 0) return null;
        var quote = declaration[name..].IndexOfAny((byte)'"', (byte)'\'');
        if (quote < 0) return null;
        var value = declaration[(name + quote + 1)..];
        var close = value.IndexOf(declaration[name + quote]);
        if (close < 0) return null;
        value = value[..close];
        return Ascii.EqualsIgnoreCase(value, "utf-8"u8) ? null : Encoding(System.Text.Encoding.Latin1.GetString(value), name + quote + 2);
    }

    private static Problem Encoding(string value, int column) => new(ProblemCatalogue.WrongEncoding, Value: value, Line: 1, Column: column);
}
