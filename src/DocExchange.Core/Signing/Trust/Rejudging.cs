using DocExchange.Core.Ports;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Signing.Trust;

/// <summary>
/// Judges accepted documents again when authorities have answered since: from what is kept, without opening a package. So many documents in one run; the
/// next one goes on.
/// </summary>
public sealed class Rejudging(IRejudgingStore store, CurrentTrust trust, TimeProvider time)
{
    private const int Page = 100;
    private const int MostPages = 50;
    private const int MostWanted = 500;

    /// <summary>A certificate is asked for again, when its answer is too old, for so long after a document brought it.</summary>
    private static readonly TimeSpan Asked = TimeSpan.FromDays(90);

    /// <summary>Notes which certificates must be asked for: those met by now, and those met before whose answers are too old.</summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await store.RememberAsync(trust.Revocations.Wanted, cancellationToken).ConfigureAwait(false);
        foreach (var lapsed in await store.LapsedAsync(now - Asked, now, MostWanted, cancellationToken).ConfigureAwait(false)) trust.Revocations.Want(lapsed);
    }

    /// <summary>Returns how many documents have another verdict than before.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        for (var pages = 0; pages < MostPages; pages++)
        {
            if (await store.NextAsync(Page, cancellationToken).ConfigureAwait(false) is not { } page) break;
            var later = new List<(JudgedDocument, VerdictRecord)>();
            foreach (var document in page.Documents)
            {
                if (LaterVerdict.Of(document.Last.Read(), document.AcceptedAt, trust.Revocations.Known) is { } verdict) later.Add((document, document.Last.Again(verdict, time.GetUtcNow())));
            }
            await store.RecordAsync(page, later, cancellationToken).ConfigureAwait(false);
            changed += later.Count;
        }
        return changed;
    }
}
