using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>The log as an export's lines build it up again; remembers what did not fit.</summary>
internal sealed class ExportReplay
{
    private readonly ExportLine.Header _header;
    private readonly X509Certificate2Collection? _roots;
    private readonly HeldComparison _held;
    private readonly bool _deep;
    private readonly MerkleFrontier _log;
    private readonly Dictionary<string, IReadOnlyList<byte[]>> _signers = new(StringComparer.Ordinal);
    private readonly List<ReceiptCheck> _checks = [];
    private readonly List<SignedHead> _toCheck = [];
    private readonly Checkpoint _end;
    private DateTimeOffset _time;
    private long _lastFitting;
    private string? _mismatch;
    private string? _unsigned;
    private long _batches;
    private long _shown;
    private long _withheld;

    public ExportReplay(ExportLine.Header header, X509Certificate2Collection? roots, HeldEvidence held, bool deep)
    {
        (_header, _roots, _deep, _end) = (header, roots, deep, header.End.Checkpoint);
        _log = Frontier(header);
        _lastFitting = _log.Size;
        _held = new HeldComparison(held, _end.Origin, _log.Size, _end.Size);
        _held.At(_log);
        foreach (var head in header.Heads) _checks.Add(ExportClaims.Head(head, roots, HeadCheck.Fault(head, roots)));
        if (header.Start is { } start)
        {
            _time = start.Checkpoint.Time;
            var fits = start.Checkpoint.Origin == _end.Origin && start.Checkpoint.Size == header.From && start.Checkpoint.Root.AsSpan().SequenceEqual(_log.Root());
            if (!fits) _mismatch = "the first line's hashes do not give the head that the export says it goes on from";
        }
    }

    public string Fault { get; private set; } = "";

    public string FaultVietnamese { get; private set; } = "";

    /// <summary>False when the line may not stand here: going on would say nothing.</summary>
    public bool Take(ReadLine line) => line.Line switch
    {
        ExportLine.Event shown => TakeEvent(shown, line),
        ExportLine.Withheld withheld => TakeWithheld(withheld),
        ExportLine.Signer signer => _signers.TryAdd(signer.Key, signer.Chain) || No("a key is named twice", "một khóa được nêu hai lần"),
        ExportLine.Batch batch => TakeBatch(batch),
        _ => No("a second header", "phần đầu lặp lại"),
    };

    /// <summary>Checks the signatures of the batches taken since the last call, on all processors: they are what costs.</summary>
    public void CheckSignatures()
    {
        if (_toCheck.Count == 0) return;
        var faults = new string?[_toCheck.Count];
        Parallel.For(0, faults.Length, i => faults[i] = HeadCheck.Fault(_toCheck[i], _roots));
        var first = Array.FindIndex(faults, fault => fault is not null);
        if (first >= 0) _unsigned = $"the checkpoint of {_toCheck[first].Checkpoint.Size} entries proves nothing: {faults[first]}";
        _toCheck.Clear();
    }

    public ExportVerdict Broken(long line, string english, string vietnamese)
    {
        var at = line.ToString(CultureInfo.InvariantCulture);
        return Verdict([ExportClaims.Format($"line {at}: {english}", $"dòng {at}: {vietnamese}"), .. _checks]);
    }

    public ExportVerdict Finish(ExportLine.Seal seal, byte[] digest)
    {
        CompareRoot(_end);
        if (_log.Size != _end.Size) _mismatch = $"the export ends after entry {_log.Size} of {_end.Size}: entries at its end are missing";
        _checks.Add(ExportClaims.Log(_header.From, _end, _mismatch));
        _checks.Add(ExportClaims.Complete(_header.Filter, _shown, _withheld));
        if (_deep) _checks.Add(ExportClaims.Batches(_batches, _unsigned));
        _checks.AddRange(_held.Checks(NewestAt(seal)));
        _checks.Add(ExportClaims.Seal(seal, digest, _shown, _withheld, _roots));
        return Verdict([ExportClaims.WellFormed(), .. _checks]);
    }

