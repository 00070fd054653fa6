namespace DocExchange.Core.Signing.Verdicts;

/// <summary>What a document's signatures are worth together.</summary>
/// <param name="WithoutSignature">Files whose kind can carry a signature and that carry none: their names.</param>
public sealed record DocumentVerdict(IReadOnlyList<SignatureVerdict> Signatures, IReadOnlyList<Remark> Remarks, IReadOnlyList<string> WithoutSignature)
{
    public LegalClass Class => Signatures.Any(s => s.Class == LegalClass.Broken) ? LegalClass.Broken : SignatureVerdict.Weakest(Remarks);

    /// <summary>
    /// Broken where any signature is; else legally signed when in one file every signature counts and the organisation signed, after the person
    /// (NĐ 30/2020 art. 5, 32). Where a certificate does not tell whose it is, it may be either's.
    /// </summary>
    public static DocumentVerdict Of(IReadOnlyList<SignatureVerdict> signatures, IReadOnlyList<string> withoutSignature)
    {
        var files = signatures.Where(s => s.Attachment is not null && s.Role != SignerRole.TimeStamp).GroupBy(s => s.Attachment);
        IReadOnlyList<Remark>? best = null;
        foreach (var file in files)
        {
            var remarks = OfFile([.. file]);
            if (best is null || Rank(remarks) < Rank(best)) best = remarks;
        }
        return new DocumentVerdict(signatures, best ?? [Remark.NoneFound], withoutSignature);
    }

    private static Remark[] OfFile(IReadOnlyList<SignatureVerdict> inOrder)
    {
        var weak = inOrder.SelectMany(s => s.Remarks).Where(r => r.Limits != LegalClass.LegallySigned).Distinct();
        var roles = inOrder.Select(s => s.Role).ToList();
        Remark? order = !roles.Contains(SignerRole.Organisation) && !roles.Contains(SignerRole.Unknown) ? Remark.OrganisationMissing
            : roles[^1] == SignerRole.Person ? Remark.WrongOrder
            : roles.TrueForAll(r => r == SignerRole.Organisation) ? Remark.PersonMissing
            : null;
        return order is null ? [.. weak] : [.. weak, order];
    }

    private static int Rank(IReadOnlyList<Remark> remarks) =>
        (SignatureVerdict.Weakest(remarks) == LegalClass.LegallySigned ? 0 : 100) + remarks.Count;
}
