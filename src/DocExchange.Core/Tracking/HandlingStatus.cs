namespace DocExchange.Core.Tracking;

/// <summary>Who may report a status about a delivery. The hub itself records only 01, when the recipient's system confirms.</summary>
public enum StatusReporter { RecipientSystem, Recipient, Sender }

/// <summary>
/// What the recipient's office did with a document (edXML 2.0 status packages; QĐ 28/2018 art. 10.2h). A table: adding a status is adding
/// a line. docs/statuses.md is generated from it.
/// </summary>
/// <param name="Text">As written into packages: two digits.</param>
/// <param name="MayRepeat">A repetition with another time is an event of its own, not a repetition.</param>
/// <param name="MayFollow">The main states it regularly follows. Empty for the codes of the recall and update case.</param>
public sealed record HandlingStatus(
    int Code, string Text, string Vietnamese, string English, StatusReporter ReportedBy, bool NeedsReason, bool MayRepeat,
    IReadOnlyList<MainState> MayFollow)
{
    public static readonly HandlingStatus Arrived = new(1, "01", "Đã đến", "arrived",
        StatusReporter.RecipientSystem, false, false, [MainState.Sent]);

    public static readonly HandlingStatus Refused = new(2, "02", "Từ chối tiếp nhận", "refused",
        StatusReporter.Recipient, true, false, [MainState.Sent, MainState.Arrived, MainState.Accepted]);

    public static readonly HandlingStatus Accepted = new(3, "03", "Đã tiếp nhận", "accepted",
        StatusReporter.Recipient, false, false, [MainState.Sent, MainState.Arrived]);

    public static readonly HandlingStatus Assigned = new(4, "04", "Phân công", "assigned",
        StatusReporter.Recipient, false, true, [MainState.Accepted, MainState.Assigned, MainState.InProgress]);

    public static readonly HandlingStatus InProgress = new(5, "05", "Đang xử lý", "in progress",
        StatusReporter.Recipient, false, true, [MainState.Accepted, MainState.Assigned, MainState.InProgress]);

    public static readonly HandlingStatus Finished = new(6, "06", "Hoàn thành", "finished",
        StatusReporter.Recipient, false, false, [MainState.Accepted, MainState.Assigned, MainState.InProgress]);

    public static readonly HandlingStatus RecallAsked = new(13, "13", "Lấy lại (thu hồi)", "recall asked",
        StatusReporter.Sender, false, false, []);

    public static readonly HandlingStatus ChangeAgreed = new(15, "15", "Đồng ý cập nhật/lấy lại", "update or recall agreed",
        StatusReporter.Recipient, false, false, []);

    public static readonly HandlingStatus ChangeRefused = new(16, "16", "Từ chối cập nhật/lấy lại", "update or recall refused",
        StatusReporter.Recipient, true, false, []);

    public static IReadOnlyList<HandlingStatus> All { get; } =
        [Arrived, Refused, Accepted, Assigned, InProgress, Finished, RecallAsked, ChangeAgreed, ChangeRefused];

    /// <summary><c>01, 02, …</c> for messages.</summary>
    public static string AllTexts { get; } = string.Join(", ", All.Select(status => status.Text));

    /// <summary>Reads the code of a status package; <c>1</c> and <c>01</c> are equal (writers differ).</summary>
    public static bool TryParse(string? text, out HandlingStatus status)
    {
        status = Arrived;
        if (text is null || text.Length is 0 or > 2) return false;
        var code = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            code = code * 10 + (c - '0');
        }
        foreach (var candidate in All)
        {
            if (candidate.Code != code) continue;
            status = candidate;
            return true;
        }
        return false;
    }
}
