namespace DocExchange.Core.Signing.Pdf;

/// <summary>
/// Under which keys each object is referred to, in any version of the file. An object that is what it seems to be from one side and a page's content or
/// resources from another is prepared for being exchanged (shadow attacks): what may be replaced must have one part only.
/// </summary>
internal sealed class PdfReferences
{
    /// <summary>The key of what an array of its own refers to.</summary>
    public const string InArray = "[]";

    private readonly Dictionary<long, HashSet<string>> _keys = [];

    /// <summary>Of all objects that can be read; one that cannot is no part of what a program shows.</summary>
    public static PdfReferences Of(PdfObjects objects)
    {
        var references = new PdfReferences();
        foreach (var item in objects.All()) references.Take(item, InArray);
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

    private void Take(PdfItem item, string key)
    {
        if (item.Kind == PdfKind.Reference)
        {
            if (!_keys.TryGetValue(item.Number, out var found)) _keys[item.Number] = found = [];
            found.Add(key);
        }
        foreach (var inner in item.Items) Take(inner, key);
        foreach (var (name, inner) in item.Members) Take(inner, name);
    }
}
