using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Clerk.Documents;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Clerk.Search;

/// <summary>How the start page looks.</summary>
internal static class SearchView
{
    public static IResult Page(Visit visit, SearchForm form, Found found) =>
        Layout.Page(visit, visit.Say("Tra cứu văn bản", "Find a document"), Html.Of($"{Form(visit, form)}{Results(visit, form, found)}"));

    /// <summary>The empty form and one sentence.</summary>
    public static IResult Said(Visit visit, string sentence) => Layout.Page(visit, visit.Say("Tra cứu văn bản", "Find a document"),
        Html.Of($"""{Form(visit, new SearchForm())}<p class="notice bad" role="alert">{sentence}</p>"""));

    private static Html Form(Visit visit, SearchForm form) => Html.Of($"""
        <h1>{visit.Say("Tra cứu văn bản", "Find a document")}</h1>
        <form method="post" action="/" role="search" class="card search">
        {visit.FormToken()}
        <label for="q">{visit.Say("Số và ký hiệu, mã văn bản, từ trong trích yếu, hoặc biên nhận", "Number and notation, document id, words of the subject, or a receipt")}</label>
        <div class="box"><input id="q" name="q" type="search" value="{form.Text}" autocomplete="off" aria-describedby="q-hint"><button class="main">{visit.Say("Tìm", "Search")}</button></div>
        <p class="hint" id="q-hint">{visit.Say("Ví dụ:", "For example:")} <a href="/?q=108%2FKH-UBND">108/KH-UBND</a> · <a href="/?q=chuyen+doi+so">chuyen doi so</a> {visit.Say("(không cần gõ dấu) · dán nguyên biên nhận", "(marks are not needed) · a whole receipt pasted")}</p>
        {Filters(visit, form)}
        </form>
        """);

    private static Html Filters(Visit visit, SearchForm form)
    {
        var direction = Html.When(visit.Account?.Role == Role.Clerk, () => Field("direction", visit.Say("Chiều", "Direction"), Select("direction",
            form.Direction == SearchDirection.Any ? "" : form.Direction.ToString().ToLowerInvariant(),
            ("", visit.Say("Đi và đến", "Sent and received")), ("sent", visit.Say("Văn bản đi", "Sent")), ("received", visit.Say("Văn bản đến", "Received")))));
        var kinds = Enum.GetValues<BusinessType>().Select(k => (((int)k).ToString(System.Globalization.CultureInfo.InvariantCulture), StateWords.Kind(visit, k)));
        return Html.Of($"""
            <details{Html.When(form.HasFilters, () => Html.Of($" open"))}><summary>{visit.Say("Lọc thêm", "More filters")}</summary>
            <div class="fields">
            {direction}
            {Field("kind", visit.Say("Loại nghiệp vụ", "Kind"), Select("kind", form.Kind is { } kind ? ((int)kind).ToString(System.Globalization.CultureInfo.InvariantCulture) : "",
                [("", visit.Say("Tất cả", "All")), .. kinds]))}
            {Field("sender", visit.Say("Nơi gửi (tên hoặc mã)", "Sender (name or code)"), Html.Of($"""<input id="sender" name="sender" value="{form.Sender}">"""))}
            {Field("recipient", visit.Say("Nơi nhận (tên hoặc mã)", "Recipient (name or code)"), Html.Of($"""<input id="recipient" name="recipient" value="{form.Recipient}">"""))}
            {Field("from", visit.Say("Tiếp nhận từ ngày", "Accepted from"), Html.Of($"""<input id="from" name="from" type="date" value="{SearchForm.Write(form.From)}">"""))}
            {Field("until", visit.Say("Đến ngày", "Until"), Html.Of($"""<input id="until" name="until" type="date" value="{SearchForm.Write(form.Until)}">"""))}
            </div></details>
            """);
    }

    private static Html Field(string id, string label, Html control) => Html.Of($"""<div><label for="{id}">{label}</label>{control}</div>""");

    private static Html Select(string name, string chosen, params (string Value, string Text)[] options) => Html.Of($"""
        <select id="{name}" name="{name}">{options.Select(o => Html.Of($"""<option value="{o.Value}"{Html.When(o.Value == chosen, () => Html.Of($" selected"))}>{o.Text}</option>"""))}</select>
        """);

    private static Html Results(Visit visit, SearchForm form, Found found)
    {
        var documents = found.Page.Documents;
        if (documents.Count == 0 && found.Page.Next is null) return Empty(visit, form);
        return Html.Of($"""
            <section aria-labelledby="found">
            <h2 id="found">{Heading(visit, form, found)}</h2>
            <ol class="list">{documents.Select(d => Line(visit, d))}</ol>
            {Pages(visit, form, found.Page)}
            </section>
            """);
    }

