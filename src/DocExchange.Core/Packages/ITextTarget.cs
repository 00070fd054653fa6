namespace DocExchange.Core.Packages;

/// <summary>Takes the text of one element, which may be larger than memory, piece by piece.</summary>
internal interface ITextTarget
{
    void Take(ReadOnlySpan<char> text);

    /// <summary>An element stands within the text; the reader is on it.</summary>
    void Meet(SafeXml element);
}
