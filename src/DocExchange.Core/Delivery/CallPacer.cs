namespace DocExchange.Core.Delivery;

/// <summary>Spreads calls evenly, so many a second. Safe for concurrent use.</summary>
internal sealed class CallPacer(Func<int> perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _next;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        long due;
        lock (_lock)
        {
            due = Math.Max(now, _next);
            _next = due + time.TimestampFrequency / perSecond();
        }
        // A timer is not finer than a few milliseconds: short waits are let grow instead.
        var wait = time.GetElapsedTime(now, due);
        return wait < TimeSpan.FromMilliseconds(5) ? Task.CompletedTask : Task.Delay(wait, time, cancellationToken);
    }
}
