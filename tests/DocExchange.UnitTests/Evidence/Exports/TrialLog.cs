using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;

namespace DocExchange.UnitTests.Evidence.Exports;

/// <summary>A log in memory that whoever holds it may change as he likes and sign again, if he has the key.</summary>
internal sealed class TrialLog : IExportStore
{
    public const string Origin = "hub.example/0123456789abcdef";
    public static readonly LogEpoch Epoch = new(1, "0123456789abcdef", Origin, default);
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);
    private readonly HubKey _key;
    private readonly List<ExportBatch> _batches = [];
    private readonly List<MerkleFrontier> _before = [];

    /// <param name="batches">How many leaves each batch has.</param>
    public TrialLog(HubKey key, IReadOnlyList<ExportLeaf> leaves, IReadOnlyList<int> batches)
    {
        _key = key;
        Leaves = leaves;
        Batches = batches;
        var log = MerkleFrontier.Empty();
        foreach (var size in batches)
        {
            _before.Add(log.Clone());
            for (var i = 0; i < size; i++) log.Append(leaves[(int)log.Size].Hash);
            var time = EvidenceEntry.TryParse(leaves[(int)log.Size - 1].Entry)!.Time.AddMilliseconds(5);
            var note = new Checkpoint(Origin, log.Size, log.Root(), time).ToText();
            _batches.Add(new ExportBatch(log.Size, key.ChainId, note, key.Sign(note, time)));
        }
    }

    public IReadOnlyList<ExportLeaf> Leaves { get; }

    public IReadOnlyList<int> Batches { get; }

    /// <summary>The end of each batch.</summary>
    public IReadOnlyList<long> Sizes => [.. _batches.Select(batch => batch.Size)];

    public static TrialLog Make(HubKey key, int entries, int seed)
    {
        var random = new Random(seed);
        var leaves = Enumerable.Range(0, entries).Select(i => Leaf(i, random)).ToList();
        var batches = new List<int>();
        for (var left = entries; left > 0; left -= batches[^1]) batches.Add(Math.Min(left, random.Next(1, 17)));
        return new TrialLog(key, leaves, batches);
    }

    public static ExportLeaf Leaf(long index, byte[] salt, EvidenceEntry entry)
    {
        var bytes = entry.ToCanonicalBytes();
        return new ExportLeaf(index, MerkleHash.Leaf(salt, bytes), salt, bytes);
    }

    public SignedHead Head(int batch) => new(_batches[batch].Checkpoint, _batches[batch].Signature, _key.Chain);

    public byte[] Export(ExportFilter filter, DateTimeOffset sealedAt, HubKey? sealer = null)
    {
        var bytes = new MemoryStream();
        var range = Range(filter);
        new ExportWriter(this, Epoch, filter).WriteAsync(bytes, range, () => sealer ?? _key, sealedAt, null, default).GetAwaiter().GetResult();
        return bytes.ToArray();
    }

    public ReceiptParts Receipt(int index)
    {
        var batch = _batches.FindIndex(one => one.Size > index);
        var own = Leaves.Skip((int)_before[batch].Size).Take(Batches[batch]).Select(leaf => leaf.Hash).ToList();
        var entry = EvidenceEntry.TryParse(Leaves[index].Entry)!;
        return new ReceiptParts(entry.Receipt!, Leaves[index].Entry!, Leaves[index].Salt!, index, _batches[batch].Checkpoint, BatchInclusion.PathOf(index, _before[batch], own), _batches[batch].Signature, _key.Chain);
    }

    public ValueTask<ExportRange?> FindRangeAsync(LogEpoch epoch, ExportFilter filter, CancellationToken cancellationToken) => ValueTask.FromResult<ExportRange?>(Range(filter));

    public ValueTask<ExportPage> ReadPageAsync(LogEpoch epoch, ExportFilter filter, ExportStretch stretch, CancellationToken cancellationToken)
    {
        var end = Math.Min(stretch.End, stretch.From + Math.Min(stretch.Most, 37));
        var leaves = Leaves.Skip((int)stretch.From).Take((int)(end - stretch.From)).Select(leaf => filter.Selects && leaf.Index % 3 != 0 ? leaf with { Salt = null, Entry = null } : leaf);
        return ValueTask.FromResult(new ExportPage([.. leaves], [.. _batches.Where(batch => batch.Size > stretch.From && batch.Size <= end)]));
    }

    public ValueTask<IReadOnlyList<byte[]>> ChainAsync(string keyId, CancellationToken cancellationToken) => ValueTask.FromResult(_key.Chain);

    private ExportRange Range(ExportFilter filter)
    {
        var start = filter.After is null or 0 ? -1 : _batches.FindIndex(batch => batch.Size == filter.After);
        var before = MerkleFrontier.Empty();
        if (start >= 0) foreach (var leaf in Leaves.Take((int)filter.After!.Value)) before.Append(leaf.Hash);
        return new ExportRange(before, start < 0 ? null : Head(start), Head(_batches.Count - 1));
    }

    private static ExportLeaf Leaf(int index, Random random)
    {
        var salt = new byte[16];
        random.NextBytes(salt);
        return Leaf(index, salt, new EvidenceEntry
        {
            Event = EvidenceEvents.SubmissionAcceptance, Time = Start.AddSeconds(index), Receipt = $"r{index:x24}", DocumentId = $"000.00.01.H99,2026/11/21,{index}/QĐ-UBND", Sender = "000.00.01.H99",
        });
    }
}
