using DocExchange.Core.Parties.Import;

namespace DocExchange.Hub.Agencies;

public enum AgencyFileFormat { Csv, Json, JsonLines }

/// <summary>A file of agencies in one of its formats.</summary>
internal static class AgencyFile
{
    /// <summary>No row is longer, with any margin; what is, is no row.</summary>
    public const int LongestRow = 64 * 1024;

    /// <summary>The format a name ends with or a content type says; null for none.</summary>
    public static AgencyFileFormat? FormatOf(string? said) => said?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "csv" or "text/csv" or "application/csv" or "application/vnd.ms-excel" => AgencyFileFormat.Csv,
        "json" or "application/json" => AgencyFileFormat.Json,
        "jsonl" or "ndjson" or "application/x-ndjson" or "application/jsonl" => AgencyFileFormat.JsonLines,
        _ => null,
    };

    public static string TypeOf(AgencyFileFormat format) => format switch
    {
        AgencyFileFormat.Csv => "text/csv; charset=utf-8",
        AgencyFileFormat.Json => "application/json",
        _ => "application/x-ndjson",
    };

    public static string EndingOf(AgencyFileFormat format) => format switch { AgencyFileFormat.Csv => "csv", AgencyFileFormat.Json => "json", _ => "jsonl" };

    /// <summary>The rows as they stand in the file, wrong ones included. JSON may be an array or one entry a line, whichever of the two was said.</summary>
    public static IAsyncEnumerable<ImportRow> ReadAsync(Stream file, AgencyFileFormat format, CancellationToken cancellationToken) =>
        format == AgencyFileFormat.Csv ? CsvRows.ReadAsync(file, cancellationToken) : JsonRows.ReadAsync(file, cancellationToken);
}
