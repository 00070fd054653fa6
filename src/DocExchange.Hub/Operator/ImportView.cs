using DocExchange.Core.Parties.Import;
using DocExchange.Hub.Agencies;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Operator;

/// <summary>How a difference reads: counts, what is wrong, what ends, what changes field by field, what is new.</summary>
internal static class ImportView
{
    /// <summary>Of each kind; the rest is counted.</summary>
    private const int Most = 200;

    public static IResult Ask(Visit visit, WaitingFile file, DirectoryDifference difference, string? said)
    {
        var report = ImportReport.Of(difference);
        return Page(visit, file, visit.Say("Xem thay đổi", "What changes"), report, Html.Of($"""
            {Html.When(said is not null, () => Html.Of($"""<p class="notice bad" role="alert">{said}</p>"""))}
            {Confirm(visit, file, difference)}
            """));
    }

    public static IResult Applied(Visit visit, WaitingFile file, ImportReport report) => Page(visit, file, visit.Say("Đã cập nhật danh bạ", "The directory is up to date"), report, Html.Of($"""
        <p class="notice good" role="status">{visit.Say("Đã ghi xong. Mã lần nhập:", "Written. The import's id:")} <span class="code">{report.Import}</span></p>
        {Html.When(report.Overtaken.Count > 0, () => Html.Of($"""<p class="notice wait">{visit.Say("Các mục vừa được người khác thay đổi nên giữ nguyên; hãy nhập lại tệp:", "Left alone because somebody else has just changed them; import the file again:")} {string.Join(", ", report.Overtaken.Take(Most))}</p>"""))}
        """));

    private static IResult Page(Visit visit, WaitingFile file, string title, ImportReport report, Html middle) => Layout.Page(visit, title, Html.Of($"""
        <p class="crumb"><a href="/directory">{visit.Say("Danh bạ cơ quan", "Directory of agencies")}</a></p>
        <h1>{title}</h1>
        <p class="hint">{visit.Say("Tệp", "File")} {file.Name}. {(file.Wish.EndMissing
            ? visit.Say("Mục không có trong tệp sẽ kết thúc.", "Entries that the file lacks end.")
            : visit.Say("Mục không có trong tệp giữ nguyên.", "Entries that the file lacks stay."))}</p>
        <ul class="counts">
        {Count(report.Ended, visit.Say("kết thúc", "ended"))}{Count(report.Revived, visit.Say("khôi phục", "revived"))}{Count(report.Changed, visit.Say("thay đổi", "changed"))}
        {Count(report.Added, visit.Say("thêm mới", "added"))}{Count(report.Unchanged, visit.Say("không đổi", "unchanged"))}{Count(report.WrongRows, visit.Say("dòng sai", "wrong rows"))}
        </ul>
        {middle}
        {Wrong(visit, report)}
        {Changes(visit, report, "ended", visit.Say("Kết thúc", "Ended"), report.Ended)}
        {Changes(visit, report, "revived", visit.Say("Khôi phục", "Revived"), report.Revived)}
        {Changes(visit, report, "changed", visit.Say("Thay đổi", "Changed"), report.Changed)}
        {Changes(visit, report, "added", visit.Say("Thêm mới", "Added"), report.Added)}
        """));

    private static Html Confirm(Visit visit, WaitingFile file, DirectoryDifference difference)
    {
        if (difference.Changes.Count == 0) return Html.Of($"""<p class="notice note" role="status">{visit.Say("Không có gì để ghi.", "There is nothing to write.")}</p>""");
        var skip = Html.When(difference.Wrong.Count > 0, () => Choice("skip", visit.Say($"Bỏ qua {difference.Wrong.Count} dòng sai và ghi các dòng còn lại", $"Pass over the {difference.Wrong.Count} wrong rows and write the others")));
        var end = Html.When(difference.EndsTooMany, () => Choice("endMany", visit.Say($"Đúng là {difference.Missing} trong {difference.Compared} mục kết thúc", $"{difference.Missing} of {difference.Compared} entries really end")));
        return Html.Of($"""
            <form method="post" action="/directory/import/{file.Id}" class="card">
            {visit.FormToken()}<input type="hidden" name="fingerprint" value="{difference.Fingerprint()}">
            {skip}{end}
            <p class="act"><button class="main">{visit.Say($"Ghi {difference.Changes.Count} thay đổi", $"Write {difference.Changes.Count} changes")}</button></p>
            </form>
            """);
    }

    private static Html Choice(string name, string text) => Html.Of($"""<div class="choice"><input id="{name}" name="{name}" type="checkbox" value="yes"><label for="{name}">{text}</label></div>""");

    private static Html Count(int number, string what) => Html.Of($"""<li><strong>{number}</strong>{what}</li>""");

    private static Html Wrong(Visit visit, ImportReport report) => Html.When(report.WrongRows > 0, () => Html.Of($"""
        <h2>{visit.Say("Dòng sai", "Wrong rows")} <span class="count">({report.WrongRows})</span></h2>
        <table class="named"><thead><tr><th scope="col">{visit.Say("Dòng", "Line")}</th><th scope="col">{visit.Say("Mã", "Code")}</th><th scope="col">{visit.Say("Cột", "Column")}</th><th scope="col">{visit.Say("Lý do", "Reason")}</th></tr></thead>
        <tbody>{report.Wrong.Take(Most).Select(w => Html.Of($"""<tr><th scope="row">{w.Line}</th><td>{w.Code}</td><td>{ColumnWords.Of(visit, w.Field)}</td><td>{visit.Say(w.Vietnamese, w.English)}</td></tr>"""))}</tbody></table>
        {More(visit, report.WrongRows, Math.Min(Most, report.Wrong.Count))}
        """));

    private static Html Changes(Visit visit, ImportReport report, string kind, string title, int count)
    {
        if (count == 0) return Html.Nothing;
        var shown = report.Changes.Where(c => c.Kind == kind).Take(Most).ToList();
        var rows = shown.Select(c => Html.Of($"""<tr><th scope="row">{c.Code}</th><td>{c.Name}{Fields(visit, c)}</td></tr>"""));
        return Html.Of($"""
            <h2>{title} <span class="count">({count})</span></h2>
            <table class="named"><thead><tr><th scope="col">{visit.Say("Mã", "Code")}</th><th scope="col">{visit.Say("Tên và thay đổi", "Name and change")}</th></tr></thead><tbody>{rows}</tbody></table>
            {More(visit, count, shown.Count)}
            """);
    }

    private static Html Fields(Visit visit, ChangeView change) => Html.When(change.Fields.Count > 0, () => Html.Of($"""
        <ul class="fields-changed">{change.Fields.Select(f => Html.Of($"""<li>{ColumnWords.Of(visit, f.Field)}: {Shown(visit, "del", f.Before)} → {Shown(visit, "ins", f.After)}</li>"""))}</ul>
        """));

    private static Html Shown(Visit visit, string element, string text)
    {
        if (text.Length == 0) return Html.Of($"""<span class="count">{visit.Say("(trống)", "(nothing)")}</span>""");
        return element == "del" ? Html.Of($"<del>{text}</del>") : Html.Of($"<ins>{text}</ins>");
    }

    private static Html More(Visit visit, int all, int shown) =>
        Html.When(all > shown, () => Html.Of($"""<p class="hint">{visit.Say($"và {all - shown} mục nữa.", $"and {all - shown} more.")}</p>"""));
}
