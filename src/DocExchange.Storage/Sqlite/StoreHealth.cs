namespace DocExchange.Storage.Sqlite;

/// <param name="FreeBytes">Free space on the data folder's disk.</param>
/// <param name="WriterProblem">Why the last commit, or the last body that is a file, failed; null when it succeeded.</param>
public sealed record StoreCondition(long FreeBytes, string? WriterProblem, double SyncP50, double SyncP99, int Waiting);

/// <summary>Whether the store can take anything, measured on what it did last.</summary>
public sealed class StoreHealth
{
    private readonly StoreOptions _options;
    private readonly GroupWriter _writer;
    private readonly Packages.FileBodies _bodies;

    internal StoreHealth(StoreOptions options, GroupWriter writer, Packages.FileBodies bodies) => (_options, _writer, _bodies) = (options, writer, bodies);

    public StoreCondition Now()
    {
        var (p50, p99) = _writer.SyncTimes.Percentiles();
        return new StoreCondition(new DriveInfo(_options.Folder).AvailableFreeSpace, _writer.Unavailable ?? _bodies.Problem, p50, p99, _writer.Waiting);
    }

    /// <summary>Tries a small durable commit and, where that failed last, a file of the size of a body: after a full disk this is how the hub finds out that it has room again.</summary>
    public async Task<bool> ProbeAsync()
    {
        try
        {
            await _writer.RunAsync(session => session.Prepare("INSERT INTO meta (key, value) VALUES ('probe', '1') ON CONFLICT (key) DO UPDATE SET value = 1 - value").RunScalar())
                .ConfigureAwait(false);
            return _bodies.Problem is null || await Task.Run(() => _bodies.Probe(_options.SmallLimit * 2)).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is Core.Ports.StoreUnavailableException or SqliteFault)
        {
            return false;
        }
    }
}
