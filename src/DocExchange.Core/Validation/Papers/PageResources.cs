using System.Globalization;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>Fonts and forms by the names that one content stream has for them (ISO 32000-1 §7.8.3). What cannot be read is as if it were not there.</summary>
internal sealed class PageResources(PdfFile file, PdfObjects objects, PdfItem dictionary, PageWork work)
{
    private const int FormSteps = 100;
    private readonly Dictionary<string, GlyphText?> _fonts = [];

    public GlyphText? FontNamed(string name)
    {
        if (_fonts.TryGetValue(name, out var known)) return known;
        var font = Resolve(Resolve(dictionary["Font"])[name]);
        var map = Resolve(font["ToUnicode"]);
        return _fonts[name] = font.Kind != PdfKind.Dictionary ? null : new GlyphText(map.StreamStart is null ? null : Read(map), font["Subtype"].IsName("Type0"), work);
    }

    /// <summary>Null for pictures and whatever else is no form.</summary>
    public PageForm? FormNamed(string name) => Resolve(Resolve(dictionary["XObject"])[name]) is { StreamStart: not null } form && form["Subtype"].IsName("Form") ? FormOf(form) : null;

    /// <summary>A form's content with the resources of its own or, where it has none, these (§8.10.1).</summary>
    public PageForm? FormOf(PdfItem form)
    {
        work.Spend(FormSteps);
        if (Read(form) is not { } content) return null;
        var own = Resolve(form["Resources"]);
        return new PageForm(content, MatrixOf(Resolve(form["Matrix"]).Items) ?? PageMatrix.Identity, own.Kind == PdfKind.Null ? this : new PageResources(file, objects, own, work));
    }

    /// <summary>Null for anything but six numbers.</summary>
    public static PageMatrix? MatrixOf(IReadOnlyList<PdfItem> given) => given.Count != 6 ? null
        : new PageMatrix(ValueOf(given[0]), ValueOf(given[1]), ValueOf(given[2]), ValueOf(given[3]), ValueOf(given[4]), ValueOf(given[5]));

    public static double ValueOf(PdfItem item) => double.TryParse(item.Word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private byte[]? Read(PdfItem stream)
    {
        try
        {
            return file.ReadStream(stream, Resolve(stream["Length"]));
        }
        catch (PdfSyntaxException)
        {
            return null;
        }
    }

    private PdfItem Resolve(PdfItem item) => objects.Resolve(item, long.MaxValue);
}

/// <summary>A piece of content that is drawn by its name (ISO 32000-1 §8.10).</summary>
internal sealed record PageForm(byte[] Content, PageMatrix Matrix, PageResources Resources);
