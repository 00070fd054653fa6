namespace DocExchange.Hub.Evidence.Exports;

/// <summary>What is known of an export: kept beside its file when it is done.</summary>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Filter">As the export's first line says it.</param>
/// <param name="From">Index of the first leaf; <paramref name="End"/> is the size to go on from: the next export's <c>after</c>.</param>
/// <param name="Read">How far the log was read.</param>
/// <param name="Digest">SHA-256 of the file, hex; the event of the export names it.</param>
/// <param name="Receipt">Receipt of that event.</param>
public sealed record ExportRecord(
    string Id, string State, string Format, string Log, string Filter, string Actor, DateTimeOffset Asked, long From, long End, long Read,
    long Shown = 0, long Withheld = 0, long Bytes = 0, string? Digest = null, string? Receipt = null);
