using System.Xml;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>
/// Judges the signatures of an Office file: of Word, Excel and PowerPoint (ECMA-376-2 §13: a manifest of parts), and of OpenDocument (ODF 1.2 part 3 §5: one
/// reference for each file). A part that nobody signed, and a relationship to one, makes the signature a partial one.
/// </summary>
internal sealed class OfficeJudge(SignerJudge signers, PackageLimits package, XmlLimits limits, JudgingBudget budget)
{
    private const string OpenDocument = "META-INF/documentsignatures.xml";

    /// <param name="zip">Seekable; left open.</param>
    /// <exception cref="JudgingLimitException">It is too large, or the time is used up.</exception>
    public IReadOnlyList<SignatureVerdict> Judge(Stream zip, int attachment, string? file)
    {
        var found = new SignatureVerdict { Attachment = attachment, File = file, Format = "office" };
        try
        {
            var parts = new OfficeParts(zip, package, limits, budget);
            if (parts.HasTwins) return [found.With(Remark.Ambiguous)];
            var places = parts.Names.Where(name => name.Equals(OpenDocument, StringComparison.OrdinalIgnoreCase) || IsOpcSignature(name)).Order(StringComparer.OrdinalIgnoreCase).ToList();
            if (places.Count > limits.Signatures) throw new JudgingLimitException("signatures");
            return [.. places.SelectMany(place => JudgeFile(found, parts, place)).OrderBy(s => s.SignedAt)];
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or XmlException)
        {
            return [found.With(Remark.Unreadable)];
        }
    }

    private IEnumerable<SignatureVerdict> JudgeFile(SignatureVerdict found, OfficeParts parts, string place)
    {
        var tree = parts.Tree(place)!;
        var signatures = tree.Signatures;
        if (signatures.Count > limits.Signatures) throw new JudgingLimitException("signatures");
        foreach (var one in signatures)
        {
            var covered = new OfficeCoverage(parts, place, isOpc: place != OpenDocument);
            yield return new FileSignatureJudge(signers, limits, budget).Judge(found, tree, one, covered.Digest, covered.Judge);
        }
    }

    private static bool IsOpcSignature(string name) =>
        name.StartsWith("_xmlsignatures/", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
}
