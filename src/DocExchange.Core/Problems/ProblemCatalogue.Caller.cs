namespace DocExchange.Core.Problems;

// 00xx: who calls, with what credentials, and whether the request is what was signed.
public static partial class ProblemCatalogue
{
    /// <summary>One text for an unknown system and a wrong secret, so that nobody learns which systems exist.</summary>
    public static readonly ProblemKind CallerNotAuthentic = new("DX-0001", "Caller not authentic", ProblemStep.Authenticity, ProblemFamily.Mismatch,
        "The system id or the request's signature is not valid.",
        "Mã hệ thống hoặc chữ ký của yêu cầu không hợp lệ.",
        "Check the system id and the secret with the hub's operator, and sign exactly the text that is sent in the sign-header.",
        "Kiểm tra mã hệ thống và khóa bí mật với đơn vị vận hành trục, và ký đúng nội dung gửi trong tiêu đề sign-header.");

    public static readonly ProblemKind CredentialsMissing = new("DX-0002", "No credentials", ProblemStep.Authenticity, ProblemFamily.Missing,
        "The request carries no credentials.",
        "Yêu cầu không kèm thông tin xác thực.",
        "Send the system id, the signed header text and its signature with every request.",
        "Gửi kèm mã hệ thống, nội dung tiêu đề đã ký và chữ ký trong mọi yêu cầu.");

    public static readonly ProblemKind SignedHeadersUnsound = new("DX-0003", "Signed headers changed or ambiguous", ProblemStep.Authenticity, ProblemFamily.Mismatch,
        "The header {path} does not agree with the signed header text, is missing from it, or stands in it more than once.",
        "Tiêu đề {path} không khớp với nội dung tiêu đề đã ký, không có trong nội dung đã ký hoặc xuất hiện nhiều lần.",
        "Sign one JSON object that names each header once, and send the headers with exactly the signed values.",
        "Ký một đối tượng JSON duy nhất, mỗi tiêu đề chỉ nêu một lần, và gửi các tiêu đề với đúng giá trị đã ký.");

    public static readonly ProblemKind HeaderNotAscii = new("DX-0004", "Header value not ASCII", ProblemStep.Authenticity, ProblemFamily.Type,
        "The header {path} holds characters outside ASCII, so its signature cannot be verified; the description must be ASCII.",
        "Tiêu đề {path} chứa ký tự ngoài bảng mã ASCII nên không thể xác minh chữ ký; phần mô tả phải dùng ký tự ASCII.",
        "Write header values in ASCII (Vietnamese without marks), or send the text in a status package instead.",
        "Ghi giá trị tiêu đề bằng ký tự ASCII (tiếng Việt không dấu) hoặc gửi nội dung đó trong gói tin trạng thái.");

    public static readonly ProblemKind SenderIsNotTheCaller = new("DX-0005", "Sender is not the caller", ProblemStep.Sender, ProblemFamily.Mismatch,
        "The sending organisation {value} is neither the organisation of the calling system nor one of its units.",
        "Cơ quan gửi {value} không phải là cơ quan đã đăng ký của hệ thống gọi và cũng không phải đơn vị trực thuộc.",
        "Send with the system registered for this organisation, or correct From/OrganId.",
        "Gửi bằng hệ thống đã đăng ký cho cơ quan này hoặc sửa lại From/OrganId.");

    public static readonly ProblemKind FromHeaderDiffers = new("DX-0006", "Request and package name different senders", ProblemStep.Sender, ProblemFamily.Mismatch,
        "The request names the sender {value}, the package names {limit}.",
        "Yêu cầu nêu cơ quan gửi là {value}, nhưng gói tin nêu là {limit}.",
        "Write the same organisation code into the request and into From/OrganId.",
        "Ghi cùng một mã định danh cơ quan trong yêu cầu và trong From/OrganId.");

