namespace DocExchange.Benchmarks.Hub;

/// <summary>Waits for what a process of its own brings about and tells nobody.</summary>
internal static class Polling
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(3);

    /// <param name="hopeless">Why it will not come about any more, with what it is; null while it may.</param>
    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string?> hopeless)
    {
        while (!await holds())
        {
            if (hopeless() is { } why) throw new BenchmarkFailedException(why);
            await Task.Delay(Often);
        }
    }
}
