using DocExchange.Core.Ports;

namespace DocExchange.Core.Evidence.Publishing;

/// <param name="Place">Who holds it.</param>
/// <param name="Seen">The newest head that place knows; null for a log whose name alone is known.</param>
public sealed record SeenLog(string Place, string Origin, Checkpoint? Seen);

/// <summary>
/// Compares the store with what has left the house: a store that is behind a published or witnessed head, or holds another history, is an older
/// copy or a second one, and what it would sign from now on would contradict what others hold.
/// </summary>
public static class RewindCheck
{
    /// <summary>The first contradiction, in both languages; null when there is none.</summary>
    public static async Task<(SeenLog Seen, string Sentence)?> FindAsync(ILogStore store, IEnumerable<SeenLog> seen, CancellationToken cancellationToken)
    {
        var current = store.Epochs[^1];
        foreach (var one in seen)
        {
            if (one.Origin != current.Origin)
            {
                if (store.AcceptedOrigins.Contains(one.Origin)) continue;
                return (one, $"{one.Place} knows the log {one.Origin}, which this store has never heard of: the store is an older copy. / "
                    + $"{one.Place} có nhật ký {one.Origin} mà kho dữ liệu này chưa từng biết: đây là bản sao cũ.");
            }
            if (one.Seen is not { } head) continue;
            var own = await store.HeadAsync(current, cancellationToken).ConfigureAwait(false);
            if (own is null || own.Checkpoint.Size < head.Size)
            {
                return (one, $"{one.Place} holds a signed head of {head.Size} entries of {one.Origin}, this store has {own?.Checkpoint.Size ?? 0}: the store is an older copy. / "
                    + $"{one.Place} giữ điểm kiểm tra {head.Size} mục của {one.Origin}, kho này chỉ có {own?.Checkpoint.Size ?? 0}: đây là bản sao cũ.");
            }
            var same = await store.HeadAtAsync(current, head.Size, cancellationToken).ConfigureAwait(false);
            if (same is null || !same.Checkpoint.Root.AsSpan().SequenceEqual(head.Root))
            {
                return (one, $"{one.Place} holds a signed head of {head.Size} entries of {one.Origin} that differs from this store's history: a second copy of the folder has signed. / "
                    + $"{one.Place} giữ điểm kiểm tra {head.Size} mục của {one.Origin} khác với lịch sử của kho này: một bản sao khác đã ký.");
            }
        }
        return null;
    }

    /// <summary>What lies published in a data folder.</summary>
    public static IEnumerable<SeenLog> PublishedIn(string folder)
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var below in Directory.EnumerateFiles(folder, LogFolder.CheckpointFile, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (new LogFolder(Path.GetDirectoryName(below)!).ReadCheckpoint() is { } head) yield return new SeenLog(folder, head.Origin, head);
        }
    }

    /// <summary>What a witness holds.</summary>
    /// <exception cref="HttpRequestException">The witness was not reached.</exception>
    public static async Task<IReadOnlyList<SeenLog>> WitnessedAtAsync(LogSource witness, CancellationToken cancellationToken)
    {
        var seen = new List<SeenLog>();
        foreach (var origin in await witness.OriginsAsync(cancellationToken).ConfigureAwait(false))
        {
            var head = await witness.HeadAsync(LogSource.TagOf(origin), cancellationToken).ConfigureAwait(false);
            seen.Add(new SeenLog(witness.Place, origin, head?.Checkpoint.Origin == origin ? head.Checkpoint : null));
        }
        return seen;
    }
}
