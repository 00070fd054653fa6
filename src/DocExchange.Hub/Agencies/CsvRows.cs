using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using DocExchange.Core.Parties.Import;

namespace DocExchange.Hub.Agencies;

/// <summary>Rows of a CSV file (RFC 4180): UTF-8 with or without a mark, header row, separated by comma, semicolon or tab as the header is.</summary>
internal static class CsvRows
{
    private static readonly RowProblem NotUtf8 = new(0, "", "", "The file is not UTF-8 from here on; save it as \"CSV UTF-8\".", "Từ đây tệp không phải UTF-8; hãy lưu dạng \"CSV UTF-8\".");

    public static async IAsyncEnumerable<ImportRow> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        var (separator, columns, problem) = await HeaderAsync(text, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            yield return ImportRow.Unreadable(problem);
            yield break;
        }
        var badLine = 0;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            HasHeaderRecord = false,
            Mode = CsvMode.RFC4180,
            MaxFieldSize = AgencyFile.LongestRow,
            BadDataFound = bad => badLine = bad.Context.Parser?.RawRow ?? 0,
        };
        using var parser = new CsvParser(text, configuration, leaveOpen: true);
        while (true)
        {
            var (cells, fault) = await NextAsync(parser).ConfigureAwait(false);
            // The parser counts the lines after the header, and a row's last one.
            if (fault is not null) yield return ImportRow.Unreadable(fault with { Line = parser.RawRow + 2 });
            if (cells is null) yield break;
            cancellationToken.ThrowIfCancellationRequested();
            var line = parser.RawRow + 1 - cells.Sum(c => c.Count(letter => letter == '\n'));
            if (badLine > 0) yield return Wrong(line, "A quotation mark stands where none may stand.", "Dấu ngoặc kép đặt sai chỗ.");
            else if (cells.Length != columns.Count) yield return Wrong(line, $"The row has {cells.Length} cells, the header {columns.Count}.", $"Dòng có {cells.Length} ô, tiêu đề có {columns.Count}.");
            else yield return new ImportRow(line, columns, [.. cells.Select(SpreadsheetCells.Read)]);
            badLine = 0;
        }
    }

    private static async Task<(char Separator, IReadOnlyList<AgencyColumn> Columns, RowProblem? Problem)> HeaderAsync(StreamReader text, CancellationToken cancellationToken)
    {
        string? header;
        try
        {
            header = await text.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException)
        {
            return (',', [], NotUtf8 with { Line = 1 });
        }
        if (string.IsNullOrWhiteSpace(header)) return (',', [], new RowProblem(1, "", "", "The file is empty: a header row comes first.", "Tệp trống: dòng đầu phải là tiêu đề."));
        var separator = new[] { ',', ';', '\t' }.MaxBy(c => header.Count(h => h == c));
        var names = header.Split(separator).Select(n => n.Trim().Trim('"')).ToList();
        var columns = names.Select(AgencyColumn.Named).ToList();
        if (columns.IndexOf(null) is >= 0 and var unknown)
        {
            var known = string.Join(", ", AgencyColumn.All.Select(c => c.Name));
            return (',', [], new RowProblem(1, "", names[unknown], $"There is no such column; there are {known}.", $"Không có cột này; các cột gồm {known}."));
        }
        if (columns.Distinct().Count() < columns.Count) return (',', [], new RowProblem(1, "", "", "A column stands twice in the header.", "Tiêu đề có cột lặp lại."));
        if (!columns.Contains(AgencyColumn.Code)) return (',', [], new RowProblem(1, "", "code", "The header lacks the column code.", "Tiêu đề thiếu cột code."));
        return (separator, columns!, null);
    }

    private static async Task<(string[]? Cells, RowProblem? Fault)> NextAsync(CsvParser parser)
    {
        try
        {
            return await parser.ReadAsync().ConfigureAwait(false) ? (parser.Record, null) : (null, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, NotUtf8);
        }
        catch (MaxFieldSizeException)
        {
            return (null, new RowProblem(0, "", "", "A cell is longer than 64 kB; is a quotation mark missing?", "Một ô dài hơn 64 kB; có thiếu dấu ngoặc kép không?"));
        }
    }

    private static ImportRow Wrong(int line, string english, string vietnamese) => ImportRow.Unreadable(new RowProblem(line, "", "", english, vietnamese));
}
