namespace DocExchange.Benchmarks;

/// <summary>Documents and how long each took to be acknowledged. Latencies in milliseconds.</summary>
internal sealed record Measured(int Documents, double Seconds, double P50, double P99, double P999)
{
    public double PerSecond => Seconds == 0 ? 0 : Documents / Seconds;

    public static Measured Of(int[] microseconds, double seconds)
    {
        Array.Sort(microseconds);
        return new Measured(microseconds.Length, seconds, At(microseconds, 0.5), At(microseconds, 0.99), At(microseconds, 0.999));
    }

    private static double At(int[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))] / 1000.0;
}
