using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Signing.Xml;

/// <summary>
/// Classifies a package's own signature over the bytes that arrived. VALID only when one enveloped signature covers the whole package and its certificate
/// is trusted; whatever else a signature can be is not looked at, and UNVERIFIABLE.
/// </summary>
internal sealed class PackageSignatureJudge(TrustBook trust, SignaturePolicy policy, DateTimeOffset now, XmlLimits? limits = null)
{
    private const int LongestSignature = 64 * 1024;
    private readonly XmlLimits _limits = limits ?? XmlLimits.Default;

    /// <param name="package">Seekable; read twice and left open.</param>
    /// <param name="wasRelayed">Others handed it on before: they write packages anew, which no signature survives.</param>
    public PackageSignature Judge(Stream package, long length, bool wasRelayed)
    {
        if (length > _limits.Bytes) return PackageSignature.Unverifiable;
        try
        {
            if (Find(package, _limits) is not { } element) return PackageSignature.Unverifiable;
            var signature = XmlSignature.Read(element);
            using var signer = X509CertificateLoader.LoadCertificate(signature.Certificate);
            if (IsWeak(signature, signer)) return PackageSignature.Unverifiable;
            if (!IsSignedBy(signature, signer)) return PackageSignature.Invalid;
            if (!DigestOf(package, signature).AsSpan().SequenceEqual(signature.Digest)) return wasRelayed ? PackageSignature.Unverifiable : PackageSignature.Invalid;
            return trust.PathOf(signer, [], now).IsTrusted ? PackageSignature.Valid : PackageSignature.Unverifiable;
        }
        catch (Exception other) when (other is XmlException or XmlSignatureException or CryptographicException or FormatException)
        {
            return PackageSignature.Unverifiable;
        }
    }

    private bool IsWeak(XmlSignature signature, X509Certificate2 signer) => SignatureAlgorithms.IsWeak(signer)
        || (!policy.AllowSha1 && (SignatureAlgorithms.IsWeak(signature.Method.Hash) || SignatureAlgorithms.IsWeak(signature.DigestAlgorithm)));

    /// <summary>The one signature of the package, where it belongs; null when it stands elsewhere, or not alone.</summary>
    internal static XmlElement? Find(Stream package, XmlLimits limits)
    {
        package.Position = 0;
        using var reader = XmlReader.Create(package, Settings());
        XmlElement? found = null;
        for (var elements = 0; reader.Read();)
        {
            // What is too large to be canonicalised costs no more than this pass.
            if (reader.NodeType == XmlNodeType.Element && ++elements > limits.Elements) return null;
            if (!IsSignature(reader)) continue;
            if (found is not null || reader.Depth != 3) return null;
            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            using (var subtree = reader.ReadSubtree()) document.Load(subtree);
            if (document.OuterXml.Length > LongestSignature) return null;
            found = document.DocumentElement;
        }
        return found;
    }

    private static XmlReaderSettings Settings() => new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false };

    private static bool IsSignature(XmlReader reader) =>
        reader is { NodeType: XmlNodeType.Element, LocalName: "Signature", NamespaceURI: EdxmlNames.XmlSignatureNamespace };

    internal byte[] DigestOf(Stream package, XmlSignature signature)
    {
        package.Position = 0;
        using var reader = XmlReader.Create(package, Settings());
        return signature.Document.Digest(reader, signature.DigestAlgorithm, _limits, IsSignature);
    }

    internal bool IsSignedBy(XmlSignature signature, X509Certificate2 signer)
    {
        using var reader = new XmlNodeReader(Dsig.StandAlone(signature.SignedInfo));
        return SignatureAlgorithms.VerifyXml(signer, signature.Method, signature.Information.Digest(reader, signature.Method.Hash, _limits, _ => false), signature.Value);
    }
}
