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
}
