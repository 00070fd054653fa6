using System.Xml;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>Which parts of an Office file one signature covers, and whether they are as they were.</summary>
/// <param name="place">The part that holds the signature.</param>
/// <param name="isOpc">Word, Excel and PowerPoint: parts are named in manifests, by address and type.</param>
internal sealed class OfficeCoverage(OfficeParts parts, string place, bool isOpc)
{
    private const int MostReferences = 2000;
    private readonly HashSet<string> _signed = new(StringComparer.OrdinalIgnoreCase);
    private readonly ContentTypes _types = new(isOpc ? parts.Tree(ContentTypes.Part) : null);
    private bool _leavesOut;

    /// <summary>The digest of the part a reference names; null where there is none, or where it is of another type than the one signed.</summary>
    /// <exception cref="XmlSignatureException">It is hashed in a way that is not looked at.</exception>
    public byte[]? Digest(FileReference reference)
    {
        var (path, query) = reference.Uri.IndexOf('?') is >= 0 and var mark ? (reference.Uri[..mark], reference.Uri[(mark + 1)..]) : (reference.Uri, "");
        var part = Uri.UnescapeDataString(path).TrimStart('/');
        if (isOpc && !query.Equals("ContentType=" + _types.Of(part), StringComparison.OrdinalIgnoreCase)) return null;
        _signed.Add(part);
        if (reference.IsEnveloped) throw new XmlSignatureException("the signature is in no part");
        if (reference.Relationships is not { } choice)
        {
            return reference.How is not { } how ? parts.Digest(part, reference.Algorithm) : parts.Tree(part)?.Digest(null, how, reference.Algorithm, null);
        }
        if (parts.Tree(part) is not { } tree) return null;
        var relationships = new Relationships(tree);
        _leavesOut |= relationships.LeavesOut(choice);
        return relationships.Digest(choice, reference.Algorithm);
    }

    /// <param name="signed">Elements of the signature's own file that it signs.</param>
    /// <exception cref="XmlSignatureException">A manifest hashes in a way that is not looked at.</exception>
    public Remark? Judge(FileSignature signature, IReadOnlyList<XmlElement> signed)
    {
        // An element around the signature is signed without it, so that nothing inside it is.
        var manifests = signed.Where(one => XmlTree.IsWithin(one, signature.Element)).SelectMany(one => one.SelectNodes("descendant-or-self::*")!.Cast<XmlElement>()).Where(e => e is { LocalName: "Manifest", NamespaceURI: XmlNames.Namespace });
        var references = manifests.Distinct().SelectMany(one => Dsig.Children(one, "Reference")).Take(MostReferences + 1).ToList();
        if (references.Count > MostReferences) throw new JudgingLimitException("references");
        foreach (var reference in references.Select(FileReference.Read))
        {
            if (Digest(reference) is not { } digest || !digest.AsSpan().SequenceEqual(reference.Digest)) return Remark.Altered;
        }
        return _leavesOut || parts.Names.Any(name => !_signed.Contains(name) && !MayBeUnsigned(name)) ? Remark.Partial : null;
    }

    /// <summary>What nobody signs: the list of types, the file's properties, the signatures themselves.</summary>
    private bool MayBeUnsigned(string name) => isOpc
        ? name.Equals(ContentTypes.Part, StringComparison.OrdinalIgnoreCase) || name.StartsWith("docProps/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("_xmlsignatures/", StringComparison.OrdinalIgnoreCase)
        : name == place;
}
