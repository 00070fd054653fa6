namespace DocExchange.Core.Problems;

// 90xx: the hub's own failures. Clients repeat these, and only these.
public static partial class ProblemCatalogue
{
    public static readonly ProblemKind HubFault = new("DX-9001", "Fault in the hub", ProblemStep.Fault, ProblemFamily.Mismatch,
        "The hub could not finish this request. Nothing was taken. Correlation id: {value}.",
        "Hệ thống không hoàn tất được yêu cầu. Chưa có nội dung nào được tiếp nhận. Mã tra cứu: {value}.",
        "Send the same request again later; give the correlation id to the operator when it happens again.",
        "Gửi lại đúng yêu cầu này sau; nếu lặp lại, cung cấp mã tra cứu cho đơn vị vận hành.");

    public static readonly ProblemKind HubNotReady = new("DX-9002", "Hub not ready", ProblemStep.Fault, ProblemFamily.Mismatch,
        "The hub cannot take anything at present ({value}). Nothing was taken.",
        "Hệ thống tạm thời không tiếp nhận được ({value}). Chưa có nội dung nào được tiếp nhận.",
        "Send the same request again later.",
        "Gửi lại đúng yêu cầu này sau.");

    public static readonly ProblemKind HubBusy = new("DX-9003", "Hub too busy", ProblemStep.Fault, ProblemFamily.Range,
        "The hub has more work waiting than it may hold. Nothing was taken.",
        "Hệ thống đang quá tải. Chưa có nội dung nào được tiếp nhận.",
        "Send the same request again after a pause.",
        "Gửi lại đúng yêu cầu này sau ít phút.");

    public static readonly ProblemKind HubStopping = new("DX-9004", "Hub stopping", ProblemStep.Fault, ProblemFamily.Mismatch,
        "The hub is being stopped. Nothing was taken.",
        "Hệ thống đang dừng để bảo trì. Chưa có nội dung nào được tiếp nhận.",
        "Send the same request again in a few minutes.",
        "Gửi lại đúng yêu cầu này sau ít phút.");

    public static readonly ProblemKind RequestTimedOut = new("DX-9005", "Request arrived too slowly", ProblemStep.Fault, ProblemFamily.Range,
        "The request did not arrive in time: its bytes came too slowly or stopped. Nothing was taken.",
        "Yêu cầu không đến kịp thời hạn: dữ liệu đến quá chậm hoặc bị ngắt. Chưa có nội dung nào được tiếp nhận.",
        "Send the same request again over a better line.",
        "Gửi lại đúng yêu cầu này khi đường truyền tốt hơn.");

    public static readonly ProblemKind ScannerUnavailable = new("DX-9006", "Attachments cannot be scanned now", ProblemStep.Fault, ProblemFamily.Mismatch,
        "The attachments cannot be scanned for malware at present, and this hub takes none unscanned. Nothing was taken.",
        "Hiện không quét được mã độc trong tệp đính kèm và trục không nhận tệp chưa quét. Chưa có nội dung nào được tiếp nhận.",
        "Send the same request again later.",
        "Gửi lại đúng yêu cầu này sau.");
}
