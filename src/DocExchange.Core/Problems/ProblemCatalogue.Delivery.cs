namespace DocExchange.Core.Problems;

// 60xx: fetching and confirming.
public static partial class ProblemCatalogue
{
    /// <summary>One text for "not yours" and "does not exist", so that nobody learns what others receive.</summary>
    public static readonly ProblemKind DeliveryNotFound = new("DX-6001", "No such package for this caller", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "There is no package {value} for the calling system.",
        "Không có gói tin {value} dành cho hệ thống gọi.",
        "Use an id from your own list; do not repeat this request.",
        "Sử dụng mã lấy từ danh sách của chính hệ thống mình; không gửi lại yêu cầu này.");

    public static readonly ProblemKind ContentGone = new("DX-6002", "Content no longer kept", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The content of {value} was removed ({limit}); its receipt remains.",
        "Nội dung của {value} đã được xóa ({limit}); biên nhận vẫn được lưu.",
        "Ask the sender for the document if you still need it.",
        "Đề nghị cơ quan gửi cung cấp lại văn bản nếu còn cần.");

    public static readonly ProblemKind LostInRestore = new("DX-6003", "Lost when the hub was restored", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The hub gave out {value} before it was restored from an earlier backup; what it names is no longer here. A receipt of it stays valid as proof.",
        "Trục đã cấp {value} trước khi được khôi phục từ bản sao lưu cũ hơn; nội dung tương ứng không còn ở đây. Biên nhận đã cấp vẫn có giá trị chứng minh.",
        "Send the same package again: it is accepted under a new receipt, and recipients who have it already recognise it.",
        "Gửi lại đúng gói tin đó: gói tin được tiếp nhận với biên nhận mới, bên nhận đã có sẽ tự nhận biết trùng lặp.");

    public static readonly ProblemKind Withheld = new("DX-6004", "Withheld: malware was found after acceptance", ProblemStep.Receivers, ProblemFamily.Mismatch,
        "The package {value} is withheld: newer signatures of the scanner found malware in it ({limit}).",
        "Gói tin {value} bị giữ lại: phần mềm quét cập nhật đã phát hiện mã độc ({limit}).",
        "Answer fail with the reason and ask the sender for a clean document; if it turns out to be a mistake of the scanner, the package can be fetched again.",
        "Phản hồi fail kèm lý do và đề nghị nơi gửi cung cấp văn bản sạch; nếu phần mềm quét nhầm, gói tin sẽ lại được tải về.");
}
