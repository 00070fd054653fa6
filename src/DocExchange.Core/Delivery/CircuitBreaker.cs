namespace DocExchange.Core.Delivery;

/// <summary>
/// Stops calling a side that does not answer. Opens after so many failures in a row, stays open for a pause, and closes only when a probe
/// was answered: a backlog is not let loose on somebody who has just come back.
/// </summary>
public sealed class CircuitBreaker(int failures, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _failures = failures;
    private TimeSpan _pause = pause;
    private int _inRow;
    private long? _openedAt;

    /// <summary>When it opened; null while it is closed. Changes are seen at once by all threads.</summary>
    public DateTimeOffset? OpenSince { get; private set; }

    public string? Reason { get; private set; }

    public bool IsOpen
    {
        get
        {
            lock (_lock) return _openedAt is not null;
        }
    }

    /// <summary>How long until a probe may be made; zero when it may now.</summary>
    public TimeSpan UntilProbe
    {
        get
        {
            lock (_lock)
            {
                if (_openedAt is not { } opened) return TimeSpan.Zero;
                var left = _pause - time.GetElapsedTime(opened);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Open or closed, it stays what it is.</summary>
    public void Set(int failures, TimeSpan pause)
    {
        lock (_lock) (_failures, _pause) = (failures, pause);
    }

    /// <summary>True when it opened by this failure; the caller tells everybody, once.</summary>
    public bool Failed(string reason)
    {
        lock (_lock)
        {
            if (_openedAt is not null)
            {
                // A probe that failed: the pause begins again.
                _openedAt = time.GetTimestamp();
                return false;
            }
            if (++_inRow < _failures) return false;
            (_openedAt, OpenSince, Reason) = (time.GetTimestamp(), time.GetUtcNow(), reason);
            return true;
        }
    }

    /// <summary>True when it closed by this success.</summary>
    public bool Succeeded()
    {
        lock (_lock)
        {
            _inRow = 0;
            if (_openedAt is null) return false;
            (_openedAt, OpenSince, Reason) = (null, null, null);
            return true;
        }
    }
}