    /// <summary>An export up to a time may end anywhere before; every other one ends with the newest head there was when it was sealed.</summary>
    private DateTimeOffset NewestAt(ExportLine.Seal seal) => !ExportFilter.TextEndsEarly(_header.Filter) && ExportSeal.TryParse(seal.Text) is { } sealedText && sealedText.Time > _end.Time ? sealedText.Time : _end.Time;

    private static MerkleFrontier Frontier(ExportLine.Header header)
    {
        try
        {
            return MerkleFrontier.Parse(header.From, header.Peaks.SelectMany(peak => peak).ToArray());
        }
        catch (FormatException)
        {
            // The leaves then have no place to stand in, which the first of them says.
            return MerkleFrontier.Empty();
        }
    }

    private bool TakeEvent(ExportLine.Event shown, ReadLine line)
    {
        if (!IsNext(shown.Index)) return false;
        if (line.Leaf is not { } leaf) return No("the entry is not well formed", "bản ghi sự kiện sai định dạng");
        if (line.Time < _time) return No($"entry {shown.Index} is older than what stands before it: it was back-dated or moved", $"mục {shown.Index} có thời gian lùi: đã bị ghi lùi ngày hoặc chuyển chỗ");
        _time = line.Time;
        if (shown.Index == 0 && LogBefore.Of(EvidenceEntry.TryParse(shown.Entry)) is { } before) _held.GoesOnFrom(before);
        Append(leaf);
        _shown++;
        return true;
    }

    private bool TakeWithheld(ExportLine.Withheld withheld)
    {
        if (withheld.Hashes.Count == 0 || !IsNext(withheld.Index)) return withheld.Hashes.Count > 0 ? false : No("an empty line of hashes", "dòng mã băm rỗng");
        foreach (var hash in withheld.Hashes)
        {
            if (hash.Length != MerkleHash.Size) return No("a hash is not 32 bytes", "mã băm sai độ dài");
            Append(hash);
        }
        _withheld += withheld.Hashes.Count;
        return true;
    }

    private bool TakeBatch(ExportLine.Batch batch)
    {
        if (!Checkpoint.TryParse(batch.Checkpoint, out var checkpoint) || checkpoint.Origin != _end.Origin || checkpoint.Size != _log.Size || !_signers.TryGetValue(batch.Key, out var chain))
        {
            return No("a batch's checkpoint is not this log's or does not stand behind its last entry", "điểm kiểm tra của lô không thuộc nhật ký này hoặc đứng sai chỗ");
        }
        _batches++;
        CompareRoot(checkpoint);
        if (_deep && _unsigned is null) _toCheck.Add(new SignedHead(batch.Checkpoint, batch.Signature, chain));
        return true;
    }

    private void Append(byte[] hash)
    {
        _held.Take(_log.Size, hash);
        _log.Append(hash);
        _held.At(_log);
    }

    private void CompareRoot(Checkpoint head)
    {
        if (_mismatch is not null || head.Size != _log.Size) return;
        if (head.Root.AsSpan().SequenceEqual(_log.Root())) _lastFitting = head.Size;
        else _mismatch = $"the entries from {_lastFitting} to {head.Size - 1} do not give the root that was signed for {head.Size}: some were altered, removed, added or moved";
    }

    private bool IsNext(long index) => index == _log.Size || (index > _log.Size
        ? No($"entry {index} follows entry {_log.Size - 1}: what stood between was removed", $"sau mục {_log.Size - 1} là mục {index}: phần giữa đã bị bỏ")
        : No($"entry {index} stands where {_log.Size} belongs: entries were added or moved", $"mục {index} đứng ở chỗ của mục {_log.Size}: đã thêm hoặc chuyển chỗ"));

    private bool No(string english, string vietnamese)
    {
        (Fault, FaultVietnamese) = (english, vietnamese);
        return false;
    }

    private ExportVerdict Verdict(IReadOnlyList<ReceiptCheck> checks) => new(checks, _header, _shown, _withheld, _batches);
}
