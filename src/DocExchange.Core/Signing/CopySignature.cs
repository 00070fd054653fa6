using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing.Cms;

namespace DocExchange.Core.Signing;

/// <summary>A hub's detached signature over a copy it delivered, checked without any hub: <c>openssl cms -verify</c> asks the same.</summary>
public static class CopySignature
{
    /// <param name="copy">The bytes delivered; read to their end.</param>
    /// <param name="signature">CMS in DER.</param>
    /// <param name="roots">Whom the reader trusts; null when nobody was named.</param>
    public static IReadOnlyList<ReceiptCheck> Verify(Stream copy, byte[] signature, X509Certificate2Collection? roots)
    {
        try
        {
            using var message = CmsMessage.Read(signature);
            return Verify(copy, message, roots);
        }
        catch (Exception unreadable) when (unreadable is AsnContentException or CryptographicException)
        {
            return [Check("form", CheckOutcome.Failed, "The signature cannot be read.", "Không đọc được chữ ký.")];
        }
    }

    private static List<ReceiptCheck> Verify(Stream copy, CmsMessage message, X509Certificate2Collection? roots)
    {
        if (message is not { Signer: { } signer, SignedAttributes: { } attributes, Digest: { } digest } || SignatureAlgorithms.Hash(message.DigestAlgorithm) is not { } algorithm || SignatureAlgorithms.IsWeak(algorithm))
            return [Check("form", CheckOutcome.Failed, "The signature is of another kind than a hub makes.", "Chữ ký không phải loại do trục tạo.")];
        using var hash = IncrementalHash.CreateHash(algorithm);
        var piece = new byte[64 * 1024];
        for (int count; (count = copy.Read(piece)) > 0;) hash.AppendData(piece, 0, count);
        var isWhole = digest.Span.SequenceEqual(hash.GetHashAndReset());
        var isSigned = SignatureAlgorithms.Verify(signer, message.SignatureAlgorithm, algorithm, CryptographicOperations.HashData(algorithm, attributes), message.Signature.Span) == true;
        return Checks(isWhole, isSigned, signer, message.Certificates, message.ClaimedTime, roots);
    }

    /// <summary>What a signature over a copy comes to, in the reader's words.</summary>
    /// <param name="claimed">When the signer says that it signed; null when it says nothing.</param>
    internal static List<ReceiptCheck> Checks(bool isWhole, bool isSigned, X509Certificate2 signer, X509Certificate2Collection others, DateTimeOffset? claimed, X509Certificate2Collection? roots)
    {
        var at = claimed ?? signer.NotBefore.ToUniversalTime();
        var when = claimed is { } time ? ", " + VietnamTime.Write(time) : "";
        return
        [
            isWhole ? Check("content", CheckOutcome.Passed, "These are the bytes that were signed.", "Đúng là nội dung đã ký.")
                : Check("content", CheckOutcome.Failed, "These are not the bytes that were signed.", "Nội dung không đúng với nội dung đã ký."),
            isSigned ? Check("signature", CheckOutcome.Passed, $"Signed by {signer.Subject}{when}.", $"Ký bởi {signer.Subject}{when}.")
                : Check("signature", CheckOutcome.Failed, "The signature does not fit the certificate.", "Chữ ký không khớp chứng thư."),
            roots is null ? Check("trust", CheckOutcome.NotChecked, "No root was named (--root).", "Chưa chỉ định chứng thư gốc (--root).")
                : TrustedChain.EndsAt(roots, signer, others, at) ? Check("trust", CheckOutcome.Passed, "The certificate leads to a root you trust.", "Chứng thư dẫn tới gốc được tin cậy.")
                : Check("trust", CheckOutcome.Failed, "The certificate leads to no root you trust.", "Chứng thư không dẫn tới gốc được tin cậy."),
        ];
    }

    internal static ReceiptCheck Check(string name, CheckOutcome outcome, string english, string vietnamese) => new(name, outcome, english, vietnamese);
}
