namespace DocExchange.Core.Signing.Pdf;

/// <summary>What came between two places of a file, from the least to the worst.</summary>
internal enum PdfAddition
{
    /// <summary>Proofs of certificates and of the time, and what programs write about themselves.</summary>
    Proofs,

    /// <summary>Fields of signatures.</summary>
    Fields,

    /// <summary>Anything else: what was signed is not what is shown.</summary>
    Change,
}

/// <summary>
/// Which fields of signatures an update may add or fill. A field is a picture on a page, so it may show something only where a signature that came with it
/// answers for it; what anybody can add without a key (an empty field, a time-stamp) must show nothing.
/// </summary>
internal sealed class PdfFields(PdfObjects objects, IReadOnlyList<PdfSignature> signatures)
{
    /// <summary>Entries that neither show nor do anything (ISO 32000-1 §12.5.2, 12.7.3.1, 12.7.4.5).</summary>
    private static readonly string[] Silent = ["Type", "Subtype", "FT", "T", "TU", "TM", "Ff", "F", "Rect", "P", "Parent", "Kids", "V", "Lock", "SV", "DA", "Q", "NM", "M", "StructParent"];

    /// <summary>True for a field of a signature, or a part of one, that held no signature before a place.</summary>
    public bool IsEmptyBefore(PdfItem field, long place)
    {
        if (field.Kind != PdfKind.Dictionary || field.StreamStart is not null) return false;
        var parent = objects.Resolve(field["Parent"], place);
        return Inherited(field, parent, "FT").IsName("Sig") && Inherited(field, parent, "V").Kind == PdfKind.Null;
    }

    /// <summary>What an added or filled field is, whichever of its definitions between the places a program takes.</summary>
    public PdfAddition Of(PdfItem field, long from, long to)
    {
        if (field is not { Kind: PdfKind.Dictionary, StreamStart: null, IsAmbiguous: false }) return PdfAddition.Change;
        if (field["Subtype"].Kind != PdfKind.Null && !field["Subtype"].IsName("Widget")) return PdfAddition.Change;
        return objects.Meanings(field["Parent"], from, to).Max(parent => Of(field, parent, from, to));
    }

    private PdfAddition Of(PdfItem field, PdfItem parent, long from, long to)
    {
        if (!Inherited(field, parent, "FT").IsName("Sig")) return PdfAddition.Change;
        var value = Inherited(field, parent, "V");
        if (value.Kind == PdfKind.Null) return ShowsNothing(field) ? PdfAddition.Fields : PdfAddition.Change;
        if (SignatureOf(value, from, to) is not { } signature) return PdfAddition.Change;
        if (!signature.IsTimeStamp) return PdfAddition.Fields;
        return ShowsNothing(field) || IsPoint(field["Rect"]) ? PdfAddition.Proofs : PdfAddition.Change;
    }

    private static PdfItem Inherited(PdfItem field, PdfItem parent, string key) => field[key].Kind == PdfKind.Null ? parent[key] : field[key];

    private static bool ShowsNothing(PdfItem field) => field.Members.All(member =>
        Silent.Contains(member.Key) || member.Value.Kind == PdfKind.Null || (member.Key is "AP" or "MK" && member.Value is { Kind: PdfKind.Dictionary, Members.Count: 0 }));

    private static bool IsPoint(PdfItem place) =>
        place is { Kind: PdfKind.Array, Items: [{ Kind: PdfKind.Number } left, { Kind: PdfKind.Number } bottom, var right, var top] } && left.Means(right) && bottom.Means(top);

    /// <summary>The signature that came between the places under that number and nothing else did; null for an older one, or for what is none.</summary>
    private PdfSignature? SignatureOf(PdfItem value, long from, long to) =>
        value.Kind != PdfKind.Reference ? null
        : signatures.FirstOrDefault(s => s.Holder is { } holder && holder.Number == value.Number && holder.At >= from && holder.At < to && objects.Between(holder.Number, from, to).Count() == 1);
}
