namespace DocExchange.Core.Signing.Pdf;

/// <summary>
/// Under which keys each object is referred to, in any version of the file, and from where first. An object that is what it seems to be from one side and a page's content or
/// resources from another is prepared for being exchanged (shadow attacks): what may be replaced must have one part only.
/// </summary>
internal sealed class PdfReferences
{
    /// <summary>The key of what an array of its own refers to.</summary>
    public const string InArray = "[]";

    private readonly Dictionary<long, HashSet<string>> _keys = [];
    private readonly Dictionary<long, long> _first = [];

    /// <summary>Of all objects that can be read; one that cannot is no part of what a program shows.</summary>
    public static PdfReferences Of(PdfObjects objects)
    {
        var references = new PdfReferences();
        foreach (var (at, item) in objects.All()) references.Take(item, InArray, at);
        return references;
    }

    /// <summary>True when nothing refers to the object but under these keys.</summary>
    public bool AreOnly(int number, params ReadOnlySpan<string> keys)
    {
        if (!_keys.TryGetValue(number, out var found)) return true;
        foreach (var key in found)
        {
            if (!keys.Contains(key)) return false;
        }
        return true;
    }

    /// <summary>True when an object before a place refers to it.</summary>
    public bool AreBefore(int number, long place) => _first.TryGetValue(number, out var first) && first < place;

    private void Take(PdfItem item, string key, long at)
    {
        if (item.Kind == PdfKind.Reference)
        {
            if (!_keys.TryGetValue(item.Number, out var found)) _keys[item.Number] = found = [];
            found.Add(key);
            _first[item.Number] = Math.Min(at, _first.GetValueOrDefault(item.Number, long.MaxValue));
        }
        foreach (var inner in item.Items) Take(inner, key, at);
        foreach (var (name, inner) in item.Members) Take(inner, name, at);
    }
}
