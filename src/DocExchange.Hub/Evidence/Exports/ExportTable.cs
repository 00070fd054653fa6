using System.Text;
using CsvHelper;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Hub.Agencies;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>An export's events as a table: one row each.</summary>
internal static class ExportTable
{
    /// <summary>With the mark that spreadsheets take for UTF-8; what a cell would take for a formula is quoted.</summary>
    public static async Task WriteAsync(Stream output, Stream export, CancellationToken cancellationToken)
    {
        var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using (text.ConfigureAwait(false))
        {
            var csv = new CsvWriter(text, SpreadsheetCells.Written, leaveOpen: true);
            await using (csv.ConfigureAwait(false))
            {
                csv.WriteField(ExportColumns.Index);
                foreach (var column in ExportColumns.All) csv.WriteField(column.Name);
                foreach (var (index, entry) in ExportEvents.In(export))
                {
                    await csv.NextRecordAsync().ConfigureAwait(false);
                    csv.WriteField(index);
                    foreach (var column in ExportColumns.All) csv.WriteField(column.Of(entry));
                    cancellationToken.ThrowIfCancellationRequested();
                }
                await csv.NextRecordAsync().ConfigureAwait(false);
            }
        }
    }
}
