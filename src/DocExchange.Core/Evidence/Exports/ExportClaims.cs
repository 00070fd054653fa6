using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>What is said of each claim of an export, in both languages.</summary>
internal static class ExportClaims
{
    public static ReceiptCheck Format(string english, string vietnamese) => new("format", CheckOutcome.Failed, $"The file is not a whole export: {english}.", $"Tệp xuất không nguyên vẹn: {vietnamese}.");

    public static ReceiptCheck WellFormed() => new("format", CheckOutcome.Passed, $"The file is an export of format {ExportFormat.Name}.", $"Tệp là bản xuất theo định dạng {ExportFormat.Name}.");

    public static ReceiptCheck Head(SignedHead head, X509Certificate2Collection? roots, string? fault)
    {
        var size = head.Checkpoint.Size;
        return fault is not null
            ? new ReceiptCheck("head", CheckOutcome.Failed, $"The head of {size} entries proves nothing: {fault}.", $"Điểm kiểm tra {size} mục không chứng minh được gì.")
            : new ReceiptCheck(
                "head", roots is null ? CheckOutcome.NotChecked : CheckOutcome.Passed,
                $"The head of {size} entries of {head.Checkpoint.Origin} was signed at {VietnamTime.Write(head.Checkpoint.Time)}{(roots is null ? "; by whom was not checked" : "")}.",
                $"Điểm kiểm tra {size} mục của {head.Checkpoint.Origin} được ký lúc {VietnamTime.Write(head.Checkpoint.Time)}{(roots is null ? "; chưa đối chiếu bên ký" : "")}.");
    }

    public static ReceiptCheck Log(long from, Checkpoint end, string? fault) => fault is null
        ? new ReceiptCheck("log", CheckOutcome.Passed, $"All entries from {from} to {end.Size - 1} are here, none altered, moved or added.", $"Đủ các mục từ {from} đến {end.Size - 1}, không mục nào bị sửa, chuyển hay thêm.")
        : new ReceiptCheck("log", CheckOutcome.Failed, char.ToUpperInvariant(fault[0]) + fault[1..] + ".", "Các mục không cho ra giá trị gốc đã ký: có mục bị sửa, bỏ, thêm hoặc chuyển chỗ.");

    public static ReceiptCheck Complete(string filter, long shown, long withheld) => withheld > 0 && !ExportFilter.TextSelects(filter)
        ? new ReceiptCheck("complete", CheckOutcome.Failed, $"{withheld} entries are withheld, though the export says that it leaves nothing out.", $"{withheld} mục bị giữ lại dù tệp xuất nói không bỏ gì.")
        : new ReceiptCheck(
            "complete", CheckOutcome.Passed,
            withheld == 0 ? $"{shown} events, nothing left out." : $"{shown} events; {withheld} others, left out by \"{filter}\", are here as hashes.",
            withheld == 0 ? $"{shown} sự kiện, không bỏ sót." : $"{shown} sự kiện; {withheld} mục khác không thuộc \"{filter}\" có mặt dưới dạng mã băm.");

    /// <summary>Entries from before this log began are another log's, and the reader holds nothing of its end.</summary>
    public static ReceiptCheck PastElsewhere(LogBefore before) => new(
        "before", CheckOutcome.NotChecked,
        $"This log goes on from {before.Origin}{(before.Size is { } size ? $" at {size} entries" : ", whose end was not known")}: what happened before is not in this file. Take that one with --log {before.Tag}.",
        $"Nhật ký này nối tiếp {before.Origin}{(before.Size is { } known ? $" từ mục {known}" : ", chưa rõ điểm cuối")}: những gì trước đó không có trong tệp này. Hãy xuất nhật ký ấy bằng --log {before.Tag}.");

    public static ReceiptCheck KnownPast(LogBefore before, string name) => new(
        "before", CheckOutcome.Passed,
        $"This log goes on from {before.Origin} at the {before.Size} entries that {name} fixes.", $"Nhật ký này nối tiếp {before.Origin} tại đúng {before.Size} mục mà {name} xác nhận.");

    public static ReceiptCheck OtherPast(LogBefore before, string name) => new(
        "before", CheckOutcome.Failed,
        $"This log says that it goes on from {before.Origin} at {before.Size} entries, but those are not the entries that {name} fixes: that log was rewritten.",
        $"Nhật ký này ghi là nối tiếp {before.Origin} tại {before.Size} mục, nhưng không khớp với {name}: nhật ký ấy đã bị viết lại.");

    public static ReceiptCheck LostPast(LogBefore before, string name) => new(
        "held", CheckOutcome.NotChecked,
        $"{name} is of {before.Origin} behind its entry {before.Size - 1}: the entries from {before.Size} on were lost in the restore that began this log. What it proves stands.",
        $"{name} thuộc {before.Origin}, sau mục {before.Size - 1}: các mục từ {before.Size} đã mất khi khôi phục. Điều nó chứng minh vẫn có giá trị.");

    public static ReceiptCheck Batches(long count, string? fault) => fault is null
        ? new ReceiptCheck("batches", CheckOutcome.Passed, $"The signatures of all {count} batches are genuine.", $"Chữ ký của cả {count} lô đều hợp lệ.")
        : new ReceiptCheck("batches", CheckOutcome.Failed, $"A batch was not signed by the hub: {fault}.", "Có lô không do trục ký.");

    public static ReceiptCheck Seal(ExportLine.Seal seal, byte[] digest, long shown, long withheld, X509Certificate2Collection? roots)
    {
        var text = ExportSeal.TryParse(seal.Text);
        var fault = text is null ? "it is not well formed"
            : !text.Digest.AsSpan().SequenceEqual(digest) || text.Shown != shown || text.Withheld != withheld ? "the file is not the one that was sealed"
            : HeadCheck.SignatureFault(seal.Text, seal.Signature, seal.Chain, text.Time, roots);
        return fault is not null
            ? new ReceiptCheck("seal", CheckOutcome.Failed, $"The seal is broken: {fault}.", "Niêm phong bị phá: tệp không còn như khi được niêm phong.")
            : new ReceiptCheck(
                "seal", roots is null ? CheckOutcome.NotChecked : CheckOutcome.Passed,
                $"The file is the one that was sealed at {VietnamTime.Write(text!.Time)}{(roots is null ? "; by whom was not checked" : "")}.",
                $"Tệp đúng như khi niêm phong lúc {VietnamTime.Write(text.Time)}{(roots is null ? "; chưa đối chiếu bên ký" : "")}.");
    }
}
