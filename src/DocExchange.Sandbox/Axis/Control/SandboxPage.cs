using System.Globalization;
using System.Net;
using System.Text;
using DocExchange.Axis.Protocol;
using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.Sandbox.Axis.Control;

/// <summary>What the axis holds and saw, on one page, with the knobs most wanted. Without scripts; everything else is in the JSON interface.</summary>
internal static class SandboxPage
{
    private const int Shown = 50;

    public static string Of(AxisServer axis)
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox axis</title>
            <style>body{font:15px/1.5 sans-serif;margin:2em auto;max-width:75em;padding:0 1em}table{border-collapse:collapse;width:100%}td,th{border:1px solid #888;padding:.2em .5em;text-align:left}form{display:inline-block;margin:.3em 0}h2{margin-top:1.5em}</style></head><body>
            <h1>Sandbox axis</h1>
            <p>A national axis to try systems against. Everything on it is invented and in memory. The knobs as JSON: <code>/sandbox/faults</code>, <code>seen</code>, <code>documents</code>, <code>readings</code>, <code>systems</code>, <code>correspondents</code>, <code>directory</code>.</p>

            """);
        Faults(page, axis.Faults);
        Letters(page, axis);
        Documents(page, axis.Exchange);
        Calls(page, axis);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Faults(StringBuilder page, SandboxAxisFaults faults)
    {
        page.Append("<h2>Faults</h2>");
        Table(page, ["Id", "What", "With", "Matched", "Happened"], faults.Current.Select(set => new[]
        {
            Text(set.Id), set.Fault.Kind + (set.Fault.AfterProcessing ? " after processing" : ""), set.Fault.Operation ?? "every operation", Text(set.Matched), Text(set.Happened),
        }));
        page.Append("<form method=\"post\" action=\"/sandbox/page/fault\">")
            .Append(Select("What", "kind", Enum.GetNames<FaultKind>())).Append(Select(" with", "operation", ["", .. VxpOperations.All]))
            .Append(" <label>calls <input name=\"times\" type=\"number\" min=\"1\" value=\"1\"></label> <label>delay in ms <input name=\"delay\" type=\"number\" min=\"0\" value=\"1000\"></label>")
            .Append(" <label><input name=\"after\" type=\"checkbox\"> after processing</label> <button>Set</button></form> ")
            .Append("<form method=\"post\" action=\"/sandbox/page/clear\"><button>Clear all faults</button></form> <form method=\"post\" action=\"/sandbox/page/reset\"><button>Forget everything</button></form>");
    }

    private static void Letters(StringBuilder page, AxisServer axis)
    {
        var organs = axis.Book.Listed.Where(one => !one.IsDeleted).Select(one => one.Organ).ToList();
        page.Append("<h2>Send a letter</h2><form method=\"post\" action=\"/sandbox/page/letter\">")
            .Append(Select("From", "from", organs.Where(organ => axis.Book.SystemOf(organ) is null).Select(organ => organ.Code)))
            .Append(Select(" to", "to", organs.Where(organ => axis.Book.SystemOf(organ) is not null).Select(organ => organ.Code)))
            .Append(" <button>Send</button></form>");
    }

    private static void Documents(StringBuilder page, AxisExchange exchange)
    {
        var held = HeldDocument.All(exchange);
        page.Append("<h2>Documents</h2><p>").Append(held.Count).Append(" held; the newest first.</p>");
        Table(page, ["DocId", "Type", "From", "About", "Receivers"], held.Reverse().Take(Shown).Select(document => new[]
        {
            document.DocId, document.StatusCode is null ? document.MessageType : $"{document.MessageType} {document.StatusCode}", document.From, document.Subject ?? document.DocumentId ?? "",
            string.Join(", ", document.Items.Select(item => $"{string.Join('+', item.To)} {item.Status}")),
        }));
    }

    private static void Calls(StringBuilder page, AxisServer axis)
    {
        page.Append("<h2>Calls</h2>");
        Table(page, ["No", "At", "System", "Operation", "Answer", "HTTP", "Faults"], axis.Seen.Calls.Reverse().Take(Shown).Select(call => new[]
        {
            Text(call.Number), call.At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), call.SystemId ?? "", call.Operation, $"{call.Code} {call.Text}", Text(call.HttpStatus ?? 0), string.Join(", ", call.Faults),
        }));
    }

    private static void Table(StringBuilder page, string[] head, IEnumerable<string[]> rows)
    {
        page.Append("<table><tr>");
        foreach (var cell in head) page.Append("<th>").Append(cell).Append("</th>");
        page.Append("</tr>");
        foreach (var row in rows)
        {
            page.Append("<tr>");
            foreach (var cell in row) page.Append("<td>").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            page.Append("</tr>");
        }
        page.Append("</table>");
    }

    private static string Select(string label, string name, IEnumerable<string> values) =>
        $" <label>{label} <select name=\"{name}\">{string.Concat(values.Select(value => $"<option value=\"{WebUtility.HtmlEncode(value)}\">{(value.Length == 0 ? "every operation" : WebUtility.HtmlEncode(value))}</option>"))}</select></label>";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
