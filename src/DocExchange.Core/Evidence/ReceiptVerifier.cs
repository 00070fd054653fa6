using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence;

/// <summary>
/// Checks a receipt with nothing but its bytes and, if given, the roots the reader trusts: no hub, no network, no clock. Certificates
/// count as of the checkpoint's time; whether that time is true, a time-stamp in a supplement says, not the receipt.
/// </summary>
public static class ReceiptVerifier
{
    public static ReceiptVerdict Verify(ReadOnlySpan<byte> receipt, X509Certificate2Collection? trustedRoots)
    {
        var checks = new List<ReceiptCheck>(8);
        var isXml = receipt.TrimStart(" \r\n\t"u8).StartsWith("<"u8) || receipt.StartsWith("\uFEFF<"u8);
        var parts = isXml ? ReceiptXml.TryParse(receipt.ToArray(), out var error) : ReceiptFormat.TryParse(receipt, out error);
        if (parts is null)
        {
            checks.Add(Check("format", false, "", error, "", "Tệp không phải là biên nhận dx-receipt/1 nguyên vẹn."));
            return new ReceiptVerdict(checks, null, null);
        }
        checks.Add(Check("format", true, $"The file is a receipt of format {ReceiptFormat.Name}.", "", $"Tệp là biên nhận theo định dạng {ReceiptFormat.Name}.", ""));
        checks.Add(CheckEntry(parts));
        if (!Checkpoint.TryParse(parts.Checkpoint, out var checkpoint))
        {
            checks.Add(Check("checkpoint", false, "", "The checkpoint is not written as a checkpoint is.", "", "Điểm kiểm tra không đúng định dạng."));
            return new ReceiptVerdict(checks, parts, null);
        }
        checks.Add(CheckInclusion(parts, checkpoint));
        AddCertificateChecks(checks, parts, checkpoint, trustedRoots);
        return new ReceiptVerdict(checks, parts, checkpoint);
    }

    private static ReceiptCheck CheckEntry(ReceiptParts parts) => Check(
        "entry", parts.Salt.Length == 16 && EvidenceEntry.TryParse(parts.Entry) is { } entry && entry.Receipt == parts.Id,
        "The entry is well formed and names this receipt.", "The entry is not well formed, or it belongs to another receipt.",
        "Bản ghi sự kiện đúng định dạng và thuộc về biên nhận này.", "Bản ghi sự kiện sai định dạng hoặc thuộc về biên nhận khác.");

    private static ReceiptCheck CheckInclusion(ReceiptParts parts, Checkpoint checkpoint) => Check(
        "inclusion",
        InclusionProof.Verify(MerkleHash.Leaf(parts.Salt, parts.Entry), parts.Index, checkpoint.Size, parts.Path, checkpoint.Root),
        $"The event is number {parts.Index} of the {checkpoint.Size} in log {checkpoint.Origin}.",
        "The event is not in the log the checkpoint describes: entry, salt, index or path was altered.",
        $"Sự kiện là mục số {parts.Index} trong {checkpoint.Size} mục của nhật ký {checkpoint.Origin}.",
        "Sự kiện không nằm trong nhật ký của điểm kiểm tra: nội dung, muối, vị trí hoặc đường dẫn đã bị sửa.");

    private static void AddCertificateChecks(
        List<ReceiptCheck> checks, ReceiptParts parts, Checkpoint checkpoint, X509Certificate2Collection? trustedRoots)
    {
        var chain = new List<X509Certificate2>();
        try
        {
            foreach (var certificate in parts.Chain) chain.Add(X509CertificateLoader.LoadCertificate(certificate));
            if (chain.Count == 0) throw new CryptographicException("no certificate");
            checks.Add(CheckSignature(parts, checkpoint, chain[0]));
            checks.Add(CheckSigner(checkpoint, chain[0]));
            checks.Add(CheckChain(parts, checkpoint, chain));
            checks.Add(CheckTrust(checkpoint, chain, trustedRoots));
        }
        catch (CryptographicException)
        {
            checks.Add(Check("chain", false, "", "The receipt's certificates cannot be read.", "", "Không đọc được chứng thư trong biên nhận."));
        }
        finally
        {
            foreach (var certificate in chain) certificate.Dispose();
        }
    }

    private static ReceiptCheck CheckSignature(ReceiptParts parts, Checkpoint checkpoint, X509Certificate2 signer) => Check(
        "signature", DetachedCms.Verify(parts.Signature, signer, parts.Checkpoint, checkpoint.Time),
        "The checkpoint was signed with the key of the receipt's first certificate.",
        "The signature does not fit the checkpoint and the receipt's first certificate.",
        "Điểm kiểm tra được ký bằng khóa của chứng thư đầu tiên trong biên nhận.",
        "Chữ ký không khớp với điểm kiểm tra và chứng thư đầu tiên trong biên nhận.");

    private static ReceiptCheck CheckSigner(Checkpoint checkpoint, X509Certificate2 signer) => Check(
        "signer", CarriedChain.MaySign(signer, checkpoint.Time),
        $"The signer's certificate ({signer.Subject}) may sign and was valid at {EvidenceTime.Write(checkpoint.Time)}.",
        $"The signer's certificate ({signer.Subject}) may not sign, or was not valid at {EvidenceTime.Write(checkpoint.Time)}.",
        $"Chứng thư của bên ký ({signer.Subject}) được phép ký và còn hiệu lực lúc {EvidenceTime.Write(checkpoint.Time)}.",
        $"Chứng thư của bên ký ({signer.Subject}) không được phép ký hoặc không có hiệu lực lúc {EvidenceTime.Write(checkpoint.Time)}.");

    private static ReceiptCheck CheckChain(ReceiptParts parts, Checkpoint checkpoint, List<X509Certificate2> chain) => Check(
        "chain", CarriedChain.IsWhole(parts.Chain, chain, checkpoint.Time),
        "Each certificate in the receipt was issued by the next, the last by itself, and was valid.", "The certificates in the receipt do not form a valid chain.",
        "Mỗi chứng thư trong biên nhận do chứng thư kế tiếp cấp, chứng thư cuối tự ký, và còn hiệu lực.", "Các chứng thư trong biên nhận không tạo thành chuỗi hợp lệ.");

    private static ReceiptCheck CheckTrust(Checkpoint checkpoint, List<X509Certificate2> chain, X509Certificate2Collection? trustedRoots)
    {
        if (trustedRoots is null)
        {
            return new ReceiptCheck(
                "trust", CheckOutcome.NotChecked,
                "No trusted root certificate was given: the receipt is whole, but who signed it was not checked.",
                "Chưa cung cấp chứng thư gốc tin cậy: biên nhận nguyên vẹn nhưng chưa kiểm tra được ai đã ký.");
        }
        var trusted = TrustedChain.EndsAt(trustedRoots, chain[0], [.. chain.Skip(1)], checkpoint.Time);
        return Check(
            "trust", trusted,
            "The signer's chain ends at a root certificate you trust.", "The signer's chain does not end at a root certificate you trust.",
            "Chuỗi chứng thư của bên ký kết thúc ở chứng thư gốc bạn tin cậy.", "Chuỗi chứng thư của bên ký không kết thúc ở chứng thư gốc bạn tin cậy.");
    }

    private static ReceiptCheck Check(string name, bool passed, string english, string notEnglish, string vietnamese, string notVietnamese) =>
        new(name, passed ? CheckOutcome.Passed : CheckOutcome.Failed, passed ? english : notEnglish, passed ? vietnamese : notVietnamese);
}
