using System.Globalization;
using DocExchange.Core.Evidence;
using DocExchange.Core.Problems;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Markup;
using DocExchange.Hub.Evidence.Exports;

namespace DocExchange.Hub.Auditor;

/// <summary>How the auditors' pages look.</summary>
internal static class AuditView
{
    /// <summary>Of earlier exports; the command line lists all.</summary>
    private const int Most = 50;

    /// <param name="words">What was filled in before, when something of it was wrong.</param>
    public static IResult Page(Visit visit, IReadOnlyList<LogEpoch> logs, IReadOnlyList<ExportRecord> exports, IReadOnlyDictionary<string, string?> words, Problem? problem)
    {
        var title = visit.Say("Bằng chứng cho kiểm tra", "Evidence for auditors");
        return Layout.Page(visit, title, Html.Of($"""
            <h1>{title}</h1>
            <p class="hint below">{visit.Say("Mỗi bản xuất tự chứng minh không thiếu và không sửa mục nào; kiểm chứng được khi không có hệ thống này. Việc xuất được ghi vào nhật ký.", "Every export proves by itself that nothing is missing or altered, and is checked without this hub. That it was made is itself an entry of the log.")}</p>
            {Html.When(problem is not null, () => Html.Of($"""<p class="notice bad" role="alert">{AuditForm.Label(visit, problem!.Path)}: {visit.Say(problem.Vietnamese, problem.English)}</p>"""))}
            {AuditForm.Of(visit, words, logs)}
            {Earlier(visit, exports)}
            <p class="hint act">{visit.Say("Kiểm chứng bản xuất hoặc biên nhận:", "To check an export or a receipt:")} <a href="/verify.html">verify.html</a> {visit.Say("(tệp này chạy được khi không có mạng) hoặc", "(works without a network once it is saved) or")} <span class="code">dex verify</span>.</p>
            """), problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    public static IResult One(Visit visit, ExportRecord record, bool hasFile)
    {
        var title = visit.Say("Bản xuất bằng chứng", "Export of evidence");
        return Layout.Page(visit, title, Html.Of($"""
            <p class="crumb"><a href="/audit">{visit.Say("Bằng chứng cho kiểm tra", "Evidence for auditors")}</a></p>
            <h1>{title}</h1>
            {Standing(visit, record, hasFile)}
            {(record.Earlier ?? []).Select(origin => Missing(visit, origin))}
            <section class="card"><dl class="facts">
            <dt>{visit.Say("Mã", "Id")}</dt><dd class="code">{record.Id}</dd>
            <dt>{visit.Say("Yêu cầu lúc", "Asked for")}</dt><dd>{Visit.TimeElement(record.Asked)}</dd>
            <dt>{visit.Say("Chọn", "Choice")}</dt><dd>{Choice(visit, record)}</dd>
            <dt>{visit.Say("Nhật ký", "Log")}</dt><dd class="code">{record.Log}</dd>
            <dt>{visit.Say("Các mục", "Entries")}</dt><dd>{Stretch(record)}</dd>
            {Html.When(record.SealedFor is not null, () => Html.Of($"<dt>{visit.Say("Chỉ mở được bằng chứng thư của", "Opened only with the certificate of")}</dt><dd>{record.SealedFor}</dd>"))}
            {Html.When(record.State == "done", () => Html.Of($"""
                <dt>{visit.Say("Sự kiện", "Events")}</dt><dd>{visit.Say($"{Number(record.Shown)} được hiện, {Number(record.Withheld)} ngoài lựa chọn chỉ có mã băm", $"{Number(record.Shown)} shown; {Number(record.Withheld)} outside the choice as hashes")}</dd>
                <dt>{visit.Say("Tệp", "File")}</dt><dd>{Number(record.Bytes)} {visit.Say("byte", "bytes")}<br><span class="code">sha256:{record.Digest}</span></dd>
                <dt>{visit.Say("Biên nhận của việc xuất", "Receipt of this export")}</dt><dd class="code">{record.Receipt}</dd>
                """))}
            </dl></section>
            """));
    }

    private static Html Standing(Visit visit, ExportRecord record, bool hasFile) => record.State switch
    {
        "done" when hasFile => Html.Of($"""<p class="notice good" role="status">{visit.Say("Đã xong.", "Done.")} <a href="/audit/{record.Id}/file">{visit.Say("Tải về", "Download")} {record.FileName}</a></p>"""),
        "done" => Html.Of($"""<p class="notice note" role="status">{visit.Say("Tệp không còn được giữ (7 ngày). Hãy xuất lại.", "The file is no longer kept (7 days). Ask for it again.")}</p>"""),
        "failed" => Html.Of($"""<p class="notice bad" role="alert">{visit.Say("Không xuất được; nhật ký của hệ thống có lý do.", "It could not be made; the hub's own log says why.")}</p>"""),
        _ => Html.Of($"""
            <p class="notice wait" role="status">{(record.State == "waiting" ? visit.Say("Đang chờ đến lượt.", "Waiting for its turn.") : visit.Say($"Đang xuất: {Percent(record)} %.", $"Being made: {Percent(record)} %."))}</p>
            <p class="below"><progress value="{Percent(record)}" max="100" aria-label="{visit.Say("Tiến độ", "Progress")}"></progress></p>
            <p class="below"><a href="/audit/{record.Id}">{visit.Say("Xem lại tiến độ", "Look again")}</a></p>
            """),
    };

    /// <summary>A restore begins another log: what was asked for may lie in more than one.</summary>
    private static Html Missing(Visit visit, string origin) => Html.Of($"""
        <p class="notice note">{visit.Say("Không có trong tệp này: nhật ký trước đó", "Not in this file: the log from before")} <span class="code">{origin}</span>{visit.Say(" giữ một phần nội dung yêu cầu. Hãy xuất thêm: chọn nhật ký ấy trong biểu mẫu.", " holds a part of what was asked for. Take it too: choose that log in the form.")}</p>
        """);

    private static Html Earlier(Visit visit, IReadOnlyList<ExportRecord> exports) => Html.Of($"""
        <h2>{visit.Say("Các bản đã xuất", "Earlier exports")} <span class="count">({exports.Count})</span></h2>
        {(exports.Count == 0
            ? Html.Of($"""<section class="empty"><p>{visit.Say("Chưa có bản xuất nào.", "There is none yet.")}</p></section>""")
            : Html.Of($"""
                <table><thead><tr><th scope="col">{visit.Say("Lúc", "When")}</th><th scope="col">{visit.Say("Chọn", "Choice")}</th><th scope="col">{visit.Say("Các mục", "Entries")}</th><th scope="col">{visit.Say("Tình trạng", "State")}</th></tr></thead>
                <tbody>{exports.Take(Most).Select(one => Line(visit, one))}</tbody></table>
                """))}
        """);

    private static Html Line(Visit visit, ExportRecord record) => Html.Of($"""
        <tr><th scope="row"><a href="/audit/{record.Id}">{Visit.TimeElement(record.Asked)}</a><p class="said">{Who(visit, record)}</p></th><td>{Choice(visit, record)}</td><td>{Stretch(record)}</td><td>{State(visit, record)}</td></tr>
        """);

    private static Html State(Visit visit, ExportRecord record) => record.State switch
    {
        "done" => Mark("good", visit.Say("Đã xong", "Done")),
        "failed" => Mark("bad", visit.Say("Không xuất được", "Failed")),
        "waiting" => Mark("wait", visit.Say("Chờ", "Waiting")),
        _ => Mark("wait", Percent(record) + " %"),
    };

    private static Html Mark(string manner, string text) => Html.Of($"""<span class="mark {manner}">{text}</span>""");

    private static string Who(Visit visit, ExportRecord record) =>
        record.Actor == Api.HubApi.Actor(visit.Account!) ? visit.Say("bạn", "you") : record.Actor.Replace("account", visit.Say("tài khoản", "account"), StringComparison.Ordinal);

    private static string Choice(Visit visit, ExportRecord record)
    {
        var what = record.Filter.Length == 0 ? visit.Say("tất cả", "everything") : string.Join("; ", record.Filter.Split(' ').Select(part => Part(visit, part.Split('=', 2))));
        return $"{record.Ending}: {what}";
    }

    /// <summary>One choice of a filter as people say it; times as in Viet Nam.</summary>
    private static string Part(Visit visit, string[] part) => part switch
    {
        ["units", _] => visit.Say("gồm đơn vị trực thuộc", "with its units"),
        ["after", var size] => visit.Say($"tiếp từ mục {size}", $"going on from entry {size}"),
        ["before", var time] => $"{visit.Say("trước", "before")} {TimeOf(time)}",
        ["from", var time] => $"{visit.Say("từ", "from")} {TimeOf(time)}",
        [var name, var value] => $"{AuditForm.Label(visit, name).ToLowerInvariant()} {value}",
        _ => "",
    };

    private static string TimeOf(string time) => EvidenceTime.TryParse(time, out var parsed) ? Visit.Time(parsed) : time;

    private static string Stretch(ExportRecord record) => record.End == record.From ? "–" : $"{Number(record.From)} – {Number(record.End - 1)}";

    private static long Percent(ExportRecord record) => record.End == record.From ? 100 : 100 * (record.Read - record.From) / (record.End - record.From);

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
