namespace DocExchange.Core.Evidence.Exports;

/// <summary>The events that an export shows, read from its lines. Checks nothing.</summary>
public static class ExportEvents
{
    public static IEnumerable<(long Index, EvidenceEntry Entry)> In(Stream export)
    {
        var lines = new ExportLines(export);
        while (Next(lines, out var more) is var shown && more)
        {
            if (shown is { } line && EvidenceEntry.TryParse(line.Entry) is { } entry) yield return (line.Index, entry);
        }
    }

    private static ExportLine.Event? Next(ExportLines lines, out bool more)
    {
        more = lines.TryRead(out var line);
        return more ? ExportFormat.TryParse(line) as ExportLine.Event : null;
    }
}
