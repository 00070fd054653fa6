using System.Text.Json;

namespace DocExchange.Axis.Protocol;

/// <summary>
/// The values a caller signed, by name without the header prefix and without regard to case (<c>docid</c> and <c>docId</c> are both sent by
/// real clients). A client object re-sends every value it ever used, so a value that an operation does not use means nothing.
/// </summary>
public sealed class SignedValues
{
    private readonly Dictionary<string, string> _values;

    internal SignedValues(Dictionary<string, string> values) => _values = values;

    /// <summary>Everything that was signed, empty values included.</summary>
    public IReadOnlyDictionary<string, string> All => _values;

    public string SystemId => this[VxpNames.SystemId] ?? "";
    public string? Timestamp => this[VxpNames.Timestamp];
    public string? ServiceType => this[VxpNames.ServiceType];
    public string? MessageType => this[VxpNames.MessageType];
    public string? From => this[VxpNames.From];
    public string? HashFile => this[VxpNames.HashFile];
    public string? DocId => this[VxpNames.DocId];
    public string? Status => this[VxpNames.Status];
    public string? Description => this[VxpNames.Description];
    public string? FromDate => this[VxpNames.FromDate];
    public string? ToDate => this[VxpNames.ToDate];
    public string? Level => this[VxpNames.Level];
    public string? AgencyCode => this[VxpNames.AgencyCode];

    /// <summary>
    /// The receivers that <c>to</c> narrows a delivery to; null when it was not sent or names nobody. A text that cannot be read comes back
    /// as one code that no directory knows, so that it can only be refused and never widens or drops a delivery.
    /// </summary>
    public IReadOnlyList<string>? To => this[VxpNames.To] is { } text && ReadCodes(text) is { Count: > 0 } codes ? codes : null;

    /// <summary>The value of that name, or null. Empty texts are returned as null: clients send empty headers for what they do not set.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Reads the JSON text of a receiver list: an array of strings, a quoted string (which may itself hold an array), or a bare code.</summary>
    public static IReadOnlyList<string> ReadCodes(string text) => ReadCodes(text.Trim(), nested: false);

    private static List<string> ReadCodes(string text, bool nested)
    {
        if (text.Length == 0) return [];
        if (text[0] is not ('[' or '"')) return [text];
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.String)
            {
                var inner = json.RootElement.GetString()!.Trim();
                return nested || inner.StartsWith('"') ? [inner] : ReadCodes(inner, nested: true);
            }
            var codes = new List<string>(json.RootElement.GetArrayLength());
            foreach (var element in json.RootElement.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.String) return [text];
                var code = element.GetString()!.Trim();
                if (code.Length > 0) codes.Add(code);
            }
            return codes;
        }
        catch (JsonException)
        {
            return [text];
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape: JSON, but no text.
            return [text];
        }
    }
}
