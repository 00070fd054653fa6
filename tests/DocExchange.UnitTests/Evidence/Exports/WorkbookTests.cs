using DocExchange.Core;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Hub.Evidence.Exports;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace DocExchange.UnitTests.Evidence.Exports;

/// <summary>The workbook as another library reads it: valid, whole, and going on in a next sheet where one is full.</summary>
public sealed class WorkbookTests
{
    [Fact]
    public void Every_event_is_a_row_and_a_full_sheet_goes_on_in_the_next()
    {
        using var key = GoldenReceipts.SampleKey();
        var export = TrialLog.Make(key, 53, seed: 1).Export(new ExportFilter(), GoldenReceipts.Time.AddDays(1));
        var events = ExportEvents.In(new MemoryStream(export)).ToList();

        var sheets = Read(export, rows: 21);

        Assert.Equal([21, 21, 14], sheets.Select(sheet => sheet.Count));
        Assert.All(sheets, sheet => Assert.Equal("index", sheet[0][0]));
        Assert.Equal(events.Select(one => one.Index.ToString()), sheets.SelectMany(sheet => sheet.Skip(1)).Select(row => row[0]));
        Assert.Equal(events.Select(one => one.Entry.Event), sheets.SelectMany(sheet => sheet.Skip(1)).Select(row => row[1]));
        Assert.Equal(events.Select(one => VietnamTime.Write(one.Entry.Time)), sheets.SelectMany(sheet => sheet.Skip(1)).Select(row => row[2]));
    }

    [Fact]
    public void Texts_that_xml_or_a_cell_cannot_hold_are_escaped_and_cut_and_none_is_a_formula()
    {
        using var key = GoldenReceipts.SampleKey();
        var detail = "=1+1 <&> \u0001 _x0041_ đ😀";
        var leaf = TrialLog.Leaf(0, new byte[16], GoldenReceipts.RefusalEntry() with { Detail = detail, Path = new string('x', 40_000) });
        var export = new TrialLog(key, [leaf], [1]).Export(new ExportFilter(), GoldenReceipts.Time.AddDays(1));

        var row = Read(export, ExportWorkbook.MostRows).Single()[1];

        Assert.StartsWith("=1+1 <&> _x0001_ _x005F_x0041_x005F_ ", row[20], StringComparison.Ordinal);
        Assert.EndsWith("đ😀", row[20], StringComparison.Ordinal);
        Assert.InRange(row[18].Length, 32_000, 32_767);
    }

    private static List<List<List<string>>> Read(byte[] export, int rows)
    {
        var file = new MemoryStream();
        ExportWorkbook.Write(file, new MemoryStream(export), default, rows);
        using var book = SpreadsheetDocument.Open(new MemoryStream(file.ToArray()), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(book).Select(fault => $"{fault.Part?.Uri} {fault.Description}"));
        var names = book.WorkbookPart!.Workbook.Descendants<Sheet>();
        return [.. names.Select(sheet => ((WorksheetPart)book.WorkbookPart.GetPartById(sheet.Id!)).Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().Select(cell => cell.InnerText).ToList()).ToList())];
    }
}
