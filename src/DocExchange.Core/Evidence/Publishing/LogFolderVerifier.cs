using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Evidence.Publishing;

/// <summary>Checks a mirrored log from its files alone: every tile is computed again from the leaf hashes, and the root from them.</summary>
public static class LogFolderVerifier
{
    /// <param name="folder">A mirror with its list of logs, or the folder of one log.</param>
    public static IReadOnlyList<ReceiptCheck> Verify(string folder, X509Certificate2Collection? roots)
    {
        var checks = new List<ReceiptCheck>();
        var single = new LogFolder(folder);
        var list = single.Read(LogPublisher.EpochsFile);
        if (list is null) VerifyLog(checks, single, null, roots);
        foreach (var origin in LogSource.OriginsIn(list)) VerifyLog(checks, new LogFolder(Path.Combine(folder, LogSource.TagOf(origin))), origin, roots);
        return checks;
    }

    private static void VerifyLog(List<ReceiptCheck> checks, LogFolder log, string? origin, X509Certificate2Collection? roots)
    {
        var name = origin ?? log.Path;
        if (log.ReadHead() is not { } head || (origin is not null && head.Checkpoint.Origin != origin))
        {
            checks.Add(new ReceiptCheck("checkpoint", CheckOutcome.Failed, $"{name} has no whole checkpoint.", $"{name} không có điểm kiểm tra nguyên vẹn."));
            return;
        }
        var size = head.Checkpoint.Size;
        var fault = HeadCheck.Fault(head, roots);
        checks.Add(new ReceiptCheck(
            "checkpoint", fault is not null ? CheckOutcome.Failed : roots is null ? CheckOutcome.NotChecked : CheckOutcome.Passed,
            fault is not null ? $"The checkpoint of {name} is not genuine: {fault}." : $"The checkpoint of {name} over {size} entries is signed{(roots is null ? "; by whom was not checked" : "")}.",
            fault is not null ? $"Điểm kiểm tra của {name} không hợp lệ." : $"Điểm kiểm tra của {name} gồm {size} mục đã được ký."));
        var wrong = FirstWrongTile(log, head.Checkpoint);
        checks.Add(new ReceiptCheck(
            "tiles", wrong is null ? CheckOutcome.Passed : CheckOutcome.Failed,
            wrong ?? $"All tiles of {name} follow from its {size} leaf hashes and give the signed root.",
            wrong is null ? $"Toàn bộ {size} mục cho ra đúng giá trị gốc đã ký." : "Các tệp nhật ký không khớp với giá trị gốc đã ký."));
    }

    private static string? FirstWrongTile(LogFolder log, Checkpoint head)
    {
        string? wrong = null;
        var tiles = new TileBuilder(Compare);
        while (tiles.Size < head.Size && wrong is null)
        {
            var tile = new TileId(0, tiles.Size / TileId.FullWidth, (int)Math.Min(TileId.FullWidth, head.Size - tiles.Size));
            if (log.ReadTile(tile) is not { } hashes) return $"The tile {tile.Path} is missing or too short.";
            for (var i = 0; i < tile.Width; i++) tiles.Append(hashes.AsSpan(i * MerkleHash.Size, MerkleHash.Size));
        }
        foreach (var (tile, hashes) in tiles.Edges()) Compare(tile, hashes);
        return wrong ?? (tiles.Root().AsSpan().SequenceEqual(head.Root) ? null : $"The leaf hashes do not give the root that was signed for {head.Size} entries: some were altered, removed or put in another order.");

        void Compare(TileId tile, byte[] computed)
        {
            if (tile.Level > 0 && log.ReadTile(tile) is { } stored && !stored.AsSpan().SequenceEqual(computed)) wrong ??= $"The tile {tile.Path} does not follow from the tiles below it.";
        }
    }
}
