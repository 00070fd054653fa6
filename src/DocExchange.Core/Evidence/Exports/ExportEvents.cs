namespace DocExchange.Core.Evidence.Exports;

/// <summary>The events that an export shows, read from its lines. Checks nothing.</summary>
public static class ExportEvents
{
    public static IEnumerable<(long Index, EvidenceEntry Entry)> In(Stream export)
    {
        var lines = new ExportLines(export);
        while (lines.TryRead(out var block))
        {
            foreach (var shown in Of(block.Span)) yield return shown;
        }
    }

    private static List<(long Index, EvidenceEntry Entry)> Of(ReadOnlySpan<byte> block)
    {
        var events = new List<(long, EvidenceEntry)>();
        foreach (var line in block.Split((byte)'\n'))
        {
            if (ExportFormat.TryParse(block[line]) is ExportLine.Event shown && EvidenceEntry.TryParse(shown.Entry) is { } entry) events.Add((shown.Index, entry));
        }
        return events;
    }
}
