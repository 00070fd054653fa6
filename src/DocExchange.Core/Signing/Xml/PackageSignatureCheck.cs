using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Signing.Xml;

/// <summary>The signature inside a package, checked without any hub and without a trust list of one.</summary>
public static class PackageSignatureCheck
{
    /// <param name="package">Seekable.</param>
    /// <param name="roots">Whom the reader trusts; null when nobody was named.</param>
    public static IReadOnlyList<ReceiptCheck> Verify(Stream package, X509Certificate2Collection? roots)
    {
        try
        {
            if (PackageSignatureJudge.Find(package, XmlLimits.Default) is not { } element)
                return [CopySignature.Check("form", CheckOutcome.Failed, "The package bears no signature over the whole of it.", "Gói tin không mang chữ ký trên toàn bộ nội dung.")];
            var signature = XmlSignature.Read(element);
            using var signer = X509CertificateLoader.LoadCertificate(signature.Certificate);
            var isWeak = SignatureAlgorithms.IsWeak(signer) || SignatureAlgorithms.IsWeak(signature.Method.Hash) || SignatureAlgorithms.IsWeak(signature.DigestAlgorithm);
            if (isWeak) return [CopySignature.Check("form", CheckOutcome.Failed, "The signature uses algorithms that are no longer safe.", "Chữ ký dùng thuật toán không còn an toàn.")];
            var judge = new PackageSignatureJudge(TrustBook.Empty, new SignaturePolicy(RevocationPolicy.Off, AllowSha1: false), default);
            var isWhole = judge.DigestOf(package, signature).AsSpan().SequenceEqual(signature.Digest);
            var others = new X509Certificate2Collection();
            foreach (var der in signature.Issuers) others.Add(X509CertificateLoader.LoadCertificate(der));
            // It says no time of its own: the certificate is judged as of its beginning, and the receipt says when the hub had the package.
            return CopySignature.Checks(isWhole, judge.IsSignedBy(signature, signer), signer, others, null, roots);
        }
        catch (Exception unreadable) when (unreadable is XmlException or XmlSignatureException or CryptographicException or FormatException)
        {
            return [CopySignature.Check("form", CheckOutcome.Failed, "The signature cannot be read, or is of a form that is not looked at.", "Không đọc được chữ ký, hoặc chữ ký có dạng không được xét.")];
        }
    }

    /// <summary>True for a file that is a package and no receipt.</summary>
    public static bool IsPackage(string file)
    {
        using var stream = File.OpenRead(file);
        try
        {
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "edXML";
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
