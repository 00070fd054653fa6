using System.Globalization;
using System.Text;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>
/// Runs the text operators of a page's content (ISO 32000-1 §9.4) and puts together what stands on one height, from left to right. Nothing is drawn:
/// widths, colours and images are passed over.
/// </summary>
internal sealed class PageText(Func<string, GlyphText?> fontNamed)
{
    private const int MostText = 64 * 1024;
    private const int MostOperands = 64;
    private const int MostStates = 64;

    private readonly List<(double Y, double X, string Text)> _runs = [];
    private readonly Stack<PageMatrix> _states = [];
    private PageMatrix _page = PageMatrix.Identity, _line = PageMatrix.Identity, _text = PageMatrix.Identity;
    private double _leading;
    private GlyphText? _font;
    private int _length;

    /// <summary>The lines of the page so far, from its top.</summary>
    public IEnumerable<string> Lines => _runs.GroupBy(r => Math.Round(r.Y)).OrderByDescending(g => g.Key).Select(g => string.Concat(g.OrderBy(r => r.X).Select(r => r.Text)));

    public void Run(ReadOnlySpan<byte> content)
    {
        var parser = new PdfParser(content, 0, 8);
        var operands = new List<PdfItem>();
        try
        {
            while (_length < MostText)
            {
                if (parser.AtObject())
                {
                    var item = parser.Read();
                    if (operands.Count < MostOperands) operands.Add(item);
                }
                else if (parser.ReadKeyword() is { Length: > 0 } name)
                {
                    if (name == "ID") return;
                    Apply(name, operands);
                    operands.Clear();
                }
                else return;
            }
        }
        catch (PdfSyntaxException)
        {
            // What was read until here counts.
        }
    }

    private void Apply(string name, List<PdfItem> given)
    {
        switch (name)
        {
            case "q": if (_states.Count < MostStates) _states.Push(_page); break;
            case "Q": if (_states.TryPop(out var before)) _page = before; break;
            case "cm": if (MatrixOf(given) is { } cm) _page = cm.Then(_page); break;
            case "BT": _line = _text = PageMatrix.Identity; break;
            case "Tm": if (MatrixOf(given) is { } tm) _line = _text = tm; break;
            case "Td": Move(given); break;
            case "TD":
                if (given.Count == 2) _leading = -ValueOf(given[1]);
                Move(given);
                break;
            case "TL": if (given.Count == 1) _leading = ValueOf(given[0]); break;
            case "T*": NextLine(); break;
            case "Tf": if (given.Count == 2) _font = fontNamed(given[0].Word); break;
            case "Tj": Show(given.LastOrDefault()); break;
            case "'" or "\"": NextLine(); Show(given.LastOrDefault()); break;
            case "TJ":
                foreach (var item in given.LastOrDefault()?.Items ?? []) Show(item);
                break;
        }
    }

    private void Move(List<PdfItem> given)
    {
        if (given.Count != 2) return;
        _line = _text = PageMatrix.Move(ValueOf(given[0]), ValueOf(given[1])).Then(_line);
    }

    private void NextLine() => _line = _text = PageMatrix.Move(0, -_leading).Then(_line);

    private void Show(PdfItem? item)
    {
        if (item is not { Kind: PdfKind.Text }) return;
        var text = _font?.Decode(item.Bytes) ?? Encoding.Latin1.GetString(item.Bytes);
        var place = _text.Then(_page);
        // Runs of one operator follow one another; a hair to the right keeps their order where no width is known.
        _runs.Add((place.F, place.E + (_runs.Count * 1e-6), text));
        _length += text.Length;
    }

    private static PageMatrix? MatrixOf(List<PdfItem> given) => given.Count != 6 ? null
        : new PageMatrix(ValueOf(given[0]), ValueOf(given[1]), ValueOf(given[2]), ValueOf(given[3]), ValueOf(given[4]), ValueOf(given[5]));

    private static double ValueOf(PdfItem item) => double.TryParse(item.Word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
