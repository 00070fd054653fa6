using System.IO.Pipelines;
using DocExchange.Core.Parties;
using DocExchange.Hub.Agencies;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Operator;

/// <summary>The directory for operators: find an entry, download it all, put down a file that changes it.</summary>
internal static class DirectoryPages
{
    private const int Most = 50;

    public static Task<IResult> ShowAsync(Visit visit) => Task.FromResult(Page(visit, null));

    /// <summary>The whole directory as a file, written as it goes out.</summary>
    public static Task<IResult> DownloadAsync(Visit visit)
    {
        if (AgencyFile.FormatOf(visit.Http.Request.Query["format"].ToString()) is not { } format) return Task.FromResult(ErrorPage.NotFound(visit));
        Layout.Protect(visit.Http);
        var (directory, cancelled) = (visit.Book.Directory, visit.Http.RequestAborted);
        return Task.FromResult(Results.Stream(output => AgencyFileWriter.WriteAsync(PipeWriter.Create(output), directory, format, cancelled),
            AgencyFile.TypeOf(format), "directory." + AgencyFile.EndingOf(format)));
    }

    public static IResult Page(Visit visit, string? said, int status = StatusCodes.Status200OK)
    {
        var text = visit.Http.Request.Query["q"].ToString().Trim();
        return Layout.Page(visit, visit.Say("Danh bạ cơ quan", "Directory of agencies"), Html.Of($"""
            <h1>{visit.Say("Danh bạ cơ quan", "Directory of agencies")}</h1>
            <p class="hint below">{visit.Say($"{visit.Book.Directory.Count} cơ quan, đơn vị.", $"{visit.Book.Directory.Count} agencies and units.")}</p>
            {Html.When(said is not null, () => Html.Of($"""<p class="notice bad" role="alert">{said}</p>"""))}
            <form method="get" action="/directory" role="search" class="card search">
            <label for="q">{visit.Say("Mã, đầu mã, hoặc từ trong tên (không cần dấu)", "Code, its beginning, or words of the name (marks are not needed)")}</label>
            <div class="box"><input id="q" name="q" type="search" value="{text}" autocomplete="off"><button class="main">{visit.Say("Tìm", "Search")}</button></div>
            </form>
            {Html.When(text.Length > 0, () => Found(visit, text))}
            {Upload(visit)}
            """), status);
    }

    private static Html Found(Visit visit, string text)
    {
        var found = visit.Book.Directory.Search(text, Most);
        if (found.Count == 0) return Html.Of($"""<section class="empty" role="status"><p>{visit.Say("Không tìm thấy cơ quan nào.", "No agency was found.")}</p></section>""");
        return Html.Of($"""
            <h2>{visit.Say($"Tìm thấy “{text}”", $"Found for “{text}”")} <span class="count">({found.Count}{(found.Count == Most ? "+" : "")})</span></h2>
            <table><thead><tr><th scope="col">{visit.Say("Mã", "Code")}</th><th scope="col">{visit.Say("Tên", "Name")}</th><th scope="col">{visit.Say("Trực thuộc", "Part of")}</th><th scope="col">{visit.Say("Hộp thư, đường gửi", "Mailbox or route")}</th></tr></thead>
            <tbody>{found.Select(a => Line(visit, a))}</tbody></table>
            """);
    }

    private static Html Line(Visit visit, Agency agency)
    {
        var parent = agency.ParentId is { } id ? visit.Book.Directory.Find(id)?.Name : null;
        var mailbox = visit.Book.MailboxOf(agency)?.SystemId;
        var ended = Html.When(agency.ValidTo is not null, () => Html.Of($""" <span class="mark wait">{visit.Say("kết thúc", "ends")} {Visit.Time(agency.ValidTo!.Value)}</span>"""));
        var people = Html.Join(agency.FocalPoints.Select(p => Html.Of($"""<p class="said">{string.Join(" · ", new[] { p.Name, p.Role, p.Mail, p.Phone }.Where(t => t is not null))}</p>""")));
        return Html.Of($"""
            <tr><th scope="row">{agency.Code}<p class="said">{string.Join(" ", agency.Aliases)}</p></th><td>{agency.Name}{ended}{people}</td><td>{parent}</td>
            <td>{(agency.Axis is null ? mailbox ?? visit.Say("chưa có hộp thư", "no mailbox") : "axis:" + agency.Axis)}</td></tr>
            """);
    }

    private static Html Upload(Visit visit) => Html.Of($"""
        <h2>{visit.Say("Nhập và xuất tệp", "Files in and out")}</h2>
        <section class="card">
        <form method="post" action="/directory/import" enctype="multipart/form-data" class="stack">
        {visit.FormToken()}
        <label for="file">{visit.Say("Tệp CSV, JSON hoặc JSON Lines (UTF-8)", "CSV, JSON or JSON Lines file (UTF-8)")}</label>
        <input id="file" name="file" type="file" accept=".csv,.json,.jsonl,.ndjson" required aria-describedby="file-hint">
        <p class="hint" id="file-hint">{visit.Say("Bước sau cho xem thay đổi; chưa có gì được ghi.", "The next step shows what changes; nothing is written yet.")}</p>
        <div class="choice"><input id="missing" name="missing" type="checkbox" value="end"><label for="missing">{visit.Say("Tệp là toàn bộ danh bạ: mục không có trong tệp sẽ kết thúc", "The file is the whole directory: entries it lacks end")}</label></div>
        <button class="main">{visit.Say("Xem thay đổi", "Show what changes")}</button>
        </form>
        <p class="act">{visit.Say("Tải về toàn bộ danh bạ:", "Download the whole directory:")} <a href="/directory/file?format=csv">CSV</a> · <a href="/directory/file?format=jsonl">JSON Lines</a> · <a href="/directory/file?format=json">JSON</a></p>
        </section>
        """);
}