    public static readonly ProblemKind HashDoesNotMatch = new("DX-0007", "Content hash missing or different", ProblemStep.Hash, ProblemFamily.Mismatch,
        "The signed hash of the file is missing or is not the hash of the bytes that arrived.",
        "Thiếu mã băm đã ký của tệp tin hoặc mã băm không khớp với dữ liệu nhận được.",
        "Compute SHA-256 over the bytes that are sent, sign it with the headers, and send the file again.",
        "Tính SHA-256 trên đúng dữ liệu được gửi, ký cùng các tiêu đề rồi gửi lại tệp tin.");

    public static readonly ProblemKind ProtocolWordUnknown = new("DX-0008", "Unknown protocol word", ProblemStep.Structure, ProblemFamily.Mismatch,
        "{path} has the value {value}; allowed: {limit}.",
        "{path} có giá trị {value}; giá trị cho phép: {limit}.",
        "Use one of the allowed values.",
        "Sử dụng một trong các giá trị cho phép.");

    public static readonly ProblemKind MessageKindDiffers = new("DX-0009", "Announced kind is not the package's kind", ProblemStep.Structure, ProblemFamily.Mismatch,
        "The request announces {value}, the package is {limit}.",
        "Yêu cầu khai báo loại {value}, nhưng gói tin thuộc loại {limit}.",
        "Set messagetype to edoc for a document and to status for a status package.",
        "Đặt messagetype là edoc đối với văn bản và status đối với gói tin trạng thái.");

    public static readonly ProblemKind RateExceeded = new("DX-0010", "Too many requests", ProblemStep.Authenticity, ProblemFamily.Range,
        "More requests arrived than this system may send; nothing of this one was taken.",
        "Số yêu cầu vượt mức cho phép đối với hệ thống này; yêu cầu chưa được tiếp nhận.",
        "Wait and send the same request again; ask the operator when the limit is too low for regular work.",
        "Chờ rồi gửi lại đúng yêu cầu này; liên hệ đơn vị vận hành nếu hạn mức không đủ cho công việc thường xuyên.");

    public static readonly ProblemKind CallerSuspended = new("DX-0011", "System suspended", ProblemStep.Authenticity, ProblemFamily.Mismatch,
        "The calling system is suspended.",
        "Hệ thống gọi đang bị tạm ngừng kết nối.",
        "Ask the hub's operator why and until when.",
        "Liên hệ đơn vị vận hành trục để biết lý do và thời hạn.");

    public static readonly ProblemKind RequestIncomplete = new("DX-0012", "Request incomplete", ProblemStep.Structure, ProblemFamily.Missing,
        "The request lacks {path}, or what it holds there cannot be read.",
        "Yêu cầu thiếu {path} hoặc nội dung tại đó không đọc được.",
        "Complete the request as the documentation of this operation shows.",
        "Bổ sung yêu cầu theo tài liệu mô tả của chức năng này.");

    public static readonly ProblemKind OutsideOwnTree = new("DX-0013", "Organisation outside the caller's own", ProblemStep.Sender, ProblemFamily.Mismatch,
        "The organisation {value} does not belong to the organisation of the calling system.",
        "Cơ quan, đơn vị {value} không trực thuộc cơ quan của hệ thống gọi.",
        "Act only for your own organisation and its units; ask the operator for anything else.",
        "Chỉ thực hiện đối với cơ quan mình và các đơn vị trực thuộc; các trường hợp khác đề nghị đơn vị vận hành.");

    public static readonly ProblemKind HeadersTooLarge = new("DX-0014", "Request headers too large", ProblemStep.Authenticity, ProblemFamily.Range,
        "The request headers are larger than {limit}.",
        "Phần tiêu đề của yêu cầu lớn hơn {limit}.",
        "Send long texts in the package, not in headers.",
        "Gửi nội dung dài trong gói tin, không đặt trong tiêu đề.");

    public static readonly ProblemKind RequestUnreadable = new("DX-0015", "Request cannot be read", ProblemStep.Structure, ProblemFamily.Type,
        "The request is not a request of this protocol.",
        "Yêu cầu không đúng giao thức.",
        "Check address, method and format against the documentation.",
        "Kiểm tra địa chỉ, phương thức và định dạng theo tài liệu.");

