namespace DocExchange.Core.Alarms;

/// <summary>Something an operator should look at. Names are stable: metrics and scripts use them.</summary>
/// <param name="English">May use {subject}.</param>
/// <param name="Vietnamese">May use {subject}.</param>
public sealed record AlarmKind(string Name, string English, string Vietnamese)
{
    public static readonly AlarmKind ListCut = new("list-cut",
        "The mailbox of {subject} holds more than one list shows: its system may have stopped answering.",
        "Hộp thư của {subject} có nhiều mục hơn một danh sách hiển thị: hệ thống nhận có thể đã ngừng phản hồi.");

    public static readonly AlarmKind ReplayedCall = new("replayed-call",
        "Signed headers of {subject} came again with another file: somebody may be replaying its calls.",
        "Tiêu đề đã ký của {subject} được gửi lại với tệp tin khác: có thể lời gọi bị phát lại trái phép.");

    public static readonly AlarmKind DangerousFile = new("dangerous-file",
        "{subject} sent a program, a forbidden file or malware in a package; it was refused and not kept.",
        "{subject} đã gửi chương trình, tệp bị cấm hoặc mã độc trong gói tin; gói tin bị từ chối và không được lưu.");

    public static readonly AlarmKind MalwareDelivered = new("malware-delivered",
        "Malware was found in the document {subject}, which had been accepted before the scanner knew it: its recipients must be told.",
        "Phát hiện mã độc trong văn bản {subject} đã được tiếp nhận trước khi phần mềm quét nhận biết: cần báo cho các nơi nhận.");

    public static readonly AlarmKind QuarantineUnwell = new("quarantine-unwell",
        "An infected original was not kept in the {subject}, or another had to make room for it.",
        "Bản gốc nhiễm mã độc không được lưu trong khu cách ly ({subject}), hoặc bản khác đã bị xóa để lấy chỗ.");

    public static readonly AlarmKind ScannerSilent = new("scanner-silent",
        "The malware scanner {subject} does not answer.",
        "Phần mềm quét mã độc {subject} không phản hồi.");

    public static readonly AlarmKind SuspiciousCall = new("suspicious-call",
        "{subject} acted in another's name, on another's document or with hostile XML.",
        "{subject} đã thao tác thay cơ quan khác, trên văn bản của cơ quan khác hoặc gửi XML nguy hiểm.");

    public static readonly AlarmKind CallsRefused = new("calls-refused",
        "Calls from {subject} do not authenticate: a wrong secret, a suspended system, or somebody guessing.",
        "Lời gọi từ {subject} không xác thực được: sai khóa, hệ thống bị tạm ngừng, hoặc có người dò khóa.");

    public static readonly AlarmKind SignInLocked = new("sign-in-locked",
        "Sign-in from {subject} was locked after repeated failures.",
        "Đăng nhập từ {subject} bị khóa sau nhiều lần thất bại.");

    public static readonly AlarmKind StoreUnwell = new("store-unwell",
        "The hub cannot take documents, or only slowly: {subject}.",
        "Trục không tiếp nhận được văn bản hoặc tiếp nhận chậm: {subject}.");

    public static readonly AlarmKind ContentMissing = new("content-missing",
        "The content of {subject} should be in the store and is not.",
        "Nội dung của {subject} lẽ ra phải có trong kho nhưng không tìm thấy.");

    public static readonly AlarmKind NobodyFetches = new("nobody-fetches",
        "Items for {subject} wait, and no enabled system fetches for it.",
        "Có mục chờ {subject} nhưng không có hệ thống đang hoạt động nào nhận thay.");

    public static readonly AlarmKind StatusExpired = new("status-expired",
        "Statuses that {subject} reported came before their documents, which never came.",
        "Trạng thái do {subject} báo đến trước văn bản, nhưng văn bản không bao giờ đến.");

    public static readonly AlarmKind AxisUnreachable = new("axis-unreachable",
        "The axis {subject} does not answer: what goes over it waits until it is back.",
        "Trục {subject} không phản hồi: văn bản qua trục này đang chờ và sẽ được chuyển khi kết nối trở lại.");

    public static readonly AlarmKind AxisClock = new("axis-clock",
        "The clocks of this hub and of the axis {subject} differ.",
        "Đồng hồ của trục này và của trục {subject} lệch nhau.");

    public static readonly AlarmKind AxisDiffers = new("axis-differs",
        "The axis {subject} reports something else of documents sent over it, or of its directory, than this hub has recorded or can use.",
        "Trục {subject} báo trạng thái văn bản đã gửi hoặc danh bạ khác với ghi nhận của trục này, hoặc không dùng được.");

    public static readonly AlarmKind RelayFailed = new("relay-failed",
        "Documents could not be sent over the axis {subject}: they wait as dead letters for a decision.",
        "Có văn bản không gửi được qua trục {subject}: đang chờ quản trị xử lý.");

    public static readonly AlarmKind AxisItemRefused = new("axis-item-refused",
        "A package that the axis {subject} lists was refused, or cannot be fetched.",
        "Một gói tin trên trục {subject} bị từ chối hoặc không tải về được.");

    public static readonly AlarmKind TimeStampsMissing = new("time-stamps-missing",
        "{subject} has given no valid time-stamp for a day: evidence since then is dated by the hub alone.",
        "{subject} không cấp dấu thời gian hợp lệ trong một ngày: bằng chứng từ đó chỉ có thời gian của trục.");

    public static readonly AlarmKind LogContradicted = new("log-contradicted",
        "The witness {subject} has seen another log in this hub's name: the folder was copied, or somebody else has its key.",
        "Nhân chứng {subject} đã thấy một nhật ký khác mang tên trục này: thư mục bị sao chép hoặc khóa đã bị lộ.");

    public static readonly AlarmKind CertificateExpires = new("certificate-expires",
        "The certificate {subject} expires within so many days.",
        "Chứng thư số {subject} sẽ hết hạn trong số ngày nêu trong ngoặc.");

    public static readonly AlarmKind RevocationSilent = new("revocation-silent",
        "{subject} gives no answer that can be believed about revoked certificates.",
        "{subject} không trả lời đáng tin cậy về chứng thư số bị thu hồi.");

    public static IReadOnlyList<AlarmKind> All { get; } =
        [ListCut, ReplayedCall, DangerousFile, SuspiciousCall, CallsRefused, SignInLocked, StoreUnwell, ContentMissing, NobodyFetches, StatusExpired, TimeStampsMissing, LogContradicted,
            AxisUnreachable, AxisClock, AxisDiffers, RelayFailed, AxisItemRefused,
            CertificateExpires, RevocationSilent, MalwareDelivered, QuarantineUnwell, ScannerSilent];

    public static AlarmKind? Named(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
