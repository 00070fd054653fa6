using System.Globalization;
using System.Threading.RateLimiting;
using DocExchange.Core.Parties;

namespace DocExchange.Hub.Operations;

/// <summary>
/// A token bucket per system, one for all its edges, so that a client stuck in a loop takes nothing from the others. Counted after
/// authentication: nobody can use up another's.
/// </summary>
public sealed class CallRates(HubOptions options) : IDisposable
{
    private PartitionedRateLimiter<PartnerSystem>? _limiter = Make(options);

    /// <summary>Begins again with these limits and full buckets.</summary>
    public void Apply(HubOptions changed)
    {
        // Not disposed: a call may be asking it just now, and it holds nothing but memory.
        _ = Interlocked.Exchange(ref _limiter, Make(changed));
    }

    /// <summary>False when the system has used up what it may send for now.</summary>
    /// <param name="retryAfter">Seconds after which it is worth trying again, as Retry-After writes them.</param>
    public bool TryTake(PartnerSystem system, out string retryAfter)
    {
        retryAfter = "1";
        if (Volatile.Read(ref _limiter) is not { } limiter) return true;
        using var lease = limiter.AttemptAcquire(system);
        if (lease.IsAcquired) return true;
        if (lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)) retryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return false;
    }

    public void Dispose() => _limiter?.Dispose();

    private static PartitionedRateLimiter<PartnerSystem>? Make(HubOptions options)
    {
        var (rate, burst) = (options.RequestsPerSecond, Math.Max(options.RequestBurst, options.RequestsPerSecond));
        return rate == 0 ? null : PartitionedRateLimiter.Create<PartnerSystem, long>(system => RateLimitPartition.GetTokenBucketLimiter(system.Id, _ => new TokenBucketRateLimiterOptions
        {
            TokensPerPeriod = rate,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            TokenLimit = burst,
            QueueLimit = 0,
        }));
    }
}
