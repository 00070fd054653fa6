namespace DocExchange.Core.Signing;

/// <summary>The time for judging files. All signatures of one package share one, because many small burdens must not add up to a large one. Begins when it is made.</summary>
internal sealed class JudgingBudget(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
{
    private readonly long _began = time.GetTimestamp();

    /// <exception cref="JudgingLimitException">The time is used up.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the verdict any more.</exception>
    public void Check()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(_began) > limit) throw new JudgingLimitException("time");
    }
}

/// <summary>A file asked for more than its judge allows.</summary>
internal sealed class JudgingLimitException(string limit) : Exception($"The file goes beyond the limit of {limit}.");
