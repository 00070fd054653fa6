using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocExchange.Cli;

/// <summary>Aligned text for people, or with <c>--json</c> the same records for machines.</summary>
internal sealed class Output(TextWriter writer, bool json)
{
    // Vietnamese stays readable: this goes to a terminal or a file, never into a page.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public bool IsJson => json;

    /// <summary>One record: its JSON, or the lines.</summary>
    public void Record<T>(T value, params IReadOnlyList<(string Name, string? Value)> lines)
    {
        if (json)
        {
            Json(value);
            return;
        }
        var width = lines.Count == 0 ? 0 : lines.Max(line => line.Name.Length);
        foreach (var (name, text) in lines)
            if (!string.IsNullOrEmpty(text)) writer.WriteLine($"{name.PadRight(width)}  {Clean(text)}");
    }

    /// <summary>A list: a JSON array, or a table with a heading; <paramref name="empty"/> where there is nothing.</summary>
    public void Table<T>(IReadOnlyList<T> rows, string empty, params IReadOnlyList<(string Heading, Func<T, string?> Cell)> columns)
    {
        if (json) Json(rows);
        else if (rows.Count == 0) writer.WriteLine(empty);
        else Align([.. columns.Select(column => column.Heading)], [.. rows.Select(row => columns.Select(column => Clean(column.Cell(row) ?? "")).ToList())]);
    }

    /// <summary>A list whose records the hub defines: the columns are the members of the first one.</summary>
    public void Table(JsonElement rows, string empty)
    {
        if (json || rows.ValueKind != JsonValueKind.Array) Json(rows);
        else if (rows.GetArrayLength() == 0) writer.WriteLine(empty);
        else
        {
            List<string> names = [.. rows[0].EnumerateObject().Select(member => member.Name)];
            Align(names, [.. rows.EnumerateArray().Select(row =>
                names.Select(name => row.TryGetProperty(name, out var value) ? Clean(value.ToString()) : "").ToList())]);
        }
    }

    /// <summary>A remark for people; left out of JSON.</summary>
    public void Line(string text)
    {
        if (!json) writer.WriteLine(Clean(text));
    }

    public static string Time(DateTimeOffset? at) => at is { } time ? Core.VietnamTime.Write(time) : "";

    private void Json<T>(T value) => writer.WriteLine(JsonSerializer.Serialize(value, Options));

    private void Align(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headings.Select((heading, i) => Math.Max(heading.Length, rows.Max(row => row[i].Length))).ToList();
        foreach (var cells in rows.Prepend(headings))
            writer.WriteLine(string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    /// <summary>Texts come from other organisations: no control sequence of theirs reaches the terminal.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format ? "?" : rune.ToString());
        return clean.ToString();
    }
}
