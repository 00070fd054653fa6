namespace DocExchange.Core.Signing.Pdf;

/// <summary>Finds the signatures of one PDF and how each of them stands in it. Whatever the bytes are, it ends within its limits.</summary>
internal static class PdfSignatures
{
    /// <param name="content">Seekable; read here and left open.</param>
    /// <returns>In the order they were made in, as far as the file tells.</returns>
    /// <exception cref="JudgingLimitException">The file asks for more than may be spent on it.</exception>
    public static IReadOnlyList<PdfSignature> Read(Stream content, PdfLimits limits, JudgingBudget budget)
    {
        var file = new PdfFile(content, limits, budget);
        var index = PdfIndex.Of(file);
        if (index.ByteRanges.Count == 0) return [];
        var signatures = PdfSignatureFinder.Find(file, index);
        return signatures.Count == 0 ? [] : JudgeTogether(file, index, signatures);
    }

    private static PdfSignature[] JudgeTogether(PdfFile file, PdfIndex index, IReadOnlyList<PdfSignature> signatures)
    {
        var judged = signatures.ToArray();
        for (var i = 1; i < judged.Length; i++)
        {
            // The later one's own room must lie behind everything the earlier one covers.
            if (judged[i].Fault is null && judged[i].GapStart < judged[i - 1].End) judged[i] = judged[i] with { Fault = PdfFault.Overlap };
        }
        if (judged.All(s => s.End == 0 || s.End == file.Length)) return judged;
        JudgeTails(file, index, judged);
        return judged;
    }

    /// <summary>From the last signature to the first: what changed behind a later one changed behind the earlier as well.</summary>
    private static void JudgeTails(PdfFile file, PdfIndex index, PdfSignature[] judged)
    {
        var changes = ChangesOf(file, index, judged);
        var worst = PdfAddition.Proofs;
        var to = file.Length;
        for (var i = judged.Length - 1; i >= 0; i--)
        {
            if (judged[i].End == 0) continue;
            if (to > judged[i].End && worst < PdfAddition.Change) worst = Worst(worst, changes?.Judge(judged[i].End, to) ?? PdfAddition.Change);
            to = judged[i].End;
            var forbidden = judged[i].Certifies == 1 && (worst == PdfAddition.Fields || judged.Skip(i + 1).Any(s => !s.IsTimeStamp));
            judged[i] = judged[i] with { Fault = judged[i].Fault ?? (worst == PdfAddition.Change ? PdfFault.Changed : forbidden ? PdfFault.Certification : null) };
        }
    }

    private static PdfAddition Worst(PdfAddition one, PdfAddition other) => one > other ? one : other;

    private static PdfChanges? ChangesOf(PdfFile file, PdfIndex index, IReadOnlyList<PdfSignature> signatures)
    {
        try
        {
            var objects = PdfObjects.Of(file, index);
            return new PdfChanges(file, objects, new PdfTables(file, index, objects), new PdfFields(objects, signatures));
        }
        catch (PdfSyntaxException)
        {
            return null;
        }
    }
}
