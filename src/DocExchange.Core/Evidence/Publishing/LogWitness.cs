using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence.Publishing;

public enum Sighting
{
    /// <summary>The log has grown, holds all that was seen before, and was co-signed.</summary>
    Cosigned,

    /// <summary>The head is the one seen last.</summary>
    Unchanged,

    /// <summary>Nothing to look at, or not whole: try again.</summary>
    Incomplete,

    /// <summary>The log is behind what it was.</summary>
    Rewound,

    /// <summary>Two signed heads that cannot both be of one log.</summary>
    SplitView,

    /// <summary>The head was not signed by whom the witness trusts.</summary>
    NotGenuine,

    /// <summary>A log that has ended is shorter than it was: a restore lost its end, as the first entry of the next one says.</summary>
    Shortened,
}

/// <summary>What a look at a log gave, in words.</summary>
public sealed record Observation(Sighting Sighting, string English, string Vietnamese)
{
    public bool IsAlarm => Sighting is Sighting.Rewound or Sighting.SplitView or Sighting.NotGenuine;
}

/// <summary>
/// Watches a hub's log from outside: remembers the newest head it has seen, signs a later one only after a proof that it still holds everything
/// seen before, and keeps the two contradicting heads when it does not.
/// </summary>
/// <param name="state">The witness' own folder; what it co-signed lies there under the log's names.</param>
public sealed class LogWitness(LogSource log, string state, HubKey key, X509Certificate2Collection? roots, TimeProvider time)
{
    private const string ContradictionFolder = "contradiction";

    /// <summary>Looks once: at the log known last, whose end may have been published after a later one began, and at every later one. Ends with the first alarm.</summary>
    /// <exception cref="HttpRequestException">The hub was not reached.</exception>
    public async Task<IReadOnlyList<Observation>> ObserveAsync(CancellationToken cancellationToken)
    {
        var origins = await log.OriginsAsync(cancellationToken).ConfigureAwait(false);
        var folder = new LogFolder(state);
        var known = LogSource.OriginsIn(folder.Read(LogPublisher.EpochsFile));
        if (origins.Count == 0) return [new Observation(Sighting.Incomplete, "Nothing is published yet.", "Chưa công bố gì.")];
        if (origins.Count < known.Count || !origins.Take(known.Count).SequenceEqual(known))
        {
            return [new Observation(Sighting.Rewound, $"REWIND: the log {known[^1]} was seen here and is no longer published.", $"QUAY LUI: nhật ký {known[^1]} đã từng thấy nay không còn được công bố.")];
        }
        var observations = new List<Observation>();
        foreach (var origin in origins.Skip(known.Count - 1))
        {
            observations.Add(await ObserveAsync(origin, origin != origins[^1], cancellationToken).ConfigureAwait(false));
            if (observations[^1].IsAlarm) return observations;
        }
        if (origins.Count > known.Count) folder.Write(LogPublisher.EpochsFile, Encoding.UTF8.GetBytes(string.Concat(origins.Select(origin => origin + "\n"))));
        return observations;
    }

    /// <param name="ended">A later log goes on from it.</param>
    private async Task<Observation> ObserveAsync(string origin, bool ended, CancellationToken cancellationToken)
    {
        var tag = LogSource.TagOf(origin);
        var own = new LogFolder(Path.Combine(state, tag));
        if (await log.HeadAsync(tag, cancellationToken).ConfigureAwait(false) is not { } head) return new Observation(Sighting.Incomplete, $"The head of {origin} is not whole.", $"Điểm kiểm tra của {origin} chưa nguyên vẹn.");
        var now = head.Checkpoint;
        if (now.Origin != origin) return NotGenuine(now, "it names another log");
        if (HeadCheck.Fault(head, roots) is { } fault) return NotGenuine(now, fault);
        var before = own.ReadCheckpoint();
        if (ended && now.Size < before?.Size) return Shortened(before, now);
        if (before is not null && Contradiction(before, now) is { } contradiction)
        {
            own.WriteHead(head, ContradictionFolder);
            return contradiction;
        }
        if (before?.Size == now.Size) return new Observation(Sighting.Unchanged, $"{now.Size} entries, as before.", $"{now.Size} mục, như trước.");
        if (!await ExtendsAsync(tag, before, now, cancellationToken).ConfigureAwait(false))
        {
            own.WriteHead(head, ContradictionFolder);
            return SplitView(before, now);
        }
        var at = time.GetUtcNow();
        own.Write(LogFolder.WitnessSignatureFile, key.Sign(head.Note, at));
        own.Write(LogFolder.WitnessChainFile, Encoding.ASCII.GetBytes(PemChain.Write(key.Chain)));
        own.WriteHead(head);
        return new Observation(Sighting.Cosigned, $"Co-signed {now.Size} entries of {origin}.", $"Đã đồng ký {now.Size} mục của {origin}.");
    }

