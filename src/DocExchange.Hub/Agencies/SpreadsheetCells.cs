using System.Globalization;
using CsvHelper.Configuration;

namespace DocExchange.Hub.Agencies;

/// <summary>Cells that spreadsheets show instead of running them: what begins like a formula gets an apostrophe, and loses it when the file is read in again.</summary>
internal static class SpreadsheetCells
{
    private const char Quote = '\'';
    private static readonly char[] Formula = ['=', '@', '+', '-', '\t', '\r'];

    public static readonly CsvConfiguration Written = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = Formula,
        InjectionEscapeCharacter = Quote,
    };

    public static string Read(string cell) => cell.Length > 1 && cell[0] == Quote && Formula.Contains(cell[1]) ? cell[1..] : cell;
}
