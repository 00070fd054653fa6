namespace DocExchange.Core.Evidence.Exports;

/// <summary>A block of an export's lines, read as far as each can be without the others: that is most of the work, and any processor can do it.</summary>
internal sealed class ReadLines
{
    private ReadLines(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The lines in order, up to the first that is none.</summary>
    public List<ReadLine> Lines { get; } = [];

    public static ReadLines Of(ReadOnlyMemory<byte> block)
    {
        var read = new ReadLines(block);
        for (var from = 0; from < block.Length;)
        {
            var length = block.Span[from..].IndexOf((byte)'\n');
            var line = ReadLine.Of(block.Span.Slice(from, length), from);
            read.Lines.Add(line);
            if (line.Line is null) break;
            from += length + 1;
        }
        return read;
    }
}

/// <param name="Line">Null when the bytes are no line of an export.</param>
/// <param name="At">Where it begins in its block.</param>
/// <param name="Leaf">Of an event, its leaf hash; null when its entry or salt is not well formed.</param>
/// <param name="Time">Of an event, its time.</param>
internal readonly record struct ReadLine(ExportLine? Line, int At, byte[]? Leaf, DateTimeOffset Time)
{
    public static ReadLine Of(ReadOnlySpan<byte> bytes, int at)
    {
        var line = ExportFormat.TryParse(bytes);
        return line is ExportLine.Event { Salt.Length: 16 } shown && EvidenceEntryReader.TimeOf(shown.Entry) is { } time
            ? new ReadLine(line, at, MerkleHash.Leaf(shown.Salt, shown.Entry), time)
            : new ReadLine(line, at, null, default);
    }
}
