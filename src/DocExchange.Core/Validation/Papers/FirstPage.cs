using System.Text;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>
/// What a PDF says on its first page and about itself, as far as it says it in text: content streams, plain or deflated, with the forms they draw;
/// annotations; the Info dictionary and the XMP packet. What cannot be read is passed over; where a limit ends the search, that shows.
/// </summary>
internal sealed class FirstPage
{
    private const int MostLevels = 16;
    private const int MostContents = 64;
    private const int MostAnnotations = 256;

    private readonly PdfFile _file;
    private readonly PdfObjects _objects;
    private readonly PageWork _work;
    private readonly List<string> _properties = [];
    private readonly List<IReadOnlyList<string>> _pieces = [];

    private FirstPage(PdfFile file, PdfObjects objects, PageWork work) => (_file, _objects, _work) = (file, objects, work);

    /// <summary>The lines of the page, from its top, and those of each annotation.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Pieces => _pieces;

    /// <summary>Title, subject, keywords and whatever else stands beside them.</summary>
    public IReadOnlyList<string> Properties => _properties;

    /// <summary>A limit ended the search: there may be more.</summary>
    public bool IsCut { get; private set; }

    /// <param name="content">Seekable; left open.</param>
    /// <returns>Null for an encrypted file, and for one that has no trailer.</returns>
    /// <exception cref="JudgingLimitException">The file asks for more than may be spent on it before its page is found.</exception>
    /// <exception cref="PdfSyntaxException">It cannot be read.</exception>
    public static FirstPage? Read(Stream content, PdfLimits limits, PageWork work)
    {
        // Many files must not add up to a burden either.
        var file = new PdfFile(content, limits with { ParsedBytes = Math.Min(limits.ParsedBytes, work.Bytes) }, null);
        try
        {
            var index = PdfIndex.Of(file);
            var objects = PdfObjects.Of(file, index);
            if (new PdfTables(file, index, objects).TrailerAt(file.Length) is not { } trailer || trailer["Encrypt"].Kind != PdfKind.Null) return null;
            var page = new FirstPage(file, objects, work);
            page.Attempt(() => page.ReadProperties(trailer));
            page.Attempt(() => page.ReadPage(trailer));
            return page;
        }
        finally
        {
            work.Bytes = Math.Max(0, work.Bytes - file.Parsed);
        }
    }

    private void ReadProperties(PdfItem trailer)
    {
        _properties.AddRange(Resolve(trailer["Info"]).Members.Values.Select(Resolve).Where(v => v.Kind == PdfKind.Text).Select(v => TextOf(v.Bytes)));
        var metadata = Resolve(Resolve(trailer["Root"])["Metadata"]);
        if (metadata.StreamStart is not null) _properties.AddRange(XmpValues.Of(_file.ReadStream(metadata, Resolve(metadata["Length"]))));
    }

    private void ReadPage(PdfItem trailer)
    {
        var node = Resolve(Resolve(trailer["Root"])["Pages"]);
        var dictionary = PdfItem.Null;
        for (var level = 0; level < MostLevels; level++)
        {
            if (node["Resources"].Kind != PdfKind.Null) dictionary = Resolve(node["Resources"]);
            if (node["Kids"].Kind == PdfKind.Null) break;
            node = Resolve(Resolve(node["Kids"]).Items.FirstOrDefault(PdfItem.Null));
        }
        var resources = new PageResources(_file, _objects, dictionary, _work);
        var contents = Resolve(node["Contents"]);
        ReadText(text =>
        {
            foreach (var part in contents.Kind == PdfKind.Array ? Most(contents.Items, MostContents).Select(Resolve) : [contents])
            {
                if (part.StreamStart is not null) text.Run(_file.ReadStream(part, Resolve(part["Length"])), resources);
            }
        });
        foreach (var annotation in Most(Resolve(node["Annots"]).Items, MostAnnotations)) Attempt(() => ReadAnnotation(Resolve(annotation), resources));
    }

    /// <summary>What it says and how it looks. Alone: it may lie over anything.</summary>
    private void ReadAnnotation(PdfItem annotation, PageResources resources)
    {
        if (Resolve(annotation["Contents"]) is { Kind: PdfKind.Text } said) _pieces.Add(TextOf(said.Bytes).Split('\r', '\n'));
        var look = Resolve(Resolve(annotation["AP"])["N"]);
        // One for each state, of which one is shown (§12.5.5).
        if (look.StreamStart is null) look = Resolve(look[Resolve(annotation["AS"]).Word]);
        if (look.StreamStart is null || resources.FormOf(look) is not { } form) return;
        ReadText(text => text.Run(form));
    }

    private void ReadText(Action<PageText> run)
    {
        var text = new PageText(_work);
        Attempt(() => run(text));
        IsCut |= text.IsCut;
        _pieces.Add([.. text.Lines]);
    }

    private void Attempt(Action read)
    {
        try
        {
            read();
        }
        catch (PdfSyntaxException)
        {
            // What was read until here counts.
        }
        catch (JudgingLimitException)
        {
            IsCut = true;
        }
    }

    private IEnumerable<PdfItem> Most(IReadOnlyList<PdfItem> items, int most)
    {
        IsCut |= items.Count > most;
        return items.Take(most);
    }

    private PdfItem Resolve(PdfItem item) => _objects.Resolve(item, long.MaxValue);

    private static string TextOf(byte[] bytes) => bytes switch
    {
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
        _ => Encoding.Latin1.GetString(bytes),
    };
}
