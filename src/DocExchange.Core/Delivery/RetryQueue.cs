namespace DocExchange.Core.Delivery;

/// <summary>Calls that wait for their next attempt, by monotonic time: a clock that jumps neither hurries nor delays them.</summary>
internal sealed class RetryQueue(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<(RelayCall Call, long Due)> _calls = [];

    /// <summary>A call waits once, however often it is added: the last wait holds.</summary>
    public void Add(RelayCall call, TimeSpan wait)
    {
        lock (_lock)
        {
            _calls.RemoveAll(c => c.Call.Id == call.Id);
            _calls.Add((call, time.TimestampIn(wait)));
        }
    }

    /// <summary>The most urgent, or the oldest, of those that are due; it stays until it is taken.</summary>
    /// <param name="except">Calls under way.</param>
    public RelayCall? PeekDue(bool oldestFirst, int slowestLane, IReadOnlyCollection<long?> except)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            return _calls.Where(c => c.Due <= now && c.Call.Lane <= slowestLane && !except.Contains(c.Call.Id)).Select(c => c.Call)
                .MinBy(c => oldestFirst ? (0, c.Number) : (c.Lane, c.Number));
        }
    }

    public void Take(RelayCall call)
    {
        lock (_lock) _calls.RemoveAll(c => c.Call.Id == call.Id);
    }

    public void Clear()
    {
        lock (_lock) _calls.Clear();
    }

    /// <summary>Until the next one is due; null when none waits.</summary>
    public TimeSpan? UntilNext()
    {
        lock (_lock)
        {
            if (_calls.Count == 0) return null;
            var now = time.GetTimestamp();
            var next = _calls.Min(c => c.Due);
            return next <= now ? TimeSpan.Zero : time.GetElapsedTime(now, next);
        }
    }
}
