using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Routing;

namespace DocExchange.Hub.Agencies;

/// <summary>Writes a directory as a file that can be read in again. Goes out as it is written, however many entries there are.</summary>
internal static class AgencyFileWriter
{
    private const int Flushed = 32 * 1024;

    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task WriteAsync(PipeWriter output, AgencyDirectory directory, AgencyFileFormat format, CancellationToken cancellationToken)
    {
        var entries = directory.All.Select(a => AgencyEntry.Of(a, directory));
        return format == AgencyFileFormat.Csv ? WriteCsvAsync(output, entries, cancellationToken) : WriteJsonAsync(output, entries, format == AgencyFileFormat.Json, cancellationToken);
    }

    /// <summary>With the mark that spreadsheets take for UTF-8; what a cell would take for a formula is quoted.</summary>
    private static async Task WriteCsvAsync(PipeWriter output, IEnumerable<AgencyEntry> entries, CancellationToken cancellationToken)
    {
        var text = new StreamWriter(output.AsStream(leaveOpen: true), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Flushed);
        await using (text.ConfigureAwait(false))
        {
            var csv = new CsvWriter(text, SpreadsheetCells.Written, leaveOpen: true);
            await using (csv.ConfigureAwait(false))
            {
                foreach (var column in AgencyColumn.All) csv.WriteField(column.Name);
                foreach (var entry in entries)
                {
                    await csv.NextRecordAsync().ConfigureAwait(false);
                    foreach (var column in AgencyColumn.All) csv.WriteField(column.Text(entry));
                    cancellationToken.ThrowIfCancellationRequested();
                }
                await csv.NextRecordAsync().ConfigureAwait(false);
            }
        }
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteJsonAsync(PipeWriter output, IEnumerable<AgencyEntry> entries, bool asArray, CancellationToken cancellationToken)
    {
        var pending = 0;
        var first = true;
        foreach (var entry in entries)
        {
            if (asArray) pending += Write(output, first ? "[\n"u8 : ",\n"u8);
            first = false;
            pending += Write(output, JsonSerializer.SerializeToUtf8Bytes(entry, Spelling));
            if (!asArray) pending += Write(output, "\n"u8);
            if (pending < Flushed) continue;
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            pending = 0;
        }
        if (asArray) Write(output, first ? "[]\n"u8 : "\n]\n"u8);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static int Write(PipeWriter output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
        return bytes.Length;
    }
}
