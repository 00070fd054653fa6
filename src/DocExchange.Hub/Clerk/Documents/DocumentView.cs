using System.Globalization;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Clerk.Documents;

/// <summary>How a document's page looks: what it is, where each copy stands, what happened.</summary>
internal static class DocumentView
{
    /// <summary>Rows of one table on one page: a circular to a thousand must not become a page of a megabyte.</summary>
    private const int Rows = 100;

    /// <param name="receiptIsOurs">Of a pasted receipt: true = byte for byte what the hub issued, false = not; null = nothing pasted, or not ours to compare.</param>
    public static IResult Page(Visit visit, DocumentTrack track, bool? receiptIsOurs = null)
    {
        var code = track.Code.Length > 0 ? track.Code : visit.Say("(không số)", "(no number)");
        return Layout.Page(visit, code, Html.Of($"""
            <p class="crumb"><a href="/">← {visit.Say("Tra cứu", "Search")}</a></p>
            {PastedReceipt(visit, receiptIsOurs)}
            <article>
            <header class="title"><p>{track.TypeName ?? StateWords.Kind(visit, track.BusinessType)} {StateWords.Marks(visit, track.BusinessType, track.Priority)}</p>
            <h1>{code}</h1><p class="subject">{track.Subject}</p></header>
            {Warnings(visit, track)}
            {Facts(visit, track)}
            {SignatureSection.Of(visit, track)}
            {Copies(visit, track)}
            {Attachments(visit, track)}
            {TimeLine.Section(visit, track, Number(visit, "events"), Rows)}
            </article>
            """));
    }

    /// <summary>The link to the next rows of a long table; the other table's place is kept.</summary>
    public static Html More(Visit visit, string name, int first, int total, string docId)
    {
        if (total <= Rows) return Html.Nothing;
        var last = Math.Min(first + Rows, total);
        var before = Html.When(first > 0, () => Html.Of($"""<a href="/documents/{docId}?{name}={Math.Max(0, first - Rows)}#{name}">← {visit.Say("Trước", "Previous")}</a>"""));
        var after = Html.When(last < total, () => Html.Of($"""<a href="/documents/{docId}?{name}={last}#{name}">{visit.Say("Tiếp", "Next")} →</a>"""));
        return Html.Of($"""<nav class="pages" aria-label="{visit.Say("Các dòng", "Rows")}"><span>{first + 1}–{last} / {total}</span>{before}{after}</nav>""");
    }

