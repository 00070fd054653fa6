namespace DocExchange.Core.Evidence.Exports;

/// <summary>Compares what the reader holds with a log while it is built up again.</summary>
internal sealed class HeldComparison
{
    private readonly List<ReceiptCheck> _checks = [];
    private readonly Queue<HeldHead> _heads;
    private readonly Queue<HeldLeaf> _leaves;
    private readonly List<HeldHead> _later;
    private readonly List<HeldHead> _otherHeads;
    private readonly List<HeldLeaf> _otherLeaves;
    private LogBefore? _before;

    public HeldComparison(HeldEvidence held, string origin, long from, long end)
    {
        _later = [.. held.Heads.Where(head => head.Checkpoint.Origin == origin && head.Checkpoint.Size > end)];
        _otherHeads = [.. held.Heads.Where(head => !Covers(head.Checkpoint)).Except(_later)];
        _otherLeaves = [.. held.Leaves.Where(leaf => leaf.Origin != origin || leaf.Index < from || leaf.Index >= end)];
        _heads = new(held.Heads.Where(head => Covers(head.Checkpoint)).OrderBy(head => head.Checkpoint.Size));
        _leaves = new(held.Leaves.Where(leaf => leaf.Origin == origin && leaf.Index >= from && leaf.Index < end).OrderBy(leaf => leaf.Index));

        bool Covers(Checkpoint head) => head.Origin == origin && head.Size >= from && head.Size <= end;
    }

    /// <summary>The log has this size now.</summary>
    public void At(MerkleFrontier log)
    {
        while (_heads.TryPeek(out var head) && head.Checkpoint.Size <= log.Size)
        {
            _heads.Dequeue();
            var holds = head.Checkpoint.Size == log.Size && head.Checkpoint.Root.AsSpan().SequenceEqual(log.Root());
            _checks.Add(holds
                ? new ReceiptCheck("held", CheckOutcome.Passed, $"The log holds everything of the {head.Checkpoint.Size} entries that {head.Name} fixes.", $"Nhật ký giữ nguyên {head.Checkpoint.Size} mục mà {head.Name} đã xác nhận.")
                : Contradiction(head));
        }
    }

    /// <summary>This leaf comes next.</summary>
    public void Take(long index, byte[] hash)
    {
        while (_leaves.TryPeek(out var leaf) && leaf.Index <= index)
        {
            _leaves.Dequeue();
            _checks.Add(leaf.Index == index && leaf.Hash.AsSpan().SequenceEqual(hash)
                ? new ReceiptCheck("held", CheckOutcome.Passed, $"The event of {leaf.Name} is entry {index}.", $"Sự kiện của {leaf.Name} là mục {index}.")
                : new ReceiptCheck("held", CheckOutcome.Failed, $"Entry {index} is not the event that {leaf.Name} proves: it was altered, moved or exchanged after the receipt was given.", $"Mục {index} không phải sự kiện mà {leaf.Name} chứng minh: đã bị sửa, chuyển hoặc thay sau khi cấp biên nhận."));
        }
    }

    /// <summary>The log's first entry says which earlier log it goes on from.</summary>
    public void GoesOnFrom(LogBefore before) => _before = before;

    /// <param name="newestAt">As of when the export's end was the newest head.</param>
    public IEnumerable<ReceiptCheck> Checks(DateTimeOffset newestAt) =>
        [.. Before(), .. _otherHeads.Select(Elsewhere).OfType<ReceiptCheck>(), .. _otherLeaves.Select(Elsewhere), .. _checks, .. _heads.Select(Contradiction), .. _later.Select(head => head.Checkpoint.Time < newestAt ? Rewound(head) : Outside(head.Name))];

    /// <summary>What went before is another log's: its last head is known when the reader holds it, and else only named.</summary>
    private IEnumerable<ReceiptCheck> Before()
    {
        if (_before is not { } before) return [];
        var last = _otherHeads.Where(before.IsLastHead).ToList();
        return last.FirstOrDefault(head => !before.Fits(head)) is { } other ? [ExportClaims.OtherPast(before, other.Name)]
            : last.Count > 0 ? [ExportClaims.KnownPast(before, last[0].Name)]
            : [ExportClaims.PastElsewhere(before)];
    }

    /// <summary>Null for what <see cref="Before"/> speaks of.</summary>
    private ReceiptCheck? Elsewhere(HeldHead head) =>
        _before?.IsLastHead(head) == true ? null : _before?.Lost(head.Checkpoint.Origin, head.Checkpoint.Size) == true ? ExportClaims.LostPast(_before, head.Name) : Outside(head.Name);

    private ReceiptCheck Elsewhere(HeldLeaf leaf) => _before?.Lost(leaf.Origin, leaf.Index + 1) == true ? ExportClaims.LostPast(_before, leaf.Name) : Outside(leaf.Name);

    private static ReceiptCheck Rewound(HeldHead head) => new(
        "held", CheckOutcome.Failed,
        $"The log went back: {head.Name} shows {head.Checkpoint.Size} entries at {VietnamTime.Write(head.Checkpoint.Time)}, this later export has fewer; what stood at its end was removed.",
        $"Nhật ký bị quay lui: {head.Name} cho thấy {head.Checkpoint.Size} mục lúc {VietnamTime.Write(head.Checkpoint.Time)}, bản xuất sau đó có ít hơn.");

    private static ReceiptCheck Contradiction(HeldHead head) => new(
        "held", CheckOutcome.Failed,
        $"The log is not the one of {head.Name}: its first {head.Checkpoint.Size} entries were rewritten after {VietnamTime.Write(head.Checkpoint.Time)}.",
        $"Nhật ký không khớp với {head.Name}: {head.Checkpoint.Size} mục đầu đã bị viết lại sau {VietnamTime.Write(head.Checkpoint.Time)}.");

    private static ReceiptCheck Outside(string name) => new(
        "held", CheckOutcome.NotChecked,
        $"{name} concerns another log or a part of it that is not in this export.", $"{name} thuộc nhật ký khác hoặc phần không có trong tệp xuất này.");
}
