namespace DocExchange.Core.Problems;

// 22xx: values in the header of a well-formed package.
public static partial class ProblemCatalogue
{
    public static readonly ProblemKind ElementMissing = new("DX-2201", "Mandatory element missing", ProblemStep.Values, ProblemFamily.Missing,
        "{path} is missing or empty.",
        "Thiếu {path} hoặc để trống.",
        "Fill in {path} and send the package again.",
        "Điền {path} rồi gửi lại gói tin.");

    public static readonly ProblemKind ValueTooLong = new("DX-2202", "Value too long", ProblemStep.Values, ProblemFamily.Range,
        "{path} is longer than {limit} characters.",
        "{path} dài quá {limit} ký tự.",
        "Shorten {path} to {limit} characters; the hub never cuts texts itself.",
        "Rút gọn {path} còn tối đa {limit} ký tự; hệ thống không tự cắt bớt nội dung.");

    public static readonly ProblemKind DateUnreadable = new("DX-2203", "Date unreadable or not existing", ProblemStep.Values, ProblemFamily.Type,
        "{path} is not a date that exists: {value}.",
        "{path} không phải là ngày hợp lệ: {value}.",
        "Write {path} as {limit}.",
        "Ghi {path} theo định dạng {limit}.");

    public static readonly ProblemKind DateInFuture = new("DX-2204", "Date of issue in the future", ProblemStep.Values, ProblemFamily.Mismatch,
        "{path} lies in the future: {value}; today is {limit}.",
        "{path} là ngày trong tương lai: {value}; hôm nay là ngày {limit}.",
        "Correct the date of issue, or send the document on the day it bears; check the clock of the sending system.",
        "Sửa ngày ban hành hoặc gửi văn bản vào đúng ngày ghi trên văn bản; kiểm tra đồng hồ của hệ thống gửi.");

    public static readonly ProblemKind ValueNotAllowed = new("DX-2205", "Value not allowed", ProblemStep.Values, ProblemFamily.Mismatch,
        "{path} has the value {value}; allowed: {limit}.",
        "{path} có giá trị {value}; giá trị cho phép: {limit}.",
        "Use one of the allowed values, or leave {path} out where it is optional.",
        "Sử dụng một trong các giá trị cho phép, hoặc bỏ {path} nếu không bắt buộc.");

    public static readonly ProblemKind OrganCodeMalformed = new("DX-2206", "Not an organisation code", ProblemStep.Values, ProblemFamily.Range,
        "{path} is not an organisation code: {value}.",
        "{path} không phải là mã định danh cơ quan, tổ chức: {value}.",
        "Write the code as issued: at most four groups of letters and digits separated by dots, 35 characters in all.",
        "Ghi đúng mã đã được cấp: tối đa bốn nhóm chữ cái và chữ số, phân cách bằng dấu chấm, không quá 35 ký tự.");

    public static readonly ProblemKind BusinessObjectMissing = new("DX-2207", "Business package without its document", ProblemStep.BusinessRules, ProblemFamily.Missing,
        "A package with BussinessDocType {value} must name the document it acts on in {path}.",
        "Gói tin có BussinessDocType {value} phải nêu văn bản được tác động tại {path}.",
        "Write the id of the earlier document into {path}; send a new document with BussinessDocType 0.",
        "Ghi mã định danh của văn bản trước đó vào {path}; nếu là văn bản mới thì đặt BussinessDocType là 0.");

    public static readonly ProblemKind AttachmentNameTooLong = new("DX-2208", "Attachment name too long", ProblemStep.Attachments, ProblemFamily.Range,
        "The name of attachment {value} is longer than {limit} characters.",
        "Tên tệp đính kèm {value} dài quá {limit} ký tự.",
        "Shorten the file name.",
        "Rút gọn tên tệp.");

    public static readonly ProblemKind AttachmentNameUnsafe = new("DX-2209", "Attachment name not acceptable", ProblemStep.Attachments, ProblemFamily.Range,
        "The attachment name {value} holds {limit}, which no file name may.",
        "Tên tệp đính kèm {value} chứa {limit}, không được chấp nhận.",
        "Give the file a plain name without folders, control characters or reserved device names.",
        "Đặt tên tệp thông thường, không chứa đường dẫn thư mục, ký tự điều khiển hoặc tên thiết bị dành riêng.");

    /// <summary>Names neither field value nor document: the refusal of a secret document must not repeat anything of it.</summary>
    public static readonly ProblemKind SecrecyMark = new("DX-2290", "Marked secret", ProblemStep.Secrecy, ProblemFamily.Mismatch,
        "The package bears a mark of state secrecy; documents of state secrecy must not be sent through this system (QĐ 28/2018 art. 1.2). Nothing was stored.",
        "Gói tin mang dấu chỉ độ mật; văn bản chứa bí mật nhà nước không được gửi qua hệ thống này (khoản 2 Điều 1 Quyết định 28/2018/QĐ-TTg). Không có nội dung nào được lưu.",
        "Send it by the way prescribed for state secrets; remove the mark only when it was set by mistake.",
        "Gửi theo quy định của pháp luật về bảo vệ bí mật nhà nước; chỉ bỏ dấu độ mật nếu ghi nhầm.");
}
