using System.Text;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>
/// Runs the text operators of a page's content (ISO 32000-1 §9.4), and of the forms it draws, and puts together what stands on one height, from left to
/// right. Nothing is drawn: widths, colours and images are passed over.
/// </summary>
internal sealed class PageText(PageWork work)
{
    private const int MostStates = 64;

    /// <summary>Forms in each other.</summary>
    private const int MostForms = 4;

    private readonly List<(double Y, double X, string Text)> _runs = [];
    private Stack<PageMatrix> _states = [];
    private PageMatrix _page = PageMatrix.Identity, _line = PageMatrix.Identity, _text = PageMatrix.Identity;
    private double _leading;
    private GlyphText? _font;
    private int _forms;

    /// <summary>The lines of the page so far, from its top.</summary>
    public IEnumerable<string> Lines => _runs.GroupBy(r => Math.Round(r.Y)).OrderByDescending(g => g.Key).Select(g => string.Concat(g.OrderBy(r => r.X).Select(r => r.Text)));

    /// <summary>A form lay deeper in others than is looked.</summary>
    public bool IsCut { get; private set; }

    public void Run(ReadOnlySpan<byte> content, PageResources resources)
    {
        var operators = new ContentOperators(content, work);
        try
        {
            while (operators.Next() is { } name) Apply(name, operators.Operands, resources);
        }
        catch (PdfSyntaxException)
        {
            // What was read until here counts.
        }
    }

    /// <summary>Runs a form where the page stands, and leaves the page as it was (§8.10.1).</summary>
    public void Run(PageForm form)
    {
        if (_forms == MostForms)
        {
            IsCut = true;
            return;
        }
        var (states, page, line, text, leading, font) = (_states, _page, _line, _text, _leading, _font);
        _forms++;
        (_states, _page) = ([], form.Matrix.Then(_page));
        Run(form.Content, form.Resources);
        (_states, _page, _line, _text, _leading, _font) = (states, page, line, text, leading, font);
        _forms--;
    }

    private void Apply(string name, List<PdfItem> given, PageResources resources)
    {
        switch (name)
        {
            case "q": if (_states.Count < MostStates) _states.Push(_page); break;
            case "Q": if (_states.TryPop(out var before)) _page = before; break;
            case "cm": if (PageResources.MatrixOf(given) is { } cm) _page = cm.Then(_page); break;
            case "BT": _line = _text = PageMatrix.Identity; break;
            case "Tm": if (PageResources.MatrixOf(given) is { } tm) _line = _text = tm; break;
            case "Td": Move(given); break;
            case "TD":
                if (given.Count == 2) _leading = -PageResources.ValueOf(given[1]);
                Move(given);
                break;
            case "TL": if (given.Count == 1) _leading = PageResources.ValueOf(given[0]); break;
            case "T*": NextLine(); break;
            case "Tf": if (given.Count == 2) _font = resources.FontNamed(given[0].Word); break;
            case "Tj": Show(given.LastOrDefault()); break;
            case "'" or "\"": NextLine(); Show(given.LastOrDefault()); break;
            case "TJ":
                foreach (var item in given.LastOrDefault()?.Items ?? []) Show(item);
                break;
            case "Do": if (given.Count == 1 && resources.FormNamed(given[0].Word) is { } form) Run(form); break;
        }
    }

    private void Move(List<PdfItem> given)
    {
        if (given.Count != 2) return;
        _line = _text = PageMatrix.Move(PageResources.ValueOf(given[0]), PageResources.ValueOf(given[1])).Then(_line);
    }

    private void NextLine() => _line = _text = PageMatrix.Move(0, -_leading).Then(_line);

    private void Show(PdfItem? item)
    {
        if (item is not { Kind: PdfKind.Text }) return;
        work.Spend(item.Bytes.Length);
        var text = _font?.Decode(item.Bytes) ?? Encoding.Latin1.GetString(item.Bytes);
        var place = _text.Then(_page);
        // Runs of one operator follow one another; a hair to the right keeps their order where no width is known.
        _runs.Add((place.F, place.E + (_runs.Count * 1e-6), text));
    }
}
