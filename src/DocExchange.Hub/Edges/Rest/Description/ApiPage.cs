using System.Net;
using System.Text;
using System.Text.Json;

namespace DocExchange.Hub.Edges.Rest.Description;

/// <summary>The OpenAPI document as a page: made here, without scripts and without anything from elsewhere.</summary>
internal static class ApiPage
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
        h2{margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}code{font:14px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #e5e5e5}
        @media(prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#8cf}td,th,h2{border-color:#444}}
        """;

    public static async Task<IResult> ShowAsync(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'";
        using var document = JsonDocument.Parse(await ApiDescription.WriteAsync(http.RequestServices, http.RequestAborted).ConfigureAwait(false));
        return Results.Content(Render(document.RootElement), "text/html; charset=utf-8");
    }

    public static IResult ShowStyle() => Results.Content(Style, "text/css; charset=utf-8");

    private static string Render(JsonElement document)
    {
        var info = document.GetProperty("info");
        var page = new StringBuilder();
        page.Append($"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>DocExchange API</title>
            <link rel="stylesheet" href="/api/docs.css"></head><body><h1>DocExchange API</h1><p>{Text(info, "description")}</p>
            <p>Authenticate with <code>Authorization: Bearer systemid.secret</code>. As OpenAPI: <a href="/api/openapi.json">/api/openapi.json</a>.</p><ul>
            """);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(o => o.Value.TryGetProperty("operationId", out _)).Select(o => (Path: path.Name, Method: o.Name.ToUpperInvariant(), Operation: o.Value)))
            .ToList();
        foreach (var (_, _, operation) in operations) page.Append($"<li><a href=\"#{Text(operation, "operationId")}\">{Text(operation, "summary")}</a></li>");
        page.Append("</ul>");
        foreach (var (path, method, operation) in operations) Operation(page, path, method, operation);
        page.Append("<h1>Types</h1>");
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject()) Schema(page, schema.Name, schema.Value);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Operation(StringBuilder page, string path, string method, JsonElement operation)
    {
        page.Append($"<h2 id=\"{Text(operation, "operationId")}\">{Text(operation, "summary")}</h2><p><code>{method} {Encoded(path)}</code></p><p>{Text(operation, "description")}</p>");
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            page.Append("<table><thead><tr><th>Parameter</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>");
            foreach (var parameter in parameters.EnumerateArray())
            {
                page.Append($"<tr><td><code>{Text(parameter, "name")}</code></td><td>{Text(parameter, "in")}</td><td>{TypeOf(parameter.GetProperty("schema"))}</td><td>{Text(parameter, "description")}</td></tr>");
            }
            page.Append("</tbody></table>");
        }
        if (operation.TryGetProperty("requestBody", out var body)) page.Append($"<p>Takes {Contents(body)}</p>");
        page.Append("<table><thead><tr><th>Answer</th><th>Content</th></tr></thead><tbody>");
        foreach (var response in operation.GetProperty("responses").EnumerateObject())
        {
            page.Append($"<tr><td>{Encoded(response.Name)} {Text(response.Value, "description")}</td><td>{Contents(response.Value)}</td></tr>");
        }
        page.Append("</tbody></table>");
    }

    private static void Schema(StringBuilder page, string name, JsonElement schema)
    {
        page.Append($"<h2 id=\"type-{Encoded(name)}\">{Encoded(name)}</h2>");
        if (!schema.TryGetProperty("properties", out var properties)) return;
        page.Append("<table><thead><tr><th>Member</th><th>Type</th></tr></thead><tbody>");
        foreach (var property in properties.EnumerateObject()) page.Append($"<tr><td><code>{Encoded(property.Name)}</code></td><td>{TypeOf(property.Value)}</td></tr>");
        page.Append("</tbody></table>");
    }

    private static string Contents(JsonElement holder) => holder.TryGetProperty("content", out var content)
        ? string.Join("; ", content.EnumerateObject().Select(c => $"<code>{Encoded(c.Name)}</code>{(c.Value.TryGetProperty("schema", out var schema) ? " " + TypeOf(schema) : "")}"))
        : "";

    private static string TypeOf(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = Encoded(reference.GetString()!.Split('/')[^1]);
            return $"<a href=\"#type-{name}\">{name}</a>";
        }
        if (schema.TryGetProperty("items", out var items)) return "list of " + TypeOf(items);
        if (schema.TryGetProperty("oneOf", out var choices)) return string.Join(" or ", choices.EnumerateArray().Select(TypeOf));
        if (!schema.TryGetProperty("type", out var type)) return "";
        var words = type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(t => t.GetString())) : type.GetString();
        return Encoded(words ?? "") + (schema.TryGetProperty("format", out var format) ? $" ({Encoded(format.GetString()!)})" : "");
    }

    private static string Text(JsonElement holder, string member) => holder.TryGetProperty(member, out var text) ? Encoded(text.GetString() ?? "") : "";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
