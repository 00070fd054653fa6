using DocExchange.Core.Signing;

namespace DocExchange.Core.Validation.Papers;

/// <summary>What looking at a package's first pages may cost, in steps and not in time: a busy machine sees what an idle one sees.</summary>
internal sealed class PageWork
{
    private const int MostSteps = 1_500_000;
    private int _steps;

    /// <summary>Bytes that may still be read as syntax.</summary>
    public long Bytes { get; set; } = 16 * 1024 * 1024;

    /// <exception cref="JudgingLimitException">No more may be spent.</exception>
    public void Spend(int steps)
    {
        if ((_steps += steps) > MostSteps) throw new JudgingLimitException("steps");
    }
}
