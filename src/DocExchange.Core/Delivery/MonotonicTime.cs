namespace DocExchange.Core.Delivery;

internal static class MonotonicTime
{
    /// <summary>The timestamp of a moment so far from now; a clock that is set changes nothing of it.</summary>
    public static long TimestampIn(this TimeProvider time, TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
}