    public static readonly ProblemKind SignatureClassRefused = new("DX-0061", "Package signature not accepted", ProblemStep.BusinessRules, ProblemFamily.Mismatch,
        "The package's signature is {value}, which this hub does not accept from this sender.",
        "Chữ ký của gói tin thuộc loại {value}, trục không chấp nhận từ đơn vị gửi này.",
        "Sign the package with a certificate on the hub's trust list, or ask the operator which classes are agreed for you.",
        "Ký gói tin bằng chứng thư số trong danh sách tin cậy của trục, hoặc hỏi đơn vị vận hành loại chữ ký đã thỏa thuận.");

    public static readonly ProblemKind SenderEnded = new("DX-0016", "Sender no longer exists", ProblemStep.Sender, ProblemFamily.Mismatch,
        "The sending organisation {value} ended on {limit}.",
        "Cơ quan gửi {value} đã ngừng hoạt động từ ngày {limit}.",
        "Send in the name of the organisation that took over its tasks, or ask the hub's operator to correct the directory.",
        "Gửi dưới tên cơ quan đã tiếp nhận nhiệm vụ, hoặc đề nghị đơn vị vận hành trục sửa danh mục.");

    public static readonly ProblemKind RequestKeyTaken = new("DX-0017", "Idempotency key used for another request", ProblemStep.Duplicate, ProblemFamily.Mismatch,
        "The key {value} was used before for a request with other content.",
        "Khóa {value} đã được dùng cho một yêu cầu có nội dung khác.",
        "Use a new key for every new request, and the same key only to repeat a request unchanged.",
        "Dùng khóa mới cho mỗi yêu cầu mới; chỉ dùng lại khóa cũ khi gửi lại nguyên vẹn yêu cầu đó.");

    public static readonly ProblemKind UploadOffsetDiffers = new("DX-0018", "Upload goes on elsewhere", ProblemStep.Structure, ProblemFamily.Mismatch,
        "The upload holds {limit} bytes, the request goes on at {value}.",
        "Phần đã tải lên có {limit} byte, nhưng yêu cầu tiếp tục từ vị trí {value}.",
        "Ask for the offset with HEAD and go on from there.",
        "Hỏi vị trí hiện tại bằng HEAD rồi tiếp tục từ vị trí đó.");

    public static readonly ProblemKind SettingsRefused = new("DX-0019", "Settings not taken", ProblemStep.Values, ProblemFamily.Range,
        "The settings cannot be used and the old ones stay: {limit}.",
        "Không thể áp dụng cấu hình mới, cấu hình cũ được giữ nguyên: {limit}.",
        "Correct the named settings and read them again.",
        "Sửa các mục cấu hình được nêu rồi nạp lại.");

    public static readonly ProblemKind DialectNotAllowed = new("DX-0024", "Dialect switched off for this system", ProblemStep.Authenticity, ProblemFamily.Mismatch,
        "The calling system may not use the dialect {value}.",
        "Hệ thống gọi chưa được phép dùng giao thức {value}.",
        "Ask the hub's operator to switch it on for this system, or use another interface of the hub.",
        "Đề nghị đơn vị vận hành trục bật giao thức này cho hệ thống, hoặc dùng giao diện khác của trục.");

    public static readonly ProblemKind LineNotProtected = new("DX-0025", "Token over an unprotected line", ProblemStep.Authenticity, ProblemFamily.Mismatch,
        "The token came unencrypted from an address that is not listed for the calling system.",
        "Mã xác thực được gửi không mã hóa từ địa chỉ không có trong danh sách của hệ thống gọi.",
        "Call over TLS, or have the operator list the address; then change the token, because others may have read it.",
        "Gọi qua TLS hoặc đề nghị đơn vị vận hành thêm địa chỉ vào danh sách; sau đó đổi mã xác thực vì có thể đã bị lộ.");

