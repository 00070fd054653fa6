using System.Text;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>What a font's codes mean, by its ToUnicode map (ISO 32000-1 §9.10.3); without one, codes of one byte are taken for Latin letters.</summary>
internal sealed class GlyphText
{
    private const int MostCodes = 70_000;
    private readonly Dictionary<int, string> _meanings = [];
    private readonly bool _isWide;

    /// <param name="map">The ToUnicode stream's content; null when there is none.</param>
    /// <param name="isWide">Codes have two bytes: composite fonts.</param>
    public GlyphText(byte[]? map, bool isWide)
    {
        _isWide = isWide;
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
        var parser = new PdfParser(map, 0, 4);
        var items = new List<PdfItem>();
        try
        {
            while (_meanings.Count < MostCodes)
            {
                if (parser.AtObject()) items.Add(parser.Read());
                else if (parser.ReadKeyword() is { Length: > 0 } word)
                {
                    if (word == "endbfchar") Characters(items);
                    else if (word == "endbfrange") Ranges(items);
                    items.Clear();
                }
                else return;
            }
        }
        catch (PdfSyntaxException)
        {
            // What was read until here counts.
        }
    }

    private void Characters(List<PdfItem> items)
    {
        for (var i = 0; i + 1 < items.Count; i += 2) _meanings[CodeOf(items[i])] = TextOf(items[i + 1]);
    }

    private void Ranges(List<PdfItem> items)
    {
        for (var i = 0; i + 2 < items.Count; i += 3)
        {
            var (first, last) = (CodeOf(items[i]), Math.Min(CodeOf(items[i + 1]), CodeOf(items[i]) + 0xFFFF));
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
