using System.Text;
using System.Xml;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>Keeps elements nobody knows while a package is read, up to a bound, and writes them back.</summary>
internal sealed class UnknownElements
{
    /// <summary>Beyond these, further ones stay in the original only: a file of vendor elements must not become memory.</summary>
    public const int MostElements = 100, MostCharacters = 64 * 1024;

    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true };

    private List<UnknownElement>? _kept;
    private int _characters;
    private bool _full;

    public IReadOnlyList<UnknownElement> Kept => _kept is null ? [] : _kept;

    /// <summary>Reads the current element to its end and keeps it. Once the bound is passed, nothing more is kept and a warning says so.</summary>
    public void Keep(SafeXml xml, PackageNotes notes, string parent, int ordinal)
    {
        if (_full) return;
        var text = xml.CopyElement(MostCharacters - _characters);
        if (xml.Stopped is not null) return;
        if (text is null || _kept is { Count: MostElements })
        {
            _full = true;
            notes.Warn("unknown-elements-dropped", parent);
            return;
        }
        _characters += text.Length;
        (_kept ??= []).Add(new UnknownElement(parent, ordinal, text));
    }

    /// <summary>Says that what was kept since <paramref name="first"/> stood in a parent that does not count among its equals.</summary>
    public void Uncount(int first)
    {
        for (var i = first; i < Kept.Count; i++) _kept![i] = _kept[i] with { Ordinal = UnknownElement.Uncounted };
    }

    /// <summary>Writes those of one parent, in the order they were read.</summary>
    public static void Write(XmlWriter target, IReadOnlyList<UnknownElement> kept, string parent, int ordinal = 0)
    {
        foreach (var element in kept)
        {
            if (element.Ordinal != ordinal || element.Parent != parent) continue;
            using var reader = XmlReader.Create(new StringReader(element.Xml), Reading);
            reader.MoveToContent();
            target.WriteNode(reader, defattr: false);
        }
    }

    public static bool Any(IReadOnlyList<UnknownElement> kept, string parent, int ordinal)
    {
        foreach (var element in kept)
        {
            if (element.Ordinal == ordinal && element.Parent == parent) return true;
        }
        return false;
    }
}
