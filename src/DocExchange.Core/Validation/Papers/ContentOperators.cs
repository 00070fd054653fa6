using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>The operators of a content stream, or of a font's map, one after the other with what stands before each (ISO 32000-1 §7.8.2). Inline images are passed over.</summary>
internal ref struct ContentOperators(ReadOnlySpan<byte> content, PageWork work)
{
    private const int Depth = 8;
    private readonly ReadOnlySpan<byte> _content = content;
    private int _at;

    /// <summary>What stands before the operator that was read last.</summary>
    public List<PdfItem> Operands { get; } = [];

    /// <returns>The next operator; null at the end.</returns>
    /// <exception cref="PdfSyntaxException">What comes next is neither.</exception>
    public string? Next()
    {
        Operands.Clear();
        // A new one each time: it counts the objects of one operator.
        var parser = new PdfParser(_content[_at..], 0, Depth);
        while (parser.AtObject())
        {
            Operands.Add(parser.Read());
            work.Spend(1);
        }
        var name = parser.ReadKeyword();
        _at += (int)parser.Position;
        work.Spend(1);
        if (name == "ID") SkipImage();
        return name.Length > 0 ? name : null;
    }

    /// <summary>To behind the <c>EI</c> that stands alone (§8.9.7).</summary>
    private void SkipImage()
    {
        for (int from = _at, found; (found = _content[from..].IndexOf("EI"u8)) >= 0; from += found + 2)
        {
            var end = from + found + 2;
            if (!PdfParser.IsSpace(_content[end - 3]) || (end < _content.Length && !PdfParser.IsSpace(_content[end]))) continue;
            _at = end;
            return;
        }
        _at = _content.Length;
    }
}