    private static int Number(Visit visit, string name) =>
        int.TryParse(visit.Http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Html PastedReceipt(Visit visit, bool? ours) => ours switch
    {
        true => Html.Of($"""<p class="notice good" role="status">{visit.Say("Biên nhận khớp từng byte với biên nhận hệ thống đã cấp.", "The receipt is, byte for byte, the one this hub issued.")}</p>"""),
        false => Html.Of($"""<p class="notice bad" role="alert">{visit.Say("Biên nhận dán vào KHÔNG giống biên nhận hệ thống đã cấp. Hãy dùng bản tải ở dưới.", "The pasted receipt is NOT the one this hub issued. Use the one below.")}</p>"""),
        null => Html.Nothing,
    };

    private static Html Warnings(Visit visit, DocumentTrack track) => Html.When(track.Warnings.Count > 0, () => Html.Of($"""
        <div class="notice note"><p><strong>{visit.Say("Lưu ý khi tiếp nhận", "Noted at acceptance")}</strong></p>
        <ul>{WarningWords.Of(visit, track.Warnings).Select(w => Html.Of($"<li>{w}</li>"))}</ul></div>
        """));

    private static Html Facts(Visit visit, DocumentTrack track)
    {
        // Events are only shown to those who may see all of the document; they may have its receipt, too.
        var receipt = Html.When(track.Events.Count > 0, () => Html.Of($"""
            <dt>{visit.Say("Biên nhận", "Receipt")}</dt><dd><a href="/receipts/{track.ReceiptId}" download>{visit.Say("Tải biên nhận có chữ ký số", "Download the signed receipt")}</a></dd>
            """));
        return Html.Of($"""
            <dl class="card facts">
            <dt>{visit.Say("Nơi gửi", "Sender")}</dt><dd>{track.SenderName} <span class="code">{track.Sender}</span></dd>
            {Html.When(track.PromulgationDate is not null, () => Html.Of($"<dt>{visit.Say("Ngày ban hành", "Date of issue")}</dt><dd>{Visit.Date(track.PromulgationDate)}</dd>"))}
            <dt>{visit.Say("Trục tiếp nhận", "Accepted")}</dt><dd>{Visit.TimeElement(track.AcceptedAt)}</dd>
            {Html.When(track.DocumentId is not null, () => Html.Of($"""<dt>{visit.Say("Mã văn bản", "Document id")}</dt><dd class="code">{track.DocumentId}</dd>"""))}
            <dt>{visit.Say("Mã trên trục", "Hub id")}</dt><dd class="code">{track.DocId}</dd>
            {receipt}
            </dl>
            """);
    }

    private static Html Copies(Visit visit, DocumentTrack track)
    {
        var first = Math.Clamp(Number(visit, "copies"), 0, Math.Max(0, track.Deliveries.Count - 1));
        var last = track.Statuses.GroupBy(s => s.Reporter, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        return Html.Of($"""
            <section aria-labelledby="copies"><h2 id="copies">{visit.Say("Nơi nhận", "Recipients")} <span class="count">{track.Deliveries.Count}</span></h2>
            <table><thead><tr><th scope="col">{visit.Say("Cơ quan", "Agency")}</th><th scope="col">{visit.Say("Tình trạng", "State")}</th><th scope="col">{visit.Say("Từ lúc", "Since")}</th></tr></thead>
            <tbody>{track.Deliveries.Skip(first).Take(Rows).Select(d => Copy(visit, d, last.GetValueOrDefault(d.Agency)))}</tbody></table>
            {More(visit, "copies", first, track.Deliveries.Count, track.DocId)}
            </section>
            """);
    }

    private static Html Copy(Visit visit, DeliveryTrack copy, StatusTrack? last)
    {
        var said = last?.Description is { Length: > 0 } description ? description : copy.StateText;
        var since = last is not null && last.ArrivedAt > copy.Since ? last.ArrivedAt : copy.Since;
        return Html.Of($"""
            <tr><th scope="row">{copy.Name} <span class="code">{copy.Agency}</span></th><td>{StateWords.Copy(visit, copy, last)}{Html.When(said is not null, () => Html.Of($"""<p class="said">{said}</p>"""))}</td><td>{Visit.TimeElement(since)}</td></tr>
            """);
    }

    private static Html Attachments(Visit visit, DocumentTrack track) => Html.Of($"""
        <section aria-labelledby="files"><h2 id="files">{visit.Say("Tệp đính kèm", "Attachments")} <span class="count">{track.Attachments.Count}</span></h2>
        {MalwareNotice.Of(visit, track)}
        {Html.When(track.Attachments.Count == 0, () => Html.Of($"<p>{visit.Say("Không có tệp nào.", "There are none.")}</p>"))}
        <ul class="files">{track.Attachments.Take(Rows).Select(f => Html.Of($"""<li><span class="type">{f.Type}</span><span class="name">{f.Name ?? visit.Say("(không tên)", "(no name)")}</span><span class="size">{Size(f.Length)}</span></li>"""))}</ul>
        </section>
        """);

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => bytes.ToString(CultureInfo.InvariantCulture) + " B",
        < 1024 * 1024 => (bytes / 1024.0).ToString("0.#", CultureInfo.InvariantCulture) + " kB",
        _ => (bytes / (1024.0 * 1024)).ToString("0.#", CultureInfo.InvariantCulture) + " MB",
    };
}