    public static readonly ProblemKind UploadsOpen = new("DX-0026", "Too many uploads open", ProblemStep.Fault, ProblemFamily.Range,
        "{value} uploads of yours are open; no further one of this length is taken on.",
        "Đang có {value} lượt tải lên dở dang; chưa nhận thêm lượt có dung lượng này.",
        "Finish an open upload, give one up with DELETE, or wait until one expires; then begin again.",
        "Hoàn tất hoặc hủy (DELETE) một lượt tải lên dở dang, hoặc chờ hết hạn rồi bắt đầu lại.");

    public static readonly ProblemKind DirectoryRowsWrong = new("DX-0031", "Rows of a directory file are wrong", ProblemStep.Values, ProblemFamily.Mismatch,
        "{value} rows of the file cannot be used; nothing of it was applied.",
        "{value} dòng của tệp không dùng được; chưa thay đổi gì trong danh bạ.",
        "Mend the named rows and import the file again, or ask for the others to be applied without them.",
        "Sửa các dòng được nêu rồi nhập lại tệp, hoặc yêu cầu chỉ áp dụng các dòng đúng.");

    public static readonly ProblemKind DirectoryEndsTooMany = new("DX-0032", "A directory file ends too many entries", ProblemStep.Values, ProblemFamily.Range,
        "The file lacks {value} of {limit} entries, which would end; nothing of it was applied.",
        "Tệp thiếu {value} trong {limit} mục, các mục này sẽ bị kết thúc; chưa thay đổi gì trong danh bạ.",
        "Check that the file is whole. If so many really end, say so with the request.",
        "Kiểm tra tệp có đầy đủ không. Nếu thực sự kết thúc nhiều như vậy, hãy xác nhận trong yêu cầu.");

    public static readonly ProblemKind ImportUnderWay = new("DX-0033", "Another import is under way", ProblemStep.Duplicate, ProblemFamily.Mismatch,
        "Another file is being read into the directory.",
        "Đang có một tệp khác được nhập vào danh bạ.",
        "Wait until it is done, look at the directory, and import again.",
        "Chờ hoàn tất, xem lại danh bạ rồi nhập lại.");

    public static readonly ProblemKind AxisUnitNotTaken = new("DX-0071", "An axis did not take a change of a unit", ProblemStep.Values, ProblemFamily.Mismatch,
        "The axis refused the change of {value}: {limit}.",
        "Trục từ chối thay đổi thông tin của {value}: {limit}.",
        "Correct what is named and ask again: repeating changes nothing.",
        "Sửa nội dung được nêu rồi thực hiện lại: lặp lại không gây ảnh hưởng.");

    public static readonly ProblemKind AxisUnitNotOurs = new("DX-0072", "Only own units below another are changed at an axis", ProblemStep.Values, ProblemFamily.Mismatch,
        "{value} is not a unit of this hub with an agency above it; only such units are made known at an axis from here.",
        "{value} không phải là đơn vị của hệ thống này có cơ quan cấp trên; từ đây chỉ đăng ký với trục các đơn vị như vậy.",
        "What stands at the top is registered by the axis' operator, units of others by their own hubs.",
        "Cơ quan cấp cao nhất do đơn vị vận hành trục đăng ký; đơn vị của nơi khác do hệ thống của nơi đó đăng ký.");

    public static readonly ProblemKind AxisSilent = new("DX-0073", "An axis did not answer", ProblemStep.Fault, ProblemFamily.Mismatch,
        "The axis {value} gave no answer ({limit}): whether it made the change is not known.",
        "Trục {value} không trả lời ({limit}): chưa rõ trục đã thực hiện thay đổi hay chưa.",
        "Wait until dex axis list shows that it answers, and ask again: repeating changes nothing.",
        "Chờ đến khi dex axis list cho thấy trục hoạt động trở lại rồi thực hiện lại: lặp lại không gây ảnh hưởng.");

    public static readonly ProblemKind NothingOfThatName = new("DX-0074", "Nothing of that name", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "Nothing here is called {value}.",
        "Ở đây không có mục nào tên là {value}.",
        "Write it as the list shows it: dex axis list, dex agencies list.",
        "Ghi đúng như trong danh sách: dex axis list, dex agencies list.");
}
