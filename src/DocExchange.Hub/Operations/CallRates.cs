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
    private readonly PartitionedRateLimiter<PartnerSystem>? _limiter = options.RequestsPerSecond == 0 ? null : PartitionedRateLimiter.Create<PartnerSystem, long>(
        system => RateLimitPartition.GetTokenBucketLimiter(system.Id, _ => new TokenBucketRateLimiterOptions
        {
            TokensPerPeriod = options.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            TokenLimit = Math.Max(options.RequestBurst, options.RequestsPerSecond),
            QueueLimit = 0,
        }));

    /// <summary>False when the system has used up what it may send for now.</summary>
    /// <param name="retryAfter">Seconds after which it is worth trying again, as Retry-After writes them.</param>
    public bool TryTake(PartnerSystem system, out string retryAfter)
    {
        retryAfter = "1";
        if (_limiter is null) return true;
        using var lease = _limiter.AttemptAcquire(system);
        if (lease.IsAcquired) return true;
        if (lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)) retryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return false;
    }

    public void Dispose() => _limiter?.Dispose();
}
