using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Trust;

namespace DocExchange.Core.Evidence.Supplements;

/// <summary>
/// Whether the certificates of a receipt's signer were in force when it signed, by what their issuers said. A certificate that is good later was good
/// before, because no revocation is taken back; one that was revoked leaves standing what is shown to be older (RFC 5280 §5, RFC 6960 §2.2).
/// </summary>
internal static class RevocationClaim
{
    /// <param name="seen">Times by which trusted others had seen a head that holds the receipt.</param>
    /// <returns>Null where the supplement carries no answer.</returns>
    public static ReceiptCheck? Of(ReceiptParts receipt, Supplement supplement, IEnumerable<DateTimeOffset> seen, TrustedParties trusted)
    {
        var answers = supplement.Heads.SelectMany(head => head.Revocation).ToList();
        if (answers.Count == 0 || !Checkpoint.TryParse(receipt.Checkpoint, out var own)) return null;
        var proven = seen.Cast<DateTimeOffset?>().Min();
        var said = new List<RevocationAnswer?>();
        for (var i = 0; i + 1 < receipt.Chain.Count; i++) said.Add(NewestOf(answers, receipt.Chain[i], receipt.Chain[i + 1]));
        if (said.Where(answer => answer?.Status == RevocationStatus.Revoked).Min(answer => answer!.RevokedAt) is { } revoked) return Revoked(revoked, proven);
        if (said.Count == 0 || !said.All(answer => answer is { Status: RevocationStatus.Good } && answer.Covers(own.Time)))
        {
            return new ReceiptCheck("revocation", CheckOutcome.NotChecked, "What issuers said of the signer's certificates does not reach the time of signing: ask again later.", "Chưa có trả lời về thu hồi chứng thư cho thời điểm ký: hãy lấy lại tệp bổ sung sau.");
        }
        var until = VietnamTime.Write(said.Min(answer => answer!.ThisUpdate));
        return new ReceiptCheck(
            "revocation", trusted.Hubs is null ? CheckOutcome.NotChecked : CheckOutcome.Passed,
            $"Their issuers said at {until} that the signer's certificates are not revoked.", $"Đơn vị cấp xác nhận lúc {until}: chứng thư ký chưa bị thu hồi.");
    }

    private static ReceiptCheck Revoked(DateTimeOffset at, DateTimeOffset? proven) => proven < at
        ? new ReceiptCheck("revocation", CheckOutcome.Passed,
            $"The signer's certificate was revoked at {VietnamTime.Write(at)}; this receipt is shown to be older.", $"Chứng thư ký bị thu hồi lúc {VietnamTime.Write(at)}; biên nhận này được chứng minh có trước.")
        : new ReceiptCheck("revocation", CheckOutcome.Unproven,
            $"The signer's certificate was revoked at {VietnamTime.Write(at)}, and nothing shows that this receipt is older.", $"Chứng thư ký bị thu hồi lúc {VietnamTime.Write(at)} và không có gì chứng minh biên nhận này có trước đó.");

    private static RevocationAnswer? NewestOf(IReadOnlyList<byte[]> answers, byte[] certificate, byte[] issuer)
    {
        try
        {
            using var about = X509CertificateLoader.LoadCertificate(certificate);
            using var by = X509CertificateLoader.LoadCertificate(issuer);
            return answers.Select(bytes => OcspAnswer.ReadKept(bytes, about, by) ?? RevocationList.ReadKept(bytes, about, by)).Where(answer => answer is not null).MaxBy(answer => answer!.ThisUpdate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Said after that time, or current at it.</summary>
    private static bool Covers(this RevocationAnswer answer, DateTimeOffset time) => answer.ThisUpdate >= time || answer.NextUpdate >= time;
}
