using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Clerk.Documents;

/// <summary>States, events and kinds as a clerk says them. Colour only repeats what the word says.</summary>
internal static class StateWords
{
    public static string Kind(Visit visit, BusinessType kind) => kind switch
    {
        BusinessType.Revocation => visit.Say("Thu hồi", "Recall"),
        BusinessType.Update => visit.Say("Cập nhật", "Update"),
        BusinessType.Replacement => visit.Say("Thay thế", "Replacement"),
        _ => visit.Say("Văn bản mới", "New document"),
    };

    /// <summary>What sets a document apart: recall, update, replacement, urgency.</summary>
    public static Html Marks(Visit visit, BusinessType kind, int priority)
    {
        var urgency = priority switch
        {
            1 => visit.Say("Khẩn", "Urgent"),
            2 => visit.Say("Thượng khẩn", "Very urgent"),
            3 => visit.Say("Hỏa tốc", "Most urgent"),
            4 => visit.Say("Hỏa tốc hẹn giờ", "Most urgent, timed"),
            _ => null,
        };
        return Html.Of($"{Html.When(kind != BusinessType.New, () => Mark("note", Kind(visit, kind)))}{Html.When(urgency is not null, () => Mark("bad", urgency!))}");
    }

    /// <summary>How many of the copies have arrived, for a list.</summary>
    public static Html Copies(Visit visit, FoundDocument document)
    {
        if (document.Failed > 0) return Mark("bad", visit.Say($"{document.Failed}/{document.Copies} nơi nhận lỗi", $"{document.Failed} of {document.Copies} failed"));
        if (document.Delivered == document.Copies) return Mark("good", visit.Say("Đã giao đủ", "All delivered"));
        return Mark("wait", visit.Say($"Đã giao {document.Delivered}/{document.Copies}", $"{document.Delivered} of {document.Copies} delivered"));
    }

    /// <summary>Where one recipient's copy stands: what the office said last outweighs what the hub knows of the transport.</summary>
    public static Html Copy(Visit visit, DeliveryTrack copy, StatusTrack? last)
    {
        if (copy.State is DeliveryState.Failed or DeliveryState.Abandoned) return Delivery(visit, copy.State);
        if (last is null || !HandlingStatus.TryParse(last.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), out var status)) return Delivery(visit, copy.State);
        var manner = status.Code switch { 2 or 16 => "bad", 13 => "note", 1 => "wait", _ => "good" };
        return Mark(manner, Status(visit, status));
    }

    public static string Status(Visit visit, HandlingStatus status) => visit.InEnglish ? char.ToUpperInvariant(status.English[0]) + status.English[1..] : status.Vietnamese;

    public static string DeliveryText(Visit visit, DeliveryState state) => state switch
    {
        DeliveryState.Available => visit.Say("Chờ nơi nhận lấy về", "Waiting to be fetched"),
        DeliveryState.Fetched => visit.Say("Đã lấy về, chưa xác nhận", "Fetched, not confirmed yet"),
        DeliveryState.Delivered => visit.Say("Đã giao, hệ thống nơi nhận xác nhận", "Delivered, confirmed by the recipient's system"),
        DeliveryState.Failed => visit.Say("Lỗi: nơi nhận không nhận được, chờ quản trị xử lý", "Failed: waits for an operator"),
        DeliveryState.Sending => visit.Say("Đang gửi qua trục liên thông", "Being sent over the axis"),
        DeliveryState.Relayed => visit.Say("Trục liên thông đã nhận, chờ hệ thống nơi nhận xác nhận", "Taken over by the axis, not confirmed yet"),
        _ => visit.Say("Đã ngừng gửi", "Given up"),
    };

    public static string Event(Visit visit, string name) => name switch
    {
        EvidenceEvents.SubmissionAcceptance => visit.Say("Trục tiếp nhận văn bản", "Accepted by the hub"),
        EvidenceEvents.ContentAccessTracking => visit.Say("Hệ thống nơi nhận lấy văn bản về", "Fetched by the recipient's system"),
        EvidenceEvents.ContentHandover => visit.Say("Hệ thống nơi nhận xác nhận đã nhận", "Confirmed by the recipient's system"),
        EvidenceEvents.ContentHandoverFailure => visit.Say("Hệ thống nơi nhận báo không nhận được", "The recipient's system could not take it"),
        EvidenceEvents.RelayAcceptance => visit.Say("Trục liên thông tiếp nhận để chuyển tiếp", "Taken over by the axis"),
        EvidenceEvents.RelayRejection => visit.Say("Trục liên thông từ chối chuyển tiếp", "Refused by the axis"),
        EvidenceEvents.RelayFailure => visit.Say("Không gửi được qua trục liên thông", "Could not be sent over the axis"),
        EvidenceEvents.DeadLetterRequeued => visit.Say("Quản trị cho gửi lại", "Sent again by an operator"),
        EvidenceEvents.DeadLetterAbandoned => visit.Say("Quản trị ngừng gửi", "Given up by an operator"),
        EvidenceEvents.RecallOpened => visit.Say("Yêu cầu thu hồi", "Recall asked for"),
        EvidenceEvents.RecallClosed => visit.Say("Kết thúc thu hồi", "Recall closed"),
        EvidenceEvents.VariantReceived => visit.Say("Nhận một bản khác của cùng văn bản", "Another variant received"),
        EvidenceEvents.MalwareCleared => visit.Say("Phần mềm quét xác nhận không có mã độc", "Scanner took back its finding"),
        EvidenceEvents.SignaturesJudgedAgain => visit.Say("Chữ ký số được kiểm tra lại", "Signatures judged again"),
        EvidenceEvents.MalwareFoundLater => visit.Say("Phát hiện mã độc sau khi tiếp nhận", "Malware found after acceptance"),
        EvidenceEvents.AwaitedDocumentArrived => visit.Say("Gắn với trạng thái hoặc yêu cầu đã đến trước", "Linked to what had come before it"),
        EvidenceEvents.AwaitedDocumentMissing => visit.Say("Văn bản được nhắc tới không đến kịp thời hạn", "The document it speaks of did not come in time"),
        _ => name,
    };

    public static Html Mark(string manner, string text) => Html.Of($"""<span class="mark {manner}">{text}</span>""");

    private static Html Delivery(Visit visit, DeliveryState state) => Mark(state switch
    {
        DeliveryState.Delivered => "good",
        DeliveryState.Failed => "bad",
        DeliveryState.Abandoned => "bad",
        _ => "wait",
    }, DeliveryText(visit, state));
}