    private static string Heading(Visit visit, SearchForm form, Found found) => found.Reading switch
    {
        Reading.Newest => form.HasFilters ? visit.Say("Văn bản theo bộ lọc, mới nhất trước", "Documents by filter, newest first") : visit.Say("Văn bản mới nhất", "Newest documents"),
        Reading.Id => visit.Say("Theo mã văn bản", "By document id"),
        Reading.WholeCode => visit.Say($"Số, ký hiệu {form.Text}", $"Number and notation {form.Text}"),
        Reading.BeginningOfCode => visit.Say($"Số, ký hiệu bắt đầu bằng {form.Text.TrimEnd('*')}", $"Number and notation beginning with {form.Text.TrimEnd('*')}"),
        _ => visit.Say($"Có các từ “{form.Text}”, mới nhất trước", $"With the words “{form.Text}”, newest first"),
    };

    private static Html Line(Visit visit, FoundDocument document)
    {
        var code = document.Code.Length > 0 ? document.Code : visit.Say("(không số)", "(no number)");
        var more = document.Copies - document.FirstRecipients.Count;
        var recipients = string.Join("; ", document.FirstRecipients) + (more > 0 ? visit.Say($" và {more} nơi khác", $" and {more} more") : "");
        return Html.Of($"""
            <li class="line"><div class="top"><a href="/documents/{document.DocId}">{code}</a>{Html.When(document.PromulgationDate is not null, () => Html.Of($"<span>{visit.Say("ngày", "of")} {Visit.Date(document.PromulgationDate)}</span>"))}{StateWords.Marks(visit, document.BusinessType, document.Priority)}{StateWords.Copies(visit, document)}</div>
            <p class="subject">{document.Subject}</p>
            <p class="way"><span>{document.SenderName}</span> <span aria-hidden="true">→</span><span class="unseen">{visit.Say("gửi", "to")}</span> <span>{recipients}</span></p>
            <p class="when">{visit.Say("Tiếp nhận", "Accepted")} {Visit.TimeElement(document.AcceptedAt)}</p></li>
            """);
    }

    private static Html Pages(Visit visit, SearchForm form, SearchPage page)
    {
        var first = Html.When(form.After is not null, () => Html.Of($"""<a href="{(form with { After = null }).Address()}">{visit.Say("Về đầu danh sách", "Back to the first page")}</a>"""));
        var next = Html.When(page.Next is not null, () => Html.Of($"""<a class="next" rel="next" href="{(form with { After = page.Next }).Address()}">{visit.Say("Cũ hơn", "Older")} <span aria-hidden="true">→</span></a>"""));
        return Html.Of($"""<nav class="pages" aria-label="{visit.Say("Trang", "Pages")}">{first}{next}</nav>""");
    }

    private static Html Empty(Visit visit, SearchForm form)
    {
        if (form.IsEmpty)
        {
            return Html.Of($"""<section class="empty"><h2>{visit.Say("Chưa có văn bản nào", "No documents yet")}</h2><p>{visit.Say("Văn bản đi và đến của cơ quan bạn sẽ hiện ở đây.", "Documents your agency sends and receives will appear here.")}</p></section>""");
        }
        return Html.Of($"""
            <section class="empty" role="status"><h2>{visit.Say("Không tìm thấy văn bản nào", "Nothing was found")}</h2>
            <ul>
            <li>{visit.Say("Thử ít từ hơn; mỗi từ phải là một từ trọn vẹn, có dấu hay không đều được.", "Try fewer words; each must be a whole word, marks do not matter.")}</li>
            <li>{visit.Say("Số và ký hiệu viết liền, ví dụ 108/KH-UBND; chỉ gõ 108/KH cũng được.", "Write number and notation without spaces, such as 108/KH-UBND; 108/KH is enough.")}</li>
            {Html.When(form.HasFilters, () => Html.Of($"""<li><a href="{new SearchForm { Text = form.Text }.Address()}">{visit.Say("Bỏ bộ lọc và tìm lại", "Search again without filters")}</a></li>"""))}
            {Html.When(visit.Account?.Role == Role.Clerk, () => Html.Of($"<li>{visit.Say("Bạn chỉ thấy văn bản đi và đến của cơ quan mình và các đơn vị trực thuộc.", "You see only documents your agency and its units sent or received.")}</li>"))}
            </ul></section>
            """);
    }
}
