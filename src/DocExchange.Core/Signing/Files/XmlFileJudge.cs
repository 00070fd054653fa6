using System.Xml;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>Judges the signatures of an XML file: enveloped in it, or around what they sign (xmldsig-core1).</summary>
internal sealed class XmlFileJudge(SignerJudge signers, XmlLimits limits, JudgingBudget budget)
{
    private const string Format = "xmldsig";

    /// <param name="content">Forward only; left open.</param>
    /// <exception cref="JudgingLimitException">It is too large, or the time is used up.</exception>
    public IReadOnlyList<SignatureVerdict> Judge(Stream content, int attachment, string? file)
    {
        var found = new SignatureVerdict { Attachment = attachment, File = file, Format = Format };
        XmlTree tree;
        try
        {
            tree = XmlTree.Read(content, limits);
        }
        catch (XmlException)
        {
            return [found.With(Remark.Unreadable)];
        }
        var signatures = tree.Signatures;
        if (signatures.Count > limits.Signatures) throw new JudgingLimitException("signatures");
        var judge = new FileSignatureJudge(signers, limits, budget);
        return [.. signatures.Select(one => judge.Judge(found, tree, one, _ => throw new XmlSignatureException("what is signed is elsewhere"), (_, signed) => Covers(tree, one, signed) ? null : Remark.Partial)).OrderBy(s => s.SignedAt)];
    }

    /// <summary>The whole file is signed; or the file is the signature, and every object in it that is not about the signature itself is.</summary>
    private static bool Covers(XmlTree tree, XmlElement signature, IReadOnlyList<XmlElement> signed)
    {
        var root = tree.Document.DocumentElement!;
        if (signature != root) return signed.Contains(root);
        var objects = Dsig.Children(root, "Object").Where(one => !one.ChildNodes.OfType<XmlElement>().All(IsAboutSignature)).ToList();
        return objects.Count > 0 && objects.All(signed.Contains);
    }

    private static bool IsAboutSignature(XmlElement element) => element.LocalName is "QualifyingProperties" or "SignatureProperties";
}
