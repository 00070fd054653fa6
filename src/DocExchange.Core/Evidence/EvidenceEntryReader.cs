using System.Text.Json;

namespace DocExchange.Core.Evidence;

/// <summary>Canonical bytes back to an entry. Whatever is not spelled as <see cref="EvidenceEntry.ToCanonicalBytes"/> spells it is no entry.</summary>
internal static class EvidenceEntryReader
{
    private const string DigestPrefix = "sha256:";

    public static EvidenceEntry? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            var entry = Read(document.RootElement);
            return entry is not null && bytes.SequenceEqual(entry.ToCanonicalBytes()) ? entry : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static EvidenceEntry? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        if (Text(json, "event") is not { } name || !EvidenceTime.TryParse(Text(json, "time"), out var time)) return null;
        var digest = Text(json, "digest");
        if (digest is not null && !digest.StartsWith(DigestPrefix, StringComparison.Ordinal)) return null;
        return new EvidenceEntry
        {
            Event = name,
            Time = time,
            Receipt = Text(json, "receipt"),
            Document = Text(json, "document"),
            DocumentId = Text(json, "documentId"),
            BusinessType = json.TryGetProperty("businessType", out var type) ? type.GetInt32() : null,
            Kind = Text(json, "kind"),
            Digest = digest is null ? null : Convert.FromHexString(digest.AsSpan(DigestPrefix.Length)),
            Size = json.TryGetProperty("size", out var size) ? size.GetInt64() : null,
            Sender = Text(json, "sender"),
            Caller = Text(json, "caller"),
            Recipients = json.TryGetProperty("recipients", out var recipients) ? [.. recipients.EnumerateArray().Select(one => one.GetString()!)] : null,
            Recipient = Text(json, "recipient"),
            StatusCode = Text(json, "statusCode"),
            Reporter = Text(json, "reporter"),
            StatusTime = Text(json, "statusTime"),
            Reason = Text(json, "reason"),
            Path = Text(json, "path"),
            Actor = Text(json, "actor"),
            Detail = Text(json, "detail"),
            Variant = Text(json, "variant"),
        };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
