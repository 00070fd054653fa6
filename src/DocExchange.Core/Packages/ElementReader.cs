using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>Which single elements of one parent have been met. The first is read; a second is a finding and never read (problem-examples row 16).</summary>
internal struct Seen
{
    private uint _bits;

    public bool First(int bit)
    {
        var mask = 1u << bit;
        var first = (_bits & mask) == 0;
        _bits |= mask;
        return first;
    }
}

/// <summary>The reading habits every part of a package shares.</summary>
internal abstract class ElementReader(SafeXml xml, PackageNotes notes, UnknownElements unknown)
{
    protected SafeXml Xml { get; } = xml;

    protected PackageNotes Notes { get; } = notes;

    protected UnknownElements Unknown { get; } = unknown;

    /// <summary>Positioned on an element of ours: the next child, whatever its name. Usage: <c>for (var at = Open(); Next(at);)</c>.</summary>
    protected int Open() => Xml.Stopped is null && !Xml.IsEmpty ? Xml.Depth : -1;

    protected bool Next(int parentDepth) => parentDepth >= 0 && Xml.NextChild(parentDepth);

    protected bool Once(ref Seen seen, int bit, string parent, string name, int ordinal = 0)
    {
        if (seen.First(bit)) return true;
        Notes.Refuse(ProblemCatalogue.RepeatedElement, Join(parent, name), ordinal: ordinal);
        return false;
    }

    protected string? Text(ref Seen seen, int bit, string parent, string name, string? current, int ordinal = 0) =>
        Once(ref seen, bit, parent, name, ordinal) ? Text(parent, name, ordinal) : current;

    protected string? Text(string parent, string name, int ordinal = 0)
    {
        var text = Xml.ReadText(parent, name, out var mixed);
        if (mixed) Notes.Refuse(ProblemCatalogue.ElementInText, Join(parent, name), ordinal: ordinal);
        return text;
    }

    /// <summary>Every non-empty text of the children called <paramref name="name"/>.</summary>
    /// <param name="list">The list's own path where problems in it are reported under another one.</param>
    protected List<string> Texts(string parent, string name, string? list = null, int ordinal = 0)
    {
        var texts = new List<string>();
        for (var at = Open(); Next(at);)
        {
            if (Xml.Name != name) Keep(list ?? parent, ordinal);
            else if (Text(parent, name) is { } text) texts.Add(text);
        }
        return texts;
    }

    protected StaffInfo Staff(string path, int ordinal = 0)
    {
        var seen = default(Seen);
        string? department = null, staff = null, email = null, mobile = null;
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "Department": department = Text(ref seen, 0, path, "Department", department, ordinal); break;
                case "Staff": staff = Text(ref seen, 1, path, "Staff", staff, ordinal); break;
                case "Email": email = Text(ref seen, 2, path, "Email", email, ordinal); break;
                case "Mobile": mobile = Text(ref seen, 3, path, "Mobile", mobile, ordinal); break;
                default: Keep(path, ordinal); break;
            }
        }
        return new StaffInfo(department, staff, email, mobile);
    }

    /// <summary>The current element is none we know: kept, to be passed on.</summary>
    protected void Keep(string parent, int ordinal = 0) => Unknown.Keep(Xml, Notes, parent, ordinal);

    private static string Join(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";
}
