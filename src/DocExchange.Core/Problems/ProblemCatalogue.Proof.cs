namespace DocExchange.Core.Problems;

// 008x: what callers and people prove beside a secret, and what their role allows.
public static partial class ProblemCatalogue
{
    public static readonly ProblemKind CertificateNeeded = new("DX-0080", "Client certificate missing or another's", ProblemStep.Authenticity, ProblemFamily.Mismatch,
        "The call came without the client certificate that the calling system must show, or with one that belongs to another system.",
        "Lệnh gọi không kèm chứng thư số máy khách bắt buộc của hệ thống, hoặc kèm chứng thư số của hệ thống khác.",
        "Connect over TLS with the certificate that the hub's operator has bound to the system.",
        "Kết nối qua TLS bằng chứng thư số mà đơn vị vận hành trục đã gán cho hệ thống.");

    public static readonly ProblemKind BoundToAnother = new("DX-0081", "Bound to another system", ProblemStep.Duplicate, ProblemFamily.Mismatch,
        "This certificate or client is bound to another system.",
        "Chứng thư số hoặc ứng dụng khách này đã được gán cho hệ thống khác.",
        "Give every system a certificate or client of its own, or revoke the other binding first.",
        "Cấp cho mỗi hệ thống một chứng thư số hoặc ứng dụng khách riêng, hoặc thu hồi liên kết cũ trước.");

    public static readonly ProblemKind RoleLacks = new("DX-0082", "Not a task of this role", ProblemStep.Sender, ProblemFamily.Mismatch,
        "The account's role does not allow this.",
        "Vai trò của tài khoản không được thực hiện việc này.",
        "Have somebody do it whose role it is: operators keep the directory and the exchange, security officers credentials, accounts and the trust list; auditors read.",
        "Đề nghị người có vai trò phù hợp thực hiện: quản trị phụ trách danh bạ và vận hành, cán bộ an toàn phụ trách khóa, tài khoản và danh sách tin cậy, kiểm tra chỉ được xem.");

    public static readonly ProblemKind SecondFactorNeeded = new("DX-0083", "Second factor not enrolled", ProblemStep.Authenticity, ProblemFamily.Missing,
        "The account's role must have a second factor, and the account has none.",
        "Vai trò của tài khoản bắt buộc xác thực hai lớp nhưng tài khoản chưa đăng ký.",
        "Sign in to the hub's pages and enrol an authenticator app there.",
        "Đăng nhập trang của trục và đăng ký ứng dụng xác thực.");

    public static readonly ProblemKind SecondPersonNeeded = new("DX-0084", "Another person must approve", ProblemStep.Sender, ProblemFamily.Mismatch,
        "Who asked for this cannot approve it.",
        "Người đề nghị không được tự phê duyệt.",
        "Have another person of that role approve the request.",
        "Đề nghị người khác có cùng vai trò phê duyệt.");

    public static readonly ProblemKind ExportsWaiting = new("DX-0086", "Too many exports wait", ProblemStep.Fault, ProblemFamily.Range,
        "{limit} exports wait or are being made; no further one is taken on.",
        "Đang có {limit} bản xuất chờ hoặc đang được tạo; chưa nhận thêm.",
        "Wait until some are finished, then ask again.",
        "Chờ một số bản hoàn thành rồi yêu cầu lại.");

    public static readonly ProblemKind PersonLinked = new("DX-0085", "Linked to another account", ProblemStep.Duplicate, ProblemFamily.Mismatch,
        "This person of the organisation's sign-in is linked to another account.",
        "Người này trong hệ thống đăng nhập của cơ quan đã được gắn với một tài khoản khác.",
        "Unlink the other account first: a person is one account at most.",
        "Gỡ liên kết ở tài khoản kia trước: mỗi người chỉ gắn với một tài khoản.");

    public static readonly ProblemKind PasswordHandedOver = new("DX-0087", "Password known to somebody else", ProblemStep.Authenticity, ProblemFamily.Mismatch,
        "Somebody else was shown this account's password when it was made.",
        "Mật khẩu của tài khoản do người khác cấp và đã được người đó nhìn thấy.",
        "Sign in to the hub's pages and change it there, under your name; then call again with the new one.",
        "Đăng nhập trang của trục, bấm tên mình và đổi mật khẩu; sau đó gọi lại bằng mật khẩu mới.");

    public static readonly ProblemKind AccountChanged = new("DX-0088", "Account changed since it was asked for", ProblemStep.Duplicate, ProblemFamily.Mismatch,
        "The account was changed after this was asked for, or it was done already; nothing was done now.",
        "Tài khoản đã thay đổi sau khi có đề nghị này, hoặc đề nghị đã được thực hiện; lần này chưa thực hiện gì.",
        "Look at the account; if the change is still wanted, have it asked for anew.",
        "Xem lại tài khoản; nếu vẫn cần thay đổi, hãy lập đề nghị mới.");
}
