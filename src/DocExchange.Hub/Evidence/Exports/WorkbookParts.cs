using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>What a workbook needs besides its rows.</summary>
internal static class WorkbookParts
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = true, CloseOutput = true };

    public static XmlWriter Open(ZipArchive zip, string name) => XmlWriter.Create(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), Settings);

    /// <summary>The heading stays in sight, and columns are wide enough to read.</summary>
    public static void WriteView(XmlWriter sheet, int columns) => sheet.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""
        <sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="{columns}" width="20" customWidth="1"/></cols>
        """));

    public static void WriteBook(ZipArchive zip, int sheets)
    {
        Put(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Document}"><sheets>{Each(sheets, n => $"""<sheet name="Evidence {n}" sheetId="{n}" r:id="sheet{n}"/>""")}</sheets></workbook>""");
        Put(zip, "xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Relations}">{Each(sheets, n => $"""<Relationship Id="sheet{n}" Type="{Document}/worksheet" Target="worksheets/sheet{n}.xml"/>""")}<Relationship Id="styles" Type="{Document}/styles" Target="styles.xml"/></Relationships>
            """);
        Put(zip, "_rels/.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="book" Type="{Document}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
    }

    /// <summary>Style 0 is plain, style 1 a heading.</summary>
    public static void WriteStyles(ZipArchive zip) => Put(zip, "xl/styles.xml", $"""
        <styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf fontId="0"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>
        """);

    public static void WriteTypes(ZipArchive zip, int sheets) => Put(zip, "[Content_Types].xml", $"""
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}styles+xml"/>{Each(sheets, n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{Types}worksheet+xml"/>""")}</Types>
        """);

    private static string Each(int sheets, Func<string, string> part) => string.Concat(Enumerable.Range(1, sheets).Select(n => part(n.ToString(CultureInfo.InvariantCulture))));

    private static void Put(ZipArchive zip, string name, string xml)
    {
        using var part = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        part.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        part.Write(xml);
    }
}
