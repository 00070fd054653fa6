namespace DocExchange.Sandbox.Axis;

/// <summary>
/// Random numbers that are functions of a seed and of what they are for, so that concurrent calls cannot take each other's: SplitMix64
/// (Steele, Lea, Flood 2014).
/// </summary>
internal static class Draws
{
    public static ulong Of(int seed, int subject, long number) => Next(Next(Next((ulong)(uint)seed) ^ (uint)subject) ^ (ulong)number);

    public static ulong Next(ulong state)
    {
        var z = state + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below 1.</summary>
    public static double Fraction(ulong draw) => (draw >> 11) * (1.0 / (1UL << 53));
}
