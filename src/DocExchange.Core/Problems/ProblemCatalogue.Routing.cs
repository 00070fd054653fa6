namespace DocExchange.Core.Problems;

// 40xx: receivers.
public static partial class ProblemCatalogue
{
    public static readonly ProblemKind ReceiverUnknown = new("DX-4001", "Receiver unknown", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The receiver {value} is not in the directory; the package was sent to nobody.",
        "Cơ quan nhận {value} không có trong danh mục; gói tin chưa được gửi cho bất kỳ cơ quan nào.",
        "Load the current directory and correct the code, or remove this receiver.",
        "Cập nhật danh mục cơ quan hiện hành và sửa lại mã, hoặc bỏ cơ quan nhận này.");

    public static readonly ProblemKind ReceiverExpired = new("DX-4002", "Receiver no longer exists", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The receiver {value} ended on {limit} and has no successor.",
        "Cơ quan nhận {value} đã ngừng hoạt động từ ngày {limit} và không có cơ quan kế thừa.",
        "Address the organisation that took over its tasks.",
        "Gửi đến cơ quan đã tiếp nhận nhiệm vụ của cơ quan này.");

    public static readonly ProblemKind ReceiverIsAdapter = new("DX-4003", "Receiver is a technical system", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "{value} is the id of a connecting system, not of an organisation.",
        "{value} là mã của hệ thống kết nối, không phải mã cơ quan, tổ chức.",
        "Address the organisation itself.",
        "Gửi đến mã định danh của chính cơ quan, tổ chức nhận.");

    public static readonly ProblemKind ReceiverLocked = new("DX-4004", "Receiver locked", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The receiver {value} is locked since {limit}.",
        "Cơ quan nhận {value} đang bị khóa từ {limit}.",
        "Send it another way or remove this receiver; sending again will not help until it is unlocked.",
        "Gửi bằng phương thức khác hoặc bỏ cơ quan nhận này; gửi lại không có tác dụng cho đến khi được mở khóa.");

    public static readonly ProblemKind ReceiverNotInPackage = new("DX-4005", "Request names a receiver the package does not", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The request's receiver {value} is not among the receivers of the package.",
        "Cơ quan nhận {value} nêu trong yêu cầu không có trong danh sách nơi nhận của gói tin.",
        "Name only receivers of MessageHeader/To in the request: it may narrow the delivery, never widen it.",
        "Chỉ nêu cơ quan nhận có trong MessageHeader/To: yêu cầu chỉ được thu hẹp, không được mở rộng nơi nhận.");

    public static readonly ProblemKind ReceiverTwice = new("DX-4006", "Receiver named twice", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The receiver {value} stands twice in {path}.",
        "Cơ quan nhận {value} bị lặp trong {path}.",
        "Name every receiver once.",
        "Mỗi cơ quan nhận chỉ nêu một lần.");

    public static readonly ProblemKind ReceiverWithoutMailbox = new("DX-4007", "Receiver not connected", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The receiver {value} is known, but no connected system fetches for it or for a body above it.",
        "Cơ quan nhận {value} có trong danh mục nhưng chưa có hệ thống nào kết nối để nhận thay cho cơ quan này hoặc cấp trên của nó.",
        "Send it another way, or ask the hub's operator when the organisation will be connected.",
        "Gửi bằng phương thức khác, hoặc hỏi đơn vị vận hành trục khi nào cơ quan này được kết nối.");
}
