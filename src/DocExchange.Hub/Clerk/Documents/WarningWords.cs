using DocExchange.Core.Packages;

namespace DocExchange.Hub.Clerk.Documents;

/// <summary>What was tolerated in a package, in a sentence. Deviations of form that mean nothing to a clerk share one.</summary>
internal static class WarningWords
{
    public static IEnumerable<string> Of(Visit visit, IEnumerable<PackageWarning> warnings) => warnings.Select(w => Of(visit, w)).Distinct();

    private static string Of(Visit visit, PackageWarning warning) => warning.Code switch
    {
        "number-used-before" => visit.Say($"Số, ký hiệu {warning.Value} đã được cơ quan này dùng trong cùng năm.", $"This agency used {warning.Value} before in the same year."),
        "variant-of-known-document" => visit.Say("Đã có một văn bản cùng mã với nội dung khác.", "Another document with the same id has other content."),
        "earlier-document-unknown" => visit.Say("Hệ thống chưa có văn bản được nhắc tới.", "The document it speaks of is not known here."),
        "recipient-system-suspended" => visit.Say($"Hệ thống của nơi nhận {warning.Value} đang tạm ngừng; văn bản chờ tại trục.", $"The system of {warning.Value} is suspended; the document waits at the hub."),
        "status-of-unknown-document" => visit.Say("Trạng thái đến trước văn bản.", "The status came before the document."),
        "forwarded-to-successor" => visit.Say($"Nơi nhận {warning.Value} đã được thay bằng cơ quan kế thừa.", $"The recipient {warning.Value} was replaced by its successor."),
        "name-content-mismatch" => visit.Say($"Tên tệp {warning.Value} không khớp với nội dung của tệp.", $"The file name {warning.Value} does not fit its content."),
        "not-scanned" => visit.Say("Khi tiếp nhận, các tệp chưa được quét mã độc.", "When it came, its files could not be scanned for malware."),
        "secrecy-not-checked" => visit.Say($"Tệp {warning.Value} quá lớn hoặc quá phức tạp nên chưa kiểm tra hết dấu chỉ độ mật ở trang đầu.", $"The file {warning.Value} is too large or too involved: its first page was not searched to the end for marks of secrecy."),
        "recall-without-reason" => visit.Say("Thu hồi không nêu lý do.", "The recall gives no reason."),
        "one-organisation-two-codes" => visit.Say("Một cơ quan được ghi bằng hai mã.", "One organisation is written with two codes."),
        "unverifiable-signature" => visit.Say("Chữ ký của gói tin không kiểm tra được.", "The package's own signature cannot be verified."),
        "invalid-signature" => visit.Say("Chữ ký của gói tin không khớp với nội dung.", "The package's own signature does not fit its content."),
        "placeholder-signature" => visit.Say("Gói tin không có chữ ký số thật.", "The package carries no real signature."),
        "number-differs-from-document-id" => visit.Say("Số, ký hiệu khác với mã văn bản.", "Number and notation differ from the document id."),
        "due-date-before-date" => visit.Say("Hạn xử lý trước ngày ban hành.", "The due date is before the date of issue."),
        "text-too-long" or "description-long" => visit.Say("Có trường dài hơn quy định.", "A field is longer than the standard allows."),
        _ => visit.Say($"Gói tin khác quy định về hình thức ({warning.Code}).", $"The package deviates in form ({warning.Code})."),
    };
}
