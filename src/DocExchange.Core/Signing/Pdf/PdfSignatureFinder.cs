using System.Text;

namespace DocExchange.Core.Signing.Pdf;

/// <summary>Reads the signature dictionaries an index points to.</summary>
internal static class PdfSignatureFinder
{
    /// <summary>In the order of what they cover.</summary>
    public static IReadOnlyList<PdfSignature> Find(PdfFile file, PdfIndex index)
    {
        var found = new List<PdfSignature>();
        foreach (var mark in index.ByteRanges)
        {
            if (index.HolderOf(mark) is not { } place || Read(file, place.At) is not { } item) continue;
            // A mark inside a stream or a string belongs to no dictionary of this file.
            if (Holding(item, mark) is { } dictionary && Of(file, dictionary) is { } signature) found.Add(signature with { Holder = ReferenceEquals(dictionary, item) ? place : null });
        }
        return [.. found.OrderBy(s => s.End)];
    }

    private static PdfItem? Read(PdfFile file, long at)
    {
        try
        {
            return file.ReadObject(at);
        }
        catch (PdfSyntaxException)
        {
            return null;
        }
    }

    /// <summary>The dictionary whose own ByteRange stands there.</summary>
    private static PdfItem? Holding(PdfItem item, long mark)
    {
        if (mark < item.Start || mark >= item.End) return null;
        foreach (var inner in item.Kind == PdfKind.Dictionary ? item.Members.Values : item.Items)
        {
            if (Holding(inner, mark) is { } holder) return holder;
        }
        return item.Kind == PdfKind.Dictionary && item["ByteRange"].Kind == PdfKind.Array ? item : null;
    }

    /// <summary>Null for the rights that readers of one maker grant: a signature of that maker, about no content.</summary>
    private static PdfSignature? Of(PdfFile file, PdfItem dictionary)
    {
        if (Methods(dictionary).Any(m => m["TransformMethod"].IsName("UR3") || m["TransformMethod"].IsName("UR"))) return null;
        var contents = dictionary["Contents"];
        var range = dictionary["ByteRange"].Items.Select(i => i.Kind == PdfKind.Number ? i.Number : -1).ToList();
        var wellFormed = range is [0, > 0 and var start, var second, >= 0 and var length] && second > start && second <= file.Length && length <= file.Length - second;
        var (gapStart, gapEnd, end) = wellFormed ? (range[1], range[2], range[2] + range[3]) : (0, 0, 0);
        return new PdfSignature
        {
            SubFilter = dictionary["SubFilter"].Word,
            GapStart = gapStart,
            GapEnd = gapEnd,
            End = end,
            Contents = contents.Bytes,
            ClaimedTime = dictionary["M"] is { Kind: PdfKind.Text, Bytes.Length: < 40 } time ? Encoding.Latin1.GetString(time.Bytes) : null,
            Certifies = CertificationOf(dictionary),
            Fault = !wellFormed ? PdfFault.ByteRange
                : contents is not { Kind: PdfKind.Text, IsHex: true } || contents.Start != gapStart || contents.End != gapEnd || contents.Bytes.Length * 2L + 2 != gapEnd - gapStart ? PdfFault.Gap
                : dictionary.IsAmbiguous ? PdfFault.Ambiguous
                : EndsRevision(file, end) ? null : PdfFault.Revision,
        };
    }

    private static IEnumerable<PdfItem> Methods(PdfItem dictionary) => dictionary["Reference"].Items.Where(i => i.Kind == PdfKind.Dictionary);

    private static int? CertificationOf(PdfItem dictionary)
    {
        var method = Methods(dictionary).FirstOrDefault(m => m["TransformMethod"].IsName("DocMDP"));
        // Without the entry P it is 2 (§12.8.2.2.2).
        return method is null ? null : method["TransformParams"]["P"] is { Kind: PdfKind.Number, Number: >= 1 and <= 3 and var permission } ? (int)permission : 2;
    }

    /// <summary>Whether %%EOF stands there, white space behind it aside; the end of the file always ends a version.</summary>
    private static bool EndsRevision(PdfFile file, long end)
    {
        if (end == file.Length) return true;
        Span<byte> tail = stackalloc byte[(int)Math.Min(end, 32)];
        var count = file.Read(end - tail.Length, tail);
        while (count > 0 && PdfParser.IsSpace(tail[count - 1])) count--;
        return tail[..count].EndsWith("%%EOF"u8);
    }
}
