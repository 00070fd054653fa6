namespace DocExchange.Core.Signing.Pdf;

/// <summary>Every version of every object, by number: what it was before a place in the file, and what was defined between two.</summary>
internal sealed class PdfObjects
{
    private readonly PdfFile _file;

    /// <summary>By number, in the order of the file. An object of an object stream stands where its stream does.</summary>
    private readonly Dictionary<int, List<Version>> _versions = [];

    private PdfObjects(PdfFile file) => _file = file;

    private readonly record struct Version(long At, PdfItem? Packed);

    /// <exception cref="PdfSyntaxException">An object stream cannot be read, so that not all objects are known.</exception>
    public static PdfObjects Of(PdfFile file, PdfIndex index)
    {
        var objects = new PdfObjects(file);
        foreach (var place in index.Objects) objects.Add(place.Number, new Version(place.At, null));
        long last = -1;
        foreach (var mark in index.ObjectStreams)
        {
            if (index.HolderOf(mark) is not { } place || place.At == last) continue;
            last = place.At;
            objects.AddPacked(place);
        }
        foreach (var versions in objects._versions.Values) versions.Sort((a, b) => a.At.CompareTo(b.At));
        return objects;
    }

    /// <summary>Every version of every object, with its place. What looks like an object inside a stream's data and is none is passed over.</summary>
    public IEnumerable<(long At, PdfItem Item)> All() =>
        _versions.Values.SelectMany(versions => versions).Select(version => (version.At, ReadIfReadable(version) ?? PdfItem.Null));

    /// <summary>Numbers that got a definition from <paramref name="from"/> on and before <paramref name="to"/>.</summary>
    public IEnumerable<int> DefinedBetween(long from, long to) =>
        _versions.Where(pair => pair.Value.Any(v => v.At >= from && v.At < to)).Select(pair => pair.Key).Order();

    public bool DefinedIn(int number, long from, long to) => _versions.TryGetValue(number, out var versions) && versions.Any(v => v.At >= from && v.At < to);

    /// <summary>True when a header of that object begins exactly there.</summary>
    public bool Begins(int number, long at) => _versions.TryGetValue(number, out var versions) && versions.Any(v => v.At == at && v.Packed is null);

    /// <summary>All definitions between two places: which of them a program takes is its own affair.</summary>
    public IEnumerable<PdfItem> Between(int number, long from, long to) =>
        _versions.TryGetValue(number, out var versions) ? versions.Where(v => v.At >= from && v.At < to).Select(Read) : [];

    /// <summary>The last definition before a place; null when there was none.</summary>
    public PdfItem? Before(int number, long to)
    {
        if (!_versions.TryGetValue(number, out var versions)) return null;
        var at = versions.FindLastIndex(v => v.At < to);
        return at < 0 ? null : Read(versions[at]);
    }

    /// <summary>The item itself, or what it refers to as of a place.</summary>
    public PdfItem Resolve(PdfItem item, long to)
    {
        for (var hops = 0; item.Kind == PdfKind.Reference && hops < 8; hops++)
        {
            item = item.Number <= int.MaxValue ? Before((int)item.Number, to) ?? PdfItem.Null : PdfItem.Null;
        }
        return item;
    }

    /// <summary>Whatever an item may stand for behind an update: itself, every definition between the places, or the last one before them.</summary>
    public IReadOnlyList<PdfItem> Meanings(PdfItem item, long from, long to)
    {
        if (item.Kind != PdfKind.Reference || item.Number > int.MaxValue) return [item];
        PdfItem[] there = [.. Between((int)item.Number, from, to)];
        return there.Length > 0 ? there : [Before((int)item.Number, from) ?? PdfItem.Null];
    }

    private PdfItem? ReadIfReadable(Version version)
    {
        try
        {
            return Read(version);
        }
        catch (PdfSyntaxException)
        {
            return null;
        }
    }

    private PdfItem Read(Version version) => version.Packed ?? _file.ReadObject(version.At);

    private void Add(int number, Version version)
    {
        if (!_versions.TryGetValue(number, out var versions)) _versions[number] = versions = [];
        versions.Add(version);
    }

    /// <summary>An object stream's content: pairs of number and offset, then the objects (§7.5.7).</summary>
    private void AddPacked(PdfPlace place)
    {
        PdfItem stream;
        try
        {
            stream = _file.ReadObject(place.At);
        }
        catch (PdfSyntaxException)
        {
            return;
        }
        // The mark may stand in a stream's data or in another dictionary.
        if (stream.StreamStart is null || !stream["Type"].IsName("ObjStm")) return;
        var content = _file.ReadStream(stream, Resolve(stream["Length"], long.MaxValue));
        if (stream["N"] is not { Kind: PdfKind.Number, Number: >= 0 and < 100_000 and var count } || stream["First"] is not { Kind: PdfKind.Number, Number: >= 0 and var first } || first > content.Length)
            throw new PdfSyntaxException(place.At, "an object stream does not say what it holds");
        var head = new PdfParser(content.AsSpan(0, (int)first), 0, _file.Limits.Depth);
        for (var i = 0; i < count; i++)
        {
            if (!int.TryParse(head.ReadKeyword(), out var number) || !int.TryParse(head.ReadKeyword(), out var offset) || offset < 0 || first + offset > content.Length)
                throw new PdfSyntaxException(place.At, "an object stream's table cannot be read");
            var parser = new PdfParser(content.AsSpan((int)first + offset), 0, _file.Limits.Depth);
            Add(number, new Version(place.At, parser.Read()));
            // Many may begin at one place.
            _file.Count(parser.Position);
        }
    }
}