    /// <summary>Whether the tiles prove that the head holds all that was seen; on the first look, that they give its root.</summary>
    private async Task<bool> ExtendsAsync(string tag, Checkpoint? before, Checkpoint now, CancellationToken cancellationToken)
    {
        var holds = false;
        var tiles = new Dictionary<TileId, byte[]>();
        foreach (var tile in TiledTree.TilesFor(now.Size, Check)) tiles[tile] = await LogCopy.ReadTileAsync(log, tag, tile, cancellationToken).ConfigureAwait(false);
        Check(TiledTree.Over(now.Size, tile => tiles[tile]));
        return holds;

        void Check(MerkleTree tree) => holds = before is null
            ? tree.Root(now.Size).AsSpan().SequenceEqual(now.Root)
            : ConsistencyProof.Verify(before.Size, before.Root, now.Size, now.Root, tree.ConsistencyPath(before.Size, now.Size));
    }

    private static Observation? Contradiction(Checkpoint before, Checkpoint now)
    {
        if (now.Size < before.Size)
        {
            return new Observation(
                Sighting.Rewound,
                $"REWIND: {before.Origin} had {before.Size} signed entries and now shows {now.Size}. Entries were removed, or an older copy answers.",
                $"QUAY LUI: {before.Origin} từng có {before.Size} mục đã ký, nay chỉ còn {now.Size}. Có mục bị xóa hoặc bản sao cũ đang trả lời.");
        }
        return now.Size == before.Size && !now.Root.AsSpan().SequenceEqual(before.Root) ? SplitView(before, now) : null;
    }

    private static Observation Shortened(Checkpoint before, Checkpoint now) => new(
        Sighting.Shortened,
        $"{now.Origin} has ended with {now.Size} of the {before.Size} entries seen here: the rest were lost in a restore. The first entry of the log after it must say so.",
        $"{now.Origin} đã kết thúc với {now.Size} trong số {before.Size} mục từng thấy: phần còn lại mất khi khôi phục. Mục đầu của nhật ký sau phải nêu việc này.");

    private static Observation SplitView(Checkpoint? before, Checkpoint now) => new(
        Sighting.SplitView,
        before is null
            ? $"SPLIT VIEW: the tiles of {now.Origin} do not give the root signed for {now.Size} entries."
            : $"SPLIT VIEW: the signed head of {now.Size} entries of {now.Origin} does not hold the {before.Size} entries seen before. The hub shows different logs, or history was rewritten.",
        before is null
            ? $"HAI PHIÊN BẢN: dữ liệu của {now.Origin} không cho ra giá trị gốc đã ký cho {now.Size} mục."
            : $"HAI PHIÊN BẢN: điểm kiểm tra {now.Size} mục của {now.Origin} không chứa {before.Size} mục đã thấy. Trục đưa ra các nhật ký khác nhau hoặc lịch sử đã bị sửa.");

    private static Observation NotGenuine(Checkpoint now, string why) => new(
        Sighting.NotGenuine, $"NOT GENUINE: the head of {now.Size} entries of {now.Origin} is not to be believed: {why}.", $"KHÔNG XÁC THỰC: điểm kiểm tra {now.Size} mục của {now.Origin} không đáng tin.");
}
