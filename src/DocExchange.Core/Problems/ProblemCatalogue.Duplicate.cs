namespace DocExchange.Core.Problems;

// 50xx: the same document again, but not the same.
public static partial class ProblemCatalogue
{
    public static readonly ProblemKind DocumentIdTaken = new("DX-5001", "Document id used for other content", ProblemStep.Duplicate, ProblemFamily.Mismatch,
        "The document id {value} was already used by this sender for a package with other content.",
        "Mã định danh văn bản {value} đã được cơ quan gửi này sử dụng cho gói tin có nội dung khác.",
        "Give the document an id of its own; to change a sent document, send an update (BussinessDocType 2) or a replacement (3).",
        "Cấp mã định danh riêng cho văn bản; để thay đổi văn bản đã gửi, hãy gửi gói tin cập nhật (BussinessDocType 2) hoặc thay thế (3).");

    public static readonly ProblemKind CodeTaken = new("DX-5002", "Number and notation used in this year", ProblemStep.Duplicate, ProblemFamily.Mismatch,
        "Number and notation {value} were already used by this organisation in {limit} under another document id.",
        "Số và ký hiệu {value} đã được cơ quan này sử dụng trong năm {limit} với mã định danh văn bản khác.",
        "Correct number or notation; your organisation has chosen to refuse repeated ones.",
        "Sửa số hoặc ký hiệu văn bản; cơ quan đã chọn từ chối số, ký hiệu trùng lặp.");
}
