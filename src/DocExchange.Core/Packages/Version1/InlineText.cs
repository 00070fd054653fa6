namespace DocExchange.Core.Packages.Version1;

/// <summary>
/// A file's text in the body: only where it stands is wanted, it is decoded when the package is built. Where a part is included instead
/// (XOP), which one.
/// </summary>
internal sealed class InlineText : ITextTarget
{
    /// <summary>Elements stand in it, which no file has.</summary>
    public bool HasElements { get; private set; }

    /// <summary>The href of the Include that stands here; null for text.</summary>
    public string? Part { get; private set; }

    public void Take(ReadOnlySpan<char> text)
    {
    }

    public void Meet(SafeXml element)
    {
        if (element.LocalName == "Include") Part ??= element.Attribute("href");
        else HasElements = true;
    }
}
