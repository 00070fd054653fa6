namespace DocExchange.Core.Signing.Pdf;

/// <summary>
/// Judges what was added between two places: further signatures, time-stamps and the proofs of certificates (DSS) are allowed, everything else is a change
/// of what was signed. New objects alone are harmless unless what was signed refers to them; what counts is which old ones were replaced, and by what.
/// </summary>
internal sealed class PdfChanges(PdfFile file, PdfObjects objects, PdfTables tables, PdfFields fields)
{
    private static readonly string[] CatalogKeys = ["AcroForm", "DSS", "Extensions", "Version", "Metadata", "Type"];
    private static readonly string[] FormKeys = ["Fields", "SigFlags", "DR", "DA"];
    private static readonly string[] FieldKeys = ["V", "AP", "F", "M", "MK"];
    private static readonly string[] FieldPlaces = ["Fields", "Annots", "Kids", "Parent", PdfReferences.InArray];

    private PdfAddition _worst;

    private PdfReferences References => field ??= PdfReferences.Of(objects);

    private PdfProofs Proofs => field ??= new PdfProofs(objects, References);

    /// <summary>The worst that came between the places.</summary>
    public PdfAddition Judge(long from, long to)
    {
        _worst = PdfAddition.Proofs;
        try
        {
            return AreHarmless(from, to) ? _worst : PdfAddition.Change;
        }
        catch (PdfSyntaxException)
        {
            // What cannot be read cannot be shown to be harmless.
            return PdfAddition.Change;
        }
    }

    private bool AreHarmless(long from, long to)
    {
        if (IsSpace(from, to)) return true;
        if (!tables.Agree(from, to) || tables.TrailerAt(from) is not { } trailer) return false;
        foreach (var number in objects.DefinedBetween(from, to))
        {
            file.CheckTime();
            if (objects.Before(number, from) is not { } old)
            {
                // What was signed left it open: it shows what the update makes of it.
                if (References.AreBefore(number, from)) return false;
                continue;
            }
            if (!objects.Between(number, from, to).All(now => MayBecome(trailer, number, old, now, from, to))) return false;
        }
        return true;
    }

    private bool IsSpace(long from, long to)
    {
        if (to - from > 1024) return false;
        var tail = new byte[to - from];
        return file.Read(from, tail) == tail.Length && tail.All(PdfParser.IsSpace);
    }

    private bool MayBecome(PdfItem trailer, int number, PdfItem old, PdfItem now, long from, long to)
    {
        if (now.IsAmbiguous) return false;
        if (old.StreamStart is null && now.StreamStart is null && old.Means(now)) return true;
        if (IsFor(trailer["Info"], number)) return IsPlain(old) && IsPlain(now) && IsOnly(number, "Info");
        if (now["Type"].IsName("XRef")) return old["Type"].IsName("XRef") && IsOnly(number);
        if (IsMetadata(old)) return IsMetadata(now) && IsOnly(number, "Metadata");
        if (old.Kind == PdfKind.Array && now.Kind == PdfKind.Array)
            return Proofs.MayBecome(number, old, now, from, to) || (HoldsFields(old, from) && Grew(old, now, from, to) && IsOnly(number, "Fields", "Annots", "Kids"));
        if (old.Kind != PdfKind.Dictionary || now.Kind != PdfKind.Dictionary || old.StreamStart is not null || now.StreamStart is not null) return false;
        if (IsFor(trailer["Root"], number)) return IsOnly(number, "Root") && MayCatalog(old, now, from, to);
        if (old["Type"].IsName("Page")) return MayPage(old, now, from, to);
        if (fields.IsEmptyBefore(old, from)) return Differ(old, now).All(FieldKeys.Contains) && IsOnly(number, FieldPlaces) && MayField(now, from, to);
        if (old["Fields"].Kind != PdfKind.Null) return IsOnly(number, "AcroForm") && MayForm(old, now, from, to);
        return Proofs.MayBecome(number, old, now, from, to);
    }

    private bool IsOnly(int number, params ReadOnlySpan<string> keys) => References.AreOnly(number, keys);

    /// <summary>A dictionary that is nothing else as well.</summary>
    private static bool IsPlain(PdfItem item) => item is { Kind: PdfKind.Dictionary, StreamStart: null } && item["Type"].Kind == PdfKind.Null;

    private static bool IsMetadata(PdfItem item) => item["Type"].IsName("Metadata") && item["Subtype"].IsName("XML");

    private bool MayPage(PdfItem old, PdfItem now, long from, long to) =>
        Differ(old, now).All(key => key is "Annots" or "Tabs") && now["Tabs"].Kind is PdfKind.Name or PdfKind.Null && MayList(old["Annots"], now["Annots"], from, to);

    private static bool IsFor(PdfItem reference, int number) => reference.Kind == PdfKind.Reference && reference.Number == number;

    private static IEnumerable<string> Differ(PdfItem old, PdfItem now) => old.Members.Keys.Union(now.Members.Keys).Where(key => !old[key].Means(now[key]));

    private bool MayCatalog(PdfItem old, PdfItem now, long from, long to)
    {
        if (!Differ(old, now).All(CatalogKeys.Contains)) return false;
        var (form, grown) = (objects.Resolve(old["AcroForm"], from), objects.Resolve(now["AcroForm"], to));
        return form.Means(grown) || MayForm(form, grown, from, to);
    }

    /// <summary>A form that had no fields may get its first; resources only where there were none, because they decide what fields look like.</summary>
    private bool MayForm(PdfItem old, PdfItem now, long from, long to) =>
        now.Kind == PdfKind.Dictionary && Differ(old, now).All(FormKeys.Contains)
        && (old["DR"].Kind == PdfKind.Null || old["DR"].Means(now["DR"])) && (old["DA"].Kind == PdfKind.Null || old["DA"].Means(now["DA"]))
        && MayList(old["Fields"], now["Fields"], from, to);

    private bool MayList(PdfItem old, PdfItem now, long from, long to) =>
        old.Means(now) || objects.Meanings(now, from, to).All(list => Grew(objects.Resolve(old, from), list, from, to));

    /// <summary>Everything of before is still there, and what is new is a signature's field: an object of its own, because form and page both name it.</summary>
    private bool Grew(PdfItem old, PdfItem now, long from, long to)
    {
        if (now.Kind != PdfKind.Array || old.Kind is not (PdfKind.Array or PdfKind.Null)) return false;
        var kept = old.Items.Select(i => i.ToString()).ToHashSet();
        var there = now.Items.Select(i => i.ToString()).ToHashSet();
        return kept.IsSubsetOf(there) && now.Items.Where(i => !kept.Contains(i.ToString())).All(i => i.Kind == PdfKind.Reference && objects.Meanings(i, from, to).All(field => MayField(field, from, to)));
    }

    private bool MayField(PdfItem field, long from, long to)
    {
        var addition = fields.Of(field, from, to);
        if (addition > _worst) _worst = addition;
        return addition != PdfAddition.Change;
    }

    /// <summary>Tells lists of fields and annotations from others that may not grow, such as a page's pieces of content.</summary>
    private bool HoldsFields(PdfItem list, long from) => list.Items.All(item =>
        objects.Resolve(item, from) is { Kind: PdfKind.Dictionary, StreamStart: null } held && (held["Subtype"].Kind == PdfKind.Name || held["FT"].Kind == PdfKind.Name || held["Kids"].Kind == PdfKind.Array && held["T"].Kind == PdfKind.Text));
}
