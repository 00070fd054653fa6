using System.Text.Json.Serialization;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>What is known of an export: kept in the exports' folder from the moment it is asked for.</summary>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Filter">As the export's first line says it.</param>
/// <param name="From">Index of the first leaf; <paramref name="End"/> is the size to go on from: the next export's <c>after</c>.</param>
/// <param name="Read">How far the log was read.</param>
/// <param name="Digest">SHA-256 of the file, hex; the event of the export names it.</param>
/// <param name="Receipt">Receipt of that event.</param>
/// <param name="SealedFor">Whose certificate alone opens the file; null for everybody.</param>
/// <param name="Fault">Why it was not made.</param>
/// <param name="Earlier">Origins of earlier logs that hold a part of what was asked for: a restore begins another log. Each is an export of its own.</param>
public sealed record ExportRecord(
    string Id, string State, string Format, string Log, string Filter, string Actor, DateTimeOffset Asked, long From, long End, long Read,
    long Shown = 0, long Withheld = 0, long Bytes = 0, string? Digest = null, string? Receipt = null, string? SealedFor = null, string? Fault = null,
    IReadOnlyList<string>? Earlier = null)
{
    [JsonIgnore]
    public bool IsOpen => State is "waiting" or "running";

    /// <summary>Of the file's name.</summary>
    [JsonIgnore]
    public string Ending => SealedFor is null ? Format : Format + ".p7m";

    [JsonIgnore]
    public string MediaType => SealedFor is null ? ExportWish.MediaTypeOf(Format) : "application/pkcs7-mime; smime-type=enveloped-data";

    [JsonIgnore]
    public string FileName => $"export-{From}-{End}.{Ending}";
}
