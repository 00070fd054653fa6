using System.Text;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>What a font's codes mean, by its ToUnicode map (ISO 32000-1 §9.10.3); without one, codes of one byte are taken for Latin letters.</summary>
internal sealed class GlyphText
{
    private const int MostCodes = 70_000;
    private const int CodeSteps = 4;
    private readonly Dictionary<int, string> _meanings = [];
    private readonly bool _isWide;
    private readonly PageWork _work;

    /// <param name="map">The ToUnicode stream's content; null when there is none.</param>
    /// <param name="isWide">Codes have two bytes: composite fonts.</param>
    public GlyphText(byte[]? map, bool isWide, PageWork work)
    {
        (_isWide, _work) = (isWide, work);
        if (map is not null) Read(map);
    }

    public string Decode(ReadOnlySpan<byte> codes)
    {
        var text = new StringBuilder(codes.Length);
        for (var at = 0; at < codes.Length; at += _isWide ? 2 : 1)
        {
            if (_isWide && at + 1 >= codes.Length) break;
            var code = _isWide ? codes[at] << 8 | codes[at + 1] : codes[at];
            if (_meanings.TryGetValue(code, out var meaning)) text.Append(meaning);
            else if (_meanings.Count == 0 && !_isWide) text.Append((char)code);
        }
        return text.ToString();
    }

    private void Read(byte[] map)
    {
        var operators = new ContentOperators(map, _work);
        try
        {
            while (_meanings.Count < MostCodes && operators.Next() is { } name)
            {
                if (name == "endbfchar") Characters(operators.Operands);
                else if (name == "endbfrange") Ranges(operators.Operands);
            }
        }
        catch (PdfSyntaxException)
        {
            // What was read until here counts.
        }
    }

    private void Characters(List<PdfItem> items)
    {
        _work.Spend(items.Count / 2 * CodeSteps);
        for (var i = 0; i + 1 < items.Count; i += 2) _meanings[CodeOf(items[i])] = TextOf(items[i + 1]);
    }

    private void Ranges(List<PdfItem> items)
    {
        for (var i = 0; i + 2 < items.Count; i += 3)
        {
            var (first, last) = (CodeOf(items[i]), Math.Min(CodeOf(items[i + 1]), CodeOf(items[i]) + 0xFFFF));
            _work.Spend(Math.Max(0, last - first + 1) * CodeSteps);
            for (var code = first; code <= last && _meanings.Count < MostCodes; code++)
            {
                if (items[i + 2].Kind == PdfKind.Array) _meanings[code] = code - first < items[i + 2].Items.Count ? TextOf(items[i + 2].Items[code - first]) : "";
                else if (TextOf(items[i + 2]) is { Length: > 0 } begin) _meanings[code] = begin[..^1] + (char)(begin[^1] + code - first);
            }
        }
    }

    private static int CodeOf(PdfItem item)
    {
        var code = 0;
        foreach (var one in item.Bytes.Take(2)) code = code << 8 | one;
        return code;
    }

    private static string TextOf(PdfItem item) => Encoding.BigEndianUnicode.GetString(item.Bytes);
}
