using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Documents;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Auditor;

/// <summary>The form an auditor asks for an export with.</summary>
internal static class AuditForm
{
    private static readonly DeliveryState[] States = [DeliveryState.Available, DeliveryState.Fetched, DeliveryState.Delivered, DeliveryState.Failed, DeliveryState.Abandoned];

    /// <param name="logs">Oldest first; the last is the one taken where nothing is said.</param>
    public static Html Of(Visit visit, IReadOnlyDictionary<string, string?> words, IReadOnlyList<LogEpoch> logs) => Html.Of($"""
        <form method="post" action="/audit" class="card">
        {visit.FormToken()}
        <div class="fields">
        {Field(visit, "format", Select("format", Word(words, "format"), ("asice", visit.Say("ASiC-E: bằng chứng, bảng, chữ ký", "ASiC-E: evidence, table, signature")), ("jsonl", visit.Say("JSON Lines: chỉ bằng chứng", "JSON Lines: evidence alone")), ("xlsx", visit.Say("XLSX: bảng để đọc", "XLSX: a table for reading")), ("csv", visit.Say("CSV: bảng để đọc", "CSV: a table for reading"))))}
        {Field(visit, "from", Html.Of($"""<input id="from" name="from" type="date" value="{Word(words, "from")}">"""))}
        {Field(visit, "until", Html.Of($"""<input id="until" name="until" type="date" value="{Word(words, "until")}">"""))}
        {Field(visit, "agency", Html.Of($"""<input id="agency" name="agency" value="{Word(words, "agency")}" autocomplete="off" placeholder="H30.12">"""))}
        {Field(visit, "direction", Select("direction", Word(words, "direction"), ("", visit.Say("Đi và đến", "Sent and received")), ("sent", visit.Say("Văn bản đi", "Sent")), ("received", visit.Say("Văn bản đến", "Received"))))}
        {Field(visit, "state", Select("state", Word(words, "state"), [("", visit.Say("Mọi tình trạng", "Any state")), .. States.Select(state => (state.ToString().ToLowerInvariant(), StateWords.DeliveryText(visit, state)))]))}
        {Field(visit, "document", Html.Of($"""<input id="document" name="document" value="{Word(words, "document")}" autocomplete="off" spellcheck="false">"""))}
        {Html.When(logs.Count > 1, () => Field(visit, "log", Select("log", Word(words, "log"), [.. Logs(visit, logs)])))}
        </div>
        {Choice(visit, words, "units", "on")}
        {Choice(visit, words, "since", "last")}
        {Choice(visit, words, "packages", "on")}
        <details{Html.When(Word(words, "certificate").Length > 0, () => Html.Of($" open"))}><summary>{visit.Say("Niêm phong cho một người", "Seal it for one person")}</summary>
        <label for="certificate">{Label(visit, "certificate")}</label>
        <textarea id="certificate" name="certificate" rows="4" spellcheck="false" aria-describedby="certificate-hint">{Word(words, "certificate")}</textarea>
        <p class="hint" id="certificate-hint">{visit.Say("Chỉ người giữ khóa riêng của chứng thư này mở được tệp.", "Only who has this certificate's private key can open the file.")}</p>
        </details>
        <p class="act"><button class="main">{visit.Say("Xuất", "Make the export")}</button></p>
        </form>
        """);

    public static string Label(Visit visit, string name) => name switch
    {
        "format" => visit.Say("Dạng tệp", "Form"),
        "from" => visit.Say("Từ ngày", "From"),
        "until" or "before" => visit.Say("Đến hết ngày", "Until (that day included)"),
        "agency" => visit.Say("Mã cơ quan", "Agency code"),
        "units" => visit.Say("Gồm cả các đơn vị trực thuộc", "With the agency's units"),
        "direction" => visit.Say("Chiều", "Direction"),
        "state" => visit.Say("Tình trạng hiện nay của bản gửi", "State of a copy now"),
        "log" => visit.Say("Nhật ký", "Log"),
        "document" => visit.Say("Mã văn bản trong hệ thống", "Document id of the hub"),
        "since" or "after" => visit.Say("Chỉ phần thêm mới từ lần tôi xuất trước với cùng lựa chọn", "Only what changed since my last export of the same choice"),
        "packages" => visit.Say("Kèm gói tin gốc (ASiC-E)", "With the original packages (ASiC-E)"),
        "certificate" => visit.Say("Chứng thư của người nhận (PEM)", "The reader's certificate (PEM)"),
        _ => name,
    };

    private static IEnumerable<(string, string)> Logs(Visit visit, IReadOnlyList<LogEpoch> logs)
    {
        yield return ("", visit.Say($"Hiện hành, từ {Day(logs[^1])}", $"Current, since {Day(logs[^1])}"));
        for (var i = logs.Count - 2; i >= 0; i--) yield return (logs[i].Tag, $"{Day(logs[i])} – {Day(logs[i + 1])} ({logs[i].Tag})");

        static string Day(LogEpoch log) => VietnamTime.Of(log.Started).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
    }

    private static Html Field(Visit visit, string name, Html control) => Html.Of($"""<div><label for="{name}">{Label(visit, name)}</label>{control}</div>""");

    private static Html Choice(Visit visit, IReadOnlyDictionary<string, string?> words, string name, string value) => Html.Of($"""
        <div class="choice"><input id="{name}" name="{name}" type="checkbox" value="{value}"{Html.When(Word(words, name).Length > 0, () => Html.Of($" checked"))}><label for="{name}">{Label(visit, name)}</label></div>
        """);

    private static Html Select(string name, string chosen, params (string Value, string Text)[] options) => Html.Of($"""
        <select id="{name}" name="{name}">{options.Select(o => Html.Of($"""<option value="{o.Value}"{Html.When(o.Value == chosen, () => Html.Of($" selected"))}>{o.Text}</option>"""))}</select>
        """);

    private static string Word(IReadOnlyDictionary<string, string?> words, string name) => words.GetValueOrDefault(name) ?? "";
}
