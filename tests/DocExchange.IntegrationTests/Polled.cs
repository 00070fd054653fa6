namespace DocExchange.IntegrationTests;

/// <summary>Waits for what another thread or process brings about, so long and no longer.</summary>
internal static class Polled
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(10);

    /// <summary>Where nothing tells of a change: looks again and again.</summary>
    /// <param name="what">Said when it does not come about.</param>
    public static Task UntilAsync(Func<Task<bool>> holds, string what, int seconds = 120) => UntilAsync(holds, what, stop => Task.Delay(Often, stop), seconds);

    /// <summary>Looks again whenever something has changed.</summary>
    /// <param name="next">Ends at the next change after it was called.</param>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, Func<CancellationToken, Task> next, int seconds = 120)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
            // Asked for before looking: a change in between is not missed.
            var change = next(round.Token);
            var isThere = await holds();
            if (!isThere) await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await round.CancelAsync();
            if (isThere) return;
            Assert.False(patience.IsCancellationRequested, $"{what} did not happen within {seconds} s");
        }
    }
}
