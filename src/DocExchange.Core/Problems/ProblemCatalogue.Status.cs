namespace DocExchange.Core.Problems;

// 70xx: statuses, and packages that act on an earlier document.
public static partial class ProblemCatalogue
{
    public static readonly ProblemKind StatusDocumentUnknown = new("DX-7001", "Status of an unknown document", ProblemStep.BusinessRules, ProblemFamily.Mismatch,
        "The hub knows no document {value} between these two organisations.",
        "Hệ thống không có văn bản {value} giữa hai cơ quan này.",
        "Write the document's id into ResponseFor/DocumentId exactly as it was received.",
        "Ghi mã định danh văn bản vào ResponseFor/DocumentId đúng như khi nhận được.");

    public static readonly ProblemKind StatusCodeNotAllowed = new("DX-7002", "Status code not allowed", ProblemStep.Values, ProblemFamily.Mismatch,
        "The status code {value} is not one of {limit}.",
        "Mã trạng thái {value} không thuộc các mã {limit}.",
        "Use one of the listed codes.",
        "Sử dụng một trong các mã đã nêu.");

    public static readonly ProblemKind StatusReasonMissing = new("DX-7003", "Refusal without a reason", ProblemStep.Values, ProblemFamily.Missing,
        "Status {value} needs a reason in {path} (QĐ 28/2018 art. 5.4).",
        "Trạng thái {value} phải nêu lý do tại {path} (khoản 4 Điều 5 Quyết định 28/2018/QĐ-TTg).",
        "Write the reason into Description.",
        "Ghi rõ lý do vào Description.");

    public static readonly ProblemKind StatusStepImpossible = new("DX-7004", "Status cannot follow", ProblemStep.BusinessRules, ProblemFamily.Mismatch,
        "Status {value} cannot follow the present state ({limit}).",
        "Trạng thái {value} không thể tiếp theo trạng thái hiện tại ({limit}).",
        "Look up the document's present state; docs/statuses.md lists what may follow.",
        "Tra cứu trạng thái hiện tại của văn bản; docs/statuses.md nêu các trạng thái được phép tiếp theo.");

    public static readonly ProblemKind NotEntitledToDocument = new("DX-7005", "Acting on another body's document", ProblemStep.BusinessRules, ProblemFamily.Mismatch,
        "{value} may not do this: only the sender of a document may recall, update or replace it, and only one who received it may report on it.",
        "{value} không có quyền thực hiện: chỉ cơ quan gửi văn bản được lấy lại, cập nhật hoặc thay thế văn bản, và chỉ cơ quan đã nhận văn bản được báo trạng thái.",
        "Check the document id and the organisation in From/OrganId.",
        "Kiểm tra mã định danh văn bản và cơ quan tại From/OrganId.");

    public static readonly ProblemKind BusinessDocumentUnknown = new("DX-7006", "Earlier document unknown", ProblemStep.BusinessRules, ProblemFamily.Mismatch,
        "The document {value} named in {path} was not sent through this hub by this sender.",
        "Văn bản {value} nêu tại {path} không phải do cơ quan này gửi qua hệ thống.",
        "Name the document by the id under which it was sent.",
        "Nêu văn bản bằng đúng mã định danh đã dùng khi gửi.");

    public static readonly ProblemKind StatusNamesSeveralDocuments = new("DX-7007", "Status names several documents", ProblemStep.Values, ProblemFamily.Mismatch,
        "A status speaks of one document, but the package has {value} ResponseFor elements.",
        "Mỗi gói tin trạng thái chỉ nói về một văn bản, nhưng gói tin có {value} phần tử ResponseFor.",
        "Send one status package per document.",
        "Gửi riêng một gói tin trạng thái cho mỗi văn bản.");
}
