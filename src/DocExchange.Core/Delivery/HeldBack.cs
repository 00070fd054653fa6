using System.Collections.Concurrent;

namespace DocExchange.Core.Delivery;

/// <summary>Documents whose first call could not begin, by number, each for a while: they are the most urgent still, and nothing else would be sent.</summary>
internal sealed class HeldBack(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, long> _until = [];

    public int Count => _until.Keys.Count(Holds);

    public void Hold(long number, TimeSpan wait) => _until[number] = time.TimestampIn(wait);

    public bool Holds(long number)
    {
        if (!_until.TryGetValue(number, out var until)) return false;
        if (until > time.GetTimestamp()) return true;
        _until.TryRemove(number, out _);
        return false;
    }
}
