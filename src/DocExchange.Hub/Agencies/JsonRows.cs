using System.Runtime.CompilerServices;
using System.Text.Json;
using DocExchange.Core.Parties.Import;

namespace DocExchange.Hub.Agencies;

/// <summary>Rows of a JSON file, an array or one entry a line. A member that an entry lacks stays as it is; null empties it.</summary>
internal static class JsonRows
{
    public static async IAsyncEnumerable<ImportRow> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var piece in new JsonTexts(file).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return piece.IsCut
                ? Wrong(piece.Line, "", "The file ends inside, or an entry is longer than 64 kB.", "Tệp bị cắt giữa chừng, hoặc một mục dài hơn 64 kB.")
                : Read(piece);
        }
    }

    private static ImportRow Read(JsonPiece piece)
    {
        try
        {
            using var json = JsonDocument.Parse(piece.Text);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(piece.Line, json.RootElement) : NoEntry(piece.Line);
        }
        catch (JsonException)
        {
            return NoEntry(piece.Line);
        }
    }

    private static ImportRow Read(int line, JsonElement entry)
    {
        var columns = new List<AgencyColumn>();
        var cells = new List<string>();
        foreach (var member in entry.EnumerateObject())
        {
            if (AgencyColumn.Named(member.Name) is not { } column || columns.Contains(column))
            {
                return Wrong(line, member.Name, "There is no such member, or it stands twice.", "Không có trường này hoặc trường bị lặp lại.");
            }
            if (TextOf(member.Value) is not { } text) return Wrong(line, column.Name, $"Write {column.English}.", $"Hãy ghi {column.Vietnamese}.");
            columns.Add(column);
            cells.Add(text);
        }
        return new ImportRow(line, columns, cells);
    }

    /// <summary>The value as a cell of a table would hold it; null when it can be none.</summary>
    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => ListOf(value),
        _ => null,
    };

    private static string? ListOf(JsonElement list)
    {
        var items = list.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.Object ? PersonOf(i) : i.ValueKind == JsonValueKind.String ? i.GetString() : null).ToList();
        return items.Contains(null) ? null : string.Join(list.EnumerateArray().Any(i => i.ValueKind == JsonValueKind.Object) ? "; " : " ", items);
    }

    /// <summary>What separates the parts in a cell may not stand in them.</summary>
    private static string? PersonOf(JsonElement person)
    {
        var parts = new string[4];
        foreach (var member in person.EnumerateObject())
        {
            var place = member.Name.ToLowerInvariant() switch { "name" => 0, "role" => 1, "mail" => 2, "phone" => 3, _ => -1 };
            if (place < 0 || member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) return null;
            parts[place] = member.Value.GetString() ?? "";
            if (parts[place].AsSpan().ContainsAny('|', ';')) return null;
        }
        return string.Join('|', parts);
    }

    private static ImportRow NoEntry(int line) => Wrong(line, "", "This is no JSON object.", "Đây không phải là đối tượng JSON.");

    private static ImportRow Wrong(int line, string field, string english, string vietnamese) => ImportRow.Unreadable(new RowProblem(line, "", field, english, vietnamese));
}
