using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Ports;

namespace DocExchange.Core.Evidence.Stamping;

/// <summary>
/// Has the newest head of each log time-stamped by each authority: one token covers everything before it, so an authority that was away for a
/// day is caught up with by the next token. A log that has ended is stamped once more, at its end. Nothing waits for it.
/// </summary>
public sealed class HeadStamper(ILogStore store, IReadOnlyList<ITimestampAuthority> authorities, Func<X509Certificate2Collection> roots, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, AuthorityState> states = new(authorities.Select(a => KeyValuePair.Create(a.Name, new AuthorityState(a.Name, null, 0, null, null))));

    /// <summary>What became of the last request to each authority.</summary>
    public IReadOnlyList<AuthorityState> States => [.. authorities.Select(authority => states[authority.Name])];

    /// <summary>Asks every authority that has not stamped the newest head; faults of one keep from no other.</summary>
    /// <returns>The authorities that failed this time.</returns>
    public async Task<IReadOnlyList<AuthorityState>> StampAsync(CancellationToken cancellationToken)
    {
        var failed = new List<AuthorityState>();
        // The current log last: what is said of an authority is said of that one.
        foreach (var epoch in store.Epochs) await StampAsync(epoch, failed, cancellationToken).ConfigureAwait(false);
        return failed;
    }

    private async Task StampAsync(LogEpoch epoch, List<AuthorityState> failed, CancellationToken cancellationToken)
    {
        if (await store.HeadAsync(epoch, cancellationToken).ConfigureAwait(false) is not { } head) return;
        var newest = await store.StampsAsync(epoch, 0, newest: true, cancellationToken).ConfigureAwait(false);
        foreach (var authority in authorities.Where(one => failed.All(known => known.Name != one.Name)))
        {
            var known = newest.FirstOrDefault(stamp => stamp.Authority == authority.Name);
            if (known?.Size >= head.Checkpoint.Size)
            {
                if (epoch == store.Epochs[^1]) states[authority.Name] = new AuthorityState(authority.Name, known.Time, known.Size, null, null);
                continue;
            }
            if (await StampAsync(epoch, head, authority, known, cancellationToken).ConfigureAwait(false) is { } failure) failed.Add(failure);
        }
    }

    private async Task<AuthorityState?> StampAsync(LogEpoch epoch, SignedHead head, ITimestampAuthority authority, HeadStamp? known, CancellationToken cancellationToken)
    {
        string problem;
        try
        {
            var query = TimestampToken.Ask(head.Signature);
            var answer = await authority.AskAsync(query.Encoded, cancellationToken).ConfigureAwait(false);
            if (query.TokenOf(answer, out problem) is { } token && TimestampToken.Check(token, head.Signature, roots(), out problem) is { } stamped)
            {
                await store.AddStampAsync(epoch, new HeadStamp(head.Checkpoint.Size, authority.Name, stamped, token), cancellationToken).ConfigureAwait(false);
                states[authority.Name] = new AuthorityState(authority.Name, stamped, head.Checkpoint.Size, null, null);
                return null;
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or CryptographicException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            problem = fault.Message;
        }
        var since = states[authority.Name].FailingSince ?? time.GetUtcNow();
        return states[authority.Name] = new AuthorityState(authority.Name, known?.Time, known?.Size ?? 0, problem, since);
    }
}

/// <param name="Stamped">When it stamped last; null when never.</param>
/// <param name="StampedSize">Entries its newest token covers.</param>
/// <param name="Problem">Why the last request failed; null when it succeeded.</param>
/// <param name="FailingSince">When requests began to fail, as far as this process knows.</param>
public sealed record AuthorityState(string Name, DateTimeOffset? Stamped, long StampedSize, string? Problem, DateTimeOffset? FailingSince);
