namespace DocExchange.Core.Evidence.Exports;

/// <summary>One line of an export, <c>dx-export/1</c>.</summary>
public abstract record ExportLine
{
    private ExportLine()
    {
    }

    /// <summary>The first line: which stretch of which log.</summary>
    /// <param name="Filter">As <see cref="ExportFilter.ToText"/>.</param>
    /// <param name="From">Index of the first leaf.</param>
    /// <param name="Peaks">The frontier of the log before that leaf, 32 bytes each.</param>
    /// <param name="Heads">The signed head before the stretch, if it does not begin the log, and the one at its end.</param>
    public sealed record Header(string Filter, long From, IReadOnlyList<byte[]> Peaks, IReadOnlyList<SignedHead> Heads) : ExportLine
    {
        /// <summary>The head the export ends with.</summary>
        public SignedHead End => Heads[^1];

        /// <summary>The head it goes on from; null when it begins with the log.</summary>
        public SignedHead? Start => Heads.Count > 1 ? Heads[0] : null;
    }

    /// <summary>An event that is shown.</summary>
    public sealed record Event(long Index, byte[] Salt, byte[] Entry) : ExportLine;

    /// <summary>Leaf hashes of events that are not shown, from an index on.</summary>
    public sealed record Withheld(long Index, IReadOnlyList<byte[]> Hashes) : ExportLine;

    /// <summary>The certificates behind a key id, signer first; stands before the first batch signed with them.</summary>
    public sealed record Signer(string Key, IReadOnlyList<byte[]> Chain) : ExportLine;

    /// <summary>The signed checkpoint of a batch, behind the batch's last leaf.</summary>
    public sealed record Batch(string Key, byte[] Checkpoint, byte[] Signature) : ExportLine;

    /// <summary>The last line: a signed sum over all lines before it.</summary>
    public sealed record Seal(byte[] Text, byte[] Signature, IReadOnlyList<byte[]> Chain) : ExportLine;
}
