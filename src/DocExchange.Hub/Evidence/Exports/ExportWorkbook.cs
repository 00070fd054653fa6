using System.Globalization;
using System.IO.Compression;
using System.Xml;
using DocExchange.Core.Evidence.Exports;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>
/// An export's events as a workbook (ISO/IEC 29500, .xlsx): texts in the cells, written from the first row to the last and never held. What
/// does not fit into one sheet goes on in the next.
/// </summary>
internal sealed class ExportWorkbook : IDisposable
{
    /// <summary>Of one sheet, its heading included.</summary>
    public const int MostRows = 1_048_576;

    private readonly ZipArchive _zip;
    private readonly int _rows;
    private XmlWriter? _sheet;
    private int _sheets;
    private int _row;

    private ExportWorkbook(Stream output, int rows) => (_zip, _rows) = (new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true), rows);

    public static void Write(Stream output, Stream export, CancellationToken cancellationToken, int rows = MostRows)
    {
        using var book = new ExportWorkbook(output, rows);
        book.BeginSheet();
        foreach (var (index, entry) in ExportEvents.In(export))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (book._row == book._rows) book.BeginSheet();
            book.BeginRow();
            book.Number(index.ToString(CultureInfo.InvariantCulture));
            foreach (var column in ExportColumns.All)
            {
                if (column.Of(entry) is not { } value) book.Empty();
                else if (column.IsNumber) book.Number(value);
                else book.Text(value, heading: false);
            }
            book._sheet!.WriteEndElement();
        }
        book.EndSheet();
        book.WriteRest();
    }

    public void Dispose()
    {
        _sheet?.Dispose();
        _zip.Dispose();
    }

    private void BeginSheet()
    {
        EndSheet();
        _sheets++;
        _row = 0;
        _sheet = WorkbookParts.Open(_zip, $"xl/worksheets/sheet{_sheets}.xml");
        _sheet.WriteStartElement("worksheet", WorkbookParts.Main);
        WorkbookParts.WriteView(_sheet, ExportColumns.All.Count + 1);
        _sheet.WriteStartElement("sheetData", WorkbookParts.Main);
        BeginRow();
        Text(ExportColumns.Index, heading: true);
        foreach (var column in ExportColumns.All) Text(column.Name, heading: true);
        _sheet.WriteEndElement();
    }

    private void EndSheet()
    {
        _sheet?.WriteEndDocument();
        _sheet?.Dispose();
        _sheet = null;
    }

    private void WriteRest()
    {
        WorkbookParts.WriteBook(_zip, _sheets);
        WorkbookParts.WriteStyles(_zip);
        WorkbookParts.WriteTypes(_zip, _sheets);
    }

    private void BeginRow()
    {
        _row++;
        _sheet!.WriteStartElement("row", WorkbookParts.Main);
    }

    private void Empty()
    {
        _sheet!.WriteStartElement("c", WorkbookParts.Main);
        _sheet.WriteEndElement();
    }

    private void Number(string value)
    {
        _sheet!.WriteStartElement("c", WorkbookParts.Main);
        _sheet.WriteElementString("v", WorkbookParts.Main, value);
        _sheet.WriteEndElement();
    }

    private void Text(string value, bool heading)
    {
        _sheet!.WriteStartElement("c", WorkbookParts.Main);
        if (heading) _sheet.WriteAttributeString("s", "1");
        _sheet.WriteAttributeString("t", "inlineStr");
        _sheet.WriteStartElement("is", WorkbookParts.Main);
        _sheet.WriteStartElement("t", WorkbookParts.Main);
        _sheet.WriteAttributeString("xml", "space", null, "preserve");
        _sheet.WriteString(WorkbookText.Of(value));
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
    }
}
