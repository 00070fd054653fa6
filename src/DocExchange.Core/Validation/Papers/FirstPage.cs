using System.Text;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>What a PDF says on its first page and about itself, as far as it says it in text: content streams, plain or deflated, and the Info dictionary.</summary>
internal sealed class FirstPage
{
    private const int MostLevels = 16;
    private const int MostContents = 64;

    private readonly PdfFile _file;
    private readonly PdfObjects _objects;

    private FirstPage(PdfFile file, PdfObjects objects) => (_file, _objects) = (file, objects);

    /// <summary>From the top of the page.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>Title, subject, keywords and whatever else stands beside them.</summary>
    public IReadOnlyList<string> Properties { get; private set; } = [];

    /// <param name="content">Seekable; left open.</param>
    /// <exception cref="JudgingLimitException">The file asks for more than may be spent on it.</exception>
    /// <exception cref="PdfSyntaxException">It cannot be read.</exception>
    public static FirstPage? Read(Stream content, PdfLimits limits, TimeProvider time)
    {
        var file = new PdfFile(content, limits, new JudgingBudget(limits.Time, time, CancellationToken.None));
        var index = PdfIndex.Of(file);
        var objects = PdfObjects.Of(file, index);
        if (new PdfTables(file, index, objects).TrailerAt(file.Length) is not { } trailer || trailer["Encrypt"].Kind != PdfKind.Null) return null;
        var page = new FirstPage(file, objects);
        page.Properties = [.. page.Resolve(trailer["Info"]).Members.Values.Select(page.Resolve).Where(v => v.Kind == PdfKind.Text).Select(v => TextOf(v.Bytes))];
        page.ReadPage(trailer);
        return page;
    }

    private void ReadPage(PdfItem trailer)
    {
        var node = Resolve(Resolve(trailer["Root"])["Pages"]);
        var resources = PdfItem.Null;
        for (var level = 0; level < MostLevels; level++)
        {
            if (node["Resources"].Kind != PdfKind.Null) resources = Resolve(node["Resources"]);
            if (node["Kids"].Kind == PdfKind.Null) break;
            node = Resolve(Resolve(node["Kids"]).Items.FirstOrDefault(PdfItem.Null));
        }
        var fonts = Resolve(resources["Font"]);
        var known = new Dictionary<string, GlyphText?>();
        var text = new PageText(name => known.TryGetValue(name, out var font) ? font : known[name] = FontOf(Resolve(fonts[name])));
        var contents = Resolve(node["Contents"]);
        foreach (var part in contents.Kind == PdfKind.Array ? contents.Items.Take(MostContents).Select(Resolve) : [contents])
        {
            if (part.StreamStart is not null) text.Run(_file.ReadStream(part, Resolve(part["Length"])));
        }
        Lines = [.. text.Lines];
    }

    private GlyphText? FontOf(PdfItem font)
    {
        if (font.Kind != PdfKind.Dictionary) return null;
        var map = Resolve(font["ToUnicode"]);
        return new GlyphText(map.StreamStart is null ? null : _file.ReadStream(map, Resolve(map["Length"])), font["Subtype"].IsName("Type0"));
    }

    private PdfItem Resolve(PdfItem item) => _objects.Resolve(item, long.MaxValue);

    private static string TextOf(byte[] bytes) => bytes switch
    {
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
        _ => Encoding.Latin1.GetString(bytes),
    };
}
