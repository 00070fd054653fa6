namespace DocExchange.Core.Problems;

// 004x: messages of SOAP, before and around the package they carry.
public static partial class ProblemCatalogue
{
    public static readonly ProblemKind SoapVersionUnknown = new("DX-0040", "Not a SOAP envelope", ProblemStep.Structure, ProblemFamily.Type,
        "The message is not an envelope of SOAP 1.1 or 1.2: its root is {value}.",
        "Thông điệp không phải là phong bì SOAP 1.1 hoặc 1.2: phần tử gốc là {value}.",
        "Send a SOAP envelope; the description under ?wsdl says what belongs into it.",
        "Gửi phong bì SOAP theo mô tả tại ?wsdl.");

    public static readonly ProblemKind SoapHeaderNotUnderstood = new("DX-0041", "A mandatory SOAP header is not understood", ProblemStep.Structure, ProblemFamily.Mismatch,
        "The header {value} must be understood, and this hub does not know it.",
        "Tiêu đề {value} được đánh dấu bắt buộc phải hiểu nhưng trục này không biết.",
        "Leave the header out, or send it without mustUnderstand if the call means the same without it.",
        "Bỏ tiêu đề này hoặc gửi không kèm mustUnderstand nếu không làm thay đổi ý nghĩa của yêu cầu.");

    public static readonly ProblemKind SoapActionDiffers = new("DX-0042", "SOAP action and body differ", ProblemStep.Structure, ProblemFamily.Mismatch,
        "{path} says {value}, the body asks for {limit}.",
        "{path} ghi {value}, nhưng phần thân yêu cầu {limit}.",
        "Send the action of the operation that stands in the body, or none.",
        "Gửi đúng action của chức năng nêu trong phần thân, hoặc không gửi.");

    public static readonly ProblemKind SoapOperationUnknown = new("DX-0043", "Operation not known", ProblemStep.Structure, ProblemFamily.Mismatch,
        "This address has no operation {value}; it has: {limit}.",
        "Địa chỉ này không có chức năng {value}; các chức năng hiện có: {limit}.",
        "Use the operations and namespaces of the description under ?wsdl.",
        "Dùng các chức năng và không gian tên trong mô tả tại ?wsdl.");

    public static readonly ProblemKind MultipartUnsound = new("DX-0044", "Multipart message unsound", ProblemStep.Structure, ProblemFamily.Mismatch,
        "The multipart message is not what it announces, or was cut off: {path}.",
        "Thông điệp nhiều phần không đúng như khai báo hoặc bị cắt ngang: {path}.",
        "Send the root part first, every part with a Content-ID of its own, and the closing boundary after the last.",
        "Gửi phần gốc trước tiên, mỗi phần có Content-ID riêng và kết thúc bằng dấu phân cách đóng.");

    public static readonly ProblemKind MessagePartMissing = new("DX-0045", "Reference and parts do not fit", ProblemStep.Structure, ProblemFamily.Missing,
        "The message refers to the part {limit}, but carries {value}.",
        "Thông điệp tham chiếu đến phần {limit}, nhưng lại mang theo {value}.",
        "Send exactly the parts the message refers to, each under the Content-ID it is referred to by.",
        "Gửi đúng các phần được tham chiếu, mỗi phần với Content-ID tương ứng.");

    public static readonly ProblemKind ReplyAddressForbidden = new("DX-0046", "Replies go to the caller only", ProblemStep.Structure, ProblemFamily.Mismatch,
        "{path} names the address {value}; this hub answers on the connection a request came by and nowhere else.",
        "{path} nêu địa chỉ {value}; trục chỉ trả lời trên chính kết nối của yêu cầu.",
        "Leave {path} out, or write the anonymous address into it.",
        "Bỏ {path} hoặc ghi địa chỉ anonymous.");

    public static readonly ProblemKind MessageNotFresh = new("DX-0047", "Message not fresh", ProblemStep.Authenticity, ProblemFamily.Range,
        "{path} is missing, lies outside the allowed {limit}, or was used before.",
        "{path} bị thiếu, nằm ngoài khoảng thời gian cho phép {limit} hoặc đã được sử dụng.",
        "Set the clock of the calling system, and make a new time stamp and nonce for every message.",
        "Đặt lại đồng hồ của hệ thống gọi và tạo dấu thời gian, nonce mới cho mỗi thông điệp.");

    public static readonly ProblemKind MessageBeforeStart = new("DX-0051", "Message made before the hub started", ProblemStep.Authenticity, ProblemFamily.Range,
        "{path} was made before the hub was started a short while ago, so it cannot be told whether the message was used already.",
        "{path} được tạo trước khi hệ thống khởi động lại, nên không thể biết thông điệp đã được sử dụng hay chưa.",
        "Send the message again with a new time stamp and a new nonce or signature.",
        "Gửi lại thông điệp với dấu thời gian mới và nonce hoặc chữ ký mới.");

    public static readonly ProblemKind MessageSignatureUnsound = new("DX-0048", "Signature of the message unsound", ProblemStep.Authenticity, ProblemFamily.Mismatch,
        "The message's signature cannot be relied on: {path}.",
        "Không thể tin cậy chữ ký của thông điệp: {path}.",
        "Sign the Body and the Timestamp of the envelope that is sent, and nothing else, as the documentation of this interface shows.",
        "Ký phần Body và Timestamp của chính phong bì được gửi theo tài liệu của giao diện này.");

    public static readonly ProblemKind SoapEnvelopeTooLarge = new("DX-0049", "SOAP envelope too large", ProblemStep.Size, ProblemFamily.Range,
        "The envelope without its package is larger than {limit} bytes.",
        "Phong bì không kể gói tin lớn hơn {limit} byte.",
        "Send the package where it belongs, best as a part of its own (MTOM), and leave out what the operation does not need.",
        "Gửi gói tin đúng vị trí, tốt nhất là một phần riêng (MTOM), và bỏ nội dung không cần thiết.");

    public static readonly ProblemKind SoapPackageUnreadable = new("DX-0050", "Package element unreadable", ProblemStep.Structure, ProblemFamily.Type,
        "The package is neither base64 text nor a reference to a part of the message.",
        "Gói tin không phải là văn bản base64 và cũng không phải tham chiếu đến một phần của thông điệp.",
        "Write the package as xs:base64Binary, or let the SOAP library send it as MTOM.",
        "Ghi gói tin dưới dạng xs:base64Binary hoặc để thư viện SOAP gửi theo MTOM.");
}
