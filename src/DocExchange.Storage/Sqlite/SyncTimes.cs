namespace DocExchange.Storage.Sqlite;

/// <summary>The last few hundred commit times, for the health page and metrics.</summary>
internal sealed class SyncTimes
{
    private readonly double[] _milliseconds = new double[512];
    private long _count;

    public void Add(TimeSpan time)
    {
        var index = Interlocked.Increment(ref _count) - 1;
        _milliseconds[index % _milliseconds.Length] = time.TotalMilliseconds;
    }

    /// <summary>p50 and p99 in milliseconds; zero before the first commit.</summary>
    public (double P50, double P99) Percentiles()
    {
        var filled = (int)Math.Min(Interlocked.Read(ref _count), _milliseconds.Length);
        if (filled == 0) return (0, 0);
        var sorted = _milliseconds.AsSpan(0, filled).ToArray();
        Array.Sort(sorted);
        return (sorted[filled / 2], sorted[(int)((filled - 1) * 0.99)]);
    }
}
