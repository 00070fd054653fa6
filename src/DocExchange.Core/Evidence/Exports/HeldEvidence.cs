namespace DocExchange.Core.Evidence.Exports;

/// <summary>
/// What whoever checks an export has from elsewhere and from earlier: checkpoints (of a witness, a mirror, an earlier export) and receipts. All
/// that is older than the newest of it cannot be changed unnoticed, whoever holds the hub's key.
/// </summary>
public sealed record HeldEvidence(IReadOnlyList<HeldHead> Heads, IReadOnlyList<HeldLeaf> Leaves)
{
    public static readonly HeldEvidence Nothing = new([], []);

    /// <summary>A receipt, a checkpoint's text, or an export of which the first line counts; null for anything else.</summary>
    /// <param name="name">What the checks call it.</param>
    public static HeldEvidence? TryParse(string name, ReadOnlySpan<byte> bytes)
    {
        if (Checkpoint.TryParse(bytes, out var alone)) return new HeldEvidence([new HeldHead(name, alone)], []);
        if (ReceiptFormat.TryParse(bytes, out _) is { } receipt && Checkpoint.TryParse(receipt.Checkpoint, out var own))
        {
            return new HeldEvidence([new HeldHead(name, own)], [new HeldLeaf(name, own.Origin, receipt.Index, MerkleHash.Leaf(receipt.Salt, receipt.Entry))]);
        }
        var first = bytes.IndexOf((byte)'\n');
        return first > 0 && ExportFormat.TryParse(bytes[..first]) is ExportLine.Header header
            ? new HeldEvidence([.. header.Heads.Select(head => new HeldHead(name, head.Checkpoint))], [])
            : null;
    }

    public HeldEvidence And(HeldEvidence other) => new([.. Heads, .. other.Heads], [.. Leaves, .. other.Leaves]);
}

public sealed record HeldHead(string Name, Checkpoint Checkpoint);

public sealed record HeldLeaf(string Name, string Origin, long Index, byte[] Hash);
