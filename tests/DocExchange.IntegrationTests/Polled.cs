namespace DocExchange.IntegrationTests;

/// <summary>Waits for what another thread or process brings about.</summary>
internal static class Polled
{
    public static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await reached()) await Task.Delay(10, patience.Token);
    }
}
