namespace DocExchange.Core.Signing.Verdicts;

/// <summary>What a document's signatures are worth together.</summary>
/// <param name="WithoutSignature">Files whose kind can carry a signature and that carry none: their names, with the kind in brackets where the name does not tell it.</param>
public sealed record DocumentVerdict(IReadOnlyList<SignatureVerdict> Signatures, IReadOnlyList<Remark> Remarks, IReadOnlyList<string> WithoutSignature)
{
    public LegalClass Class => Signatures.Any(s => s.Class == LegalClass.Broken) ? LegalClass.Broken : SignatureVerdict.Weakest(Remarks);

    /// <summary>
    /// Broken where any signature is; else legally signed when in every signed file every signature counts and the organisation signed, after the person
    /// (NĐ 30/2020 art. 5, 32), and no PDF is without a signature (annex I, II.8b). Where a certificate does not tell whose it is, it may be either's.
    /// </summary>
    public static DocumentVerdict Of(IReadOnlyList<SignatureVerdict> signatures, IReadOnlyList<string> withoutSignature)
    {
        var files = signatures.Where(s => s.Attachment is not null).GroupBy(s => s.Attachment).Select(file => OfFile([.. file.Where(s => s.Role != SignerRole.TimeStamp)])).ToList();
        if (files.MinBy(Rank) is not { } best) return new DocumentVerdict(signatures, [Remark.NoneFound], withoutSignature);
        if (!Counts(best)) return new DocumentVerdict(signatures, best, withoutSignature);
        if (!files.TrueForAll(Counts) || withoutSignature.Any(IsPaper)) return new DocumentVerdict(signatures, [.. best, Remark.NotAllSigned], withoutSignature);
        return new DocumentVerdict(signatures, withoutSignature.Count == 0 ? best : [.. best, Remark.OthersUnsigned], withoutSignature);
    }

    /// <summary>What a file without a signature is called.</summary>
    /// <param name="kind">Such as <c>pdf</c>, by its bytes.</param>
    internal static string NameOf(string? name, string kind) =>
        name is not null && name.EndsWith("." + kind, StringComparison.OrdinalIgnoreCase) ? name : $"{name} ({kind})".Trim();

    /// <summary>A PDF is what people read as the letter or its annex; spreadsheets and drafts beside it are not signed anywhere.</summary>
    private static bool IsPaper(string name) => name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) || name.EndsWith("(pdf)", StringComparison.OrdinalIgnoreCase);

    private static bool Counts(Remark[] remarks) => SignatureVerdict.Weakest(remarks) == LegalClass.LegallySigned;

    private static Remark[] OfFile(IReadOnlyList<SignatureVerdict> inOrder)
    {
        // A time-stamp is nobody's signature.
        if (inOrder.Count == 0) return [Remark.NoneFound];
        var weak = inOrder.SelectMany(s => s.Remarks).Where(r => r.Limits != LegalClass.LegallySigned).Distinct();
        var roles = inOrder.Select(s => s.Role).ToList();
        Remark? order = !roles.Contains(SignerRole.Organisation) && !roles.Contains(SignerRole.Unknown) ? Remark.OrganisationMissing
            : roles[^1] == SignerRole.Person ? Remark.WrongOrder
            : roles.TrueForAll(r => r == SignerRole.Organisation) ? Remark.PersonMissing
            : null;
        return order is null ? [.. weak] : [.. weak, order];
    }

    private static int Rank(Remark[] remarks) => (Counts(remarks) ? 0 : 100) + remarks.Length;
}
