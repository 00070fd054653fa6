namespace DocExchange.Core.Packages;

/// <summary>What the two versions of edXML call the same things; all other names of the header are alike (edxml 1.10).</summary>
/// <param name="Business">How it spells the word, in the element and in the names of its children.</param>
internal sealed record EdxmlVocabulary(string Namespace, string Business)
{
    public static readonly EdxmlVocabulary Version1 = new(EdxmlNames.Version1Namespace, "Business");

    /// <summary>The double s is the standard's.</summary>
    public static readonly EdxmlVocabulary Version2 = new(EdxmlNames.Namespace, "Bussiness");
}
