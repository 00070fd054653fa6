namespace DocExchange.Storage.Sqlite;

/// <param name="FreeBytes">Free space on the data folder's disk.</param>
/// <param name="WriterProblem">Why the last commit failed; null when it succeeded.</param>
public sealed record StoreCondition(long FreeBytes, string? WriterProblem, double SyncP50, double SyncP99, int Waiting);

/// <summary>Whether the store can take anything, measured on what it did last.</summary>
public sealed class StoreHealth
{
    private readonly string _folder;
    private readonly GroupWriter _writer;

    internal StoreHealth(string folder, GroupWriter writer) => (_folder, _writer) = (folder, writer);

    public StoreCondition Now()
    {
        var (p50, p99) = _writer.SyncTimes.Percentiles();
        return new StoreCondition(new DriveInfo(_folder).AvailableFreeSpace, _writer.Unavailable, p50, p99, _writer.Waiting);
    }

    /// <summary>Tries an empty durable commit: after a full disk this is how the hub finds out that it has room again.</summary>
    public async Task<bool> ProbeAsync()
    {
        try
        {
            await _writer.RunAsync(session => session.Prepare("INSERT INTO meta (key, value) VALUES ('probe', '1') ON CONFLICT (key) DO UPDATE SET value = 1 - value").RunScalar())
                .ConfigureAwait(false);
            return true;
        }
        catch (Core.Ports.StoreUnavailableException)
        {
            return false;
        }
    }
}
