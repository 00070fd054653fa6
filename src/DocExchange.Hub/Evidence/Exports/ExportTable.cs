using System.Globalization;
using System.Text;
using CsvHelper;
using DocExchange.Core;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Hub.Agencies;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>An export's events as a table: one row each, members as columns, times as people in Viet Nam read them.</summary>
internal static class ExportTable
{
    private static readonly (string Name, Func<EvidenceEntry, string?> Of)[] Columns =
    [
        ("event", e => e.Event), ("time", e => VietnamTime.Write(e.Time)), ("receipt", e => e.Receipt), ("document", e => e.Document), ("documentId", e => e.DocumentId),
        ("businessType", e => Text(e.BusinessType)), ("kind", e => e.Kind), ("digest", e => e.Digest is null ? null : "sha256:" + Convert.ToHexStringLower(e.Digest)),
        ("size", e => Text(e.Size)), ("sender", e => e.Sender), ("caller", e => e.Caller), ("recipients", e => e.Recipients is null ? null : string.Join(' ', e.Recipients)),
        ("recipient", e => e.Recipient), ("statusCode", e => e.StatusCode), ("reporter", e => e.Reporter), ("statusTime", e => e.StatusTime), ("reason", e => e.Reason),
        ("path", e => e.Path), ("actor", e => e.Actor), ("detail", e => e.Detail), ("variant", e => e.Variant),
    ];

    /// <summary>With the mark that spreadsheets take for UTF-8; what a cell would take for a formula is quoted.</summary>
    public static async Task WriteAsync(Stream output, Stream export, CancellationToken cancellationToken)
    {
        var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using (text.ConfigureAwait(false))
        {
            var csv = new CsvWriter(text, SpreadsheetCells.Written, leaveOpen: true);
            await using (csv.ConfigureAwait(false))
            {
                csv.WriteField("index");
                foreach (var column in Columns) csv.WriteField(column.Name);
                foreach (var (index, entry) in ExportEvents.In(export))
                {
                    await csv.NextRecordAsync().ConfigureAwait(false);
                    csv.WriteField(index);
                    foreach (var column in Columns) csv.WriteField(column.Of(entry));
                    cancellationToken.ThrowIfCancellationRequested();
                }
                await csv.NextRecordAsync().ConfigureAwait(false);
            }
        }
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
