using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Xml;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>Judges one Signature element: every reference, then the value, then what it covers, then who signed.</summary>
internal sealed class FileSignatureJudge(SignerJudge signers, XmlLimits limits, JudgingBudget budget)
{
    /// <param name="digest">The digest of what a reference of another file names; null where there is no such thing.</param>
    /// <param name="coverage">What is wrong with how much the signature covers; null when it covers all that counts. Given the elements it signs.</param>
    public SignatureVerdict Judge(SignatureVerdict found, XmlTree tree, XmlElement element, Func<FileReference, byte[]?> digest, Func<FileSignature, IReadOnlyList<XmlElement>, Remark?> coverage)
    {
        try
        {
            using var signature = new FileSignature(element, limits);
            found = SignerJudge.Named(found, signature.Signer);
            var signed = new List<XmlElement>();
            foreach (var reference in signature.References)
            {
                budget.Check();
                if (Check(tree, signature, reference, signed, digest) is { } wrong) return found.With(wrong);
            }
            if (!signature.IsSigned(limits)) return found.With(Remark.WrongSignature);
            var properties = new SignedProperties(signature, signed);
            if (properties.NamesAnother) return found.With(Remark.WrongSignature);
            if (signers.IsWeak(signature.Method.Hash, signature.Signer) || signature.References.Any(r => signers.IsWeak(r.Algorithm, signature.Signer))) found = found.With(Remark.WeakAlgorithm);
            if (coverage(signature, signed) is { } remark) found = found.With(remark);
            if (found.Class == LegalClass.Broken) return found;
            return signers.Judge(found, signature.Signer, signature.Certificates, new SigningTime(properties.Claimed, properties.Stamp, properties.Stamped));
        }
        catch (XmlSignatureException)
        {
            return found.With(Remark.Unsupported);
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException or AsnContentException or ArgumentException)
        {
            return found.With(Remark.Unreadable);
        }
    }

    private static Remark? Check(XmlTree tree, FileSignature signature, FileReference reference, List<XmlElement> signed, Func<FileReference, byte[]?> digest)
    {
        byte[]? hashed;
        if (reference.Uri.Length > 0 && reference.Uri[0] != '#')
        {
            hashed = digest(reference);
        }
        else
        {
            if (reference.Relationships is not null) throw new XmlSignatureException("relationships of no part");
            var apex = reference.Uri.Length == 0 ? null : Apex(tree, reference.Uri[1..]);
            if (reference.Uri.Length > 0 && apex is null) return Remark.Ambiguous;
            // With the signature taken out of what is inside it, nothing would be left to be signed.
            if (reference.IsEnveloped && XmlTree.IsWithin(apex ?? tree.Document.DocumentElement!, signature.Element)) throw new XmlSignatureException("the signature signs itself");
            hashed = tree.Digest(apex, reference.How ?? Canonicalisation.Unsaid, reference.Algorithm, reference.IsEnveloped ? signature.Element : null);
            signed.Add(apex ?? tree.Document.DocumentElement!);
        }
        return hashed is not null && hashed.AsSpan().SequenceEqual(reference.Digest) ? null : Remark.Altered;
    }

    private static XmlElement? Apex(XmlTree tree, string id) => tree.Named(id) is [var one] ? one : null;
}
