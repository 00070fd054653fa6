using DocExchange.Storage.Sqlite;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Removes files that no document names.</summary>
[DisallowConcurrentExecution]
internal sealed partial class CollectBodiesJob(SqliteStore store, TimeProvider time, ILogger<CollectBodiesJob> logger) : IJob
{
    public static readonly JobKey Key = new("collect-bodies");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var removed = await store.CollectBodiesAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (removed > 0) LogRemoved(logger, removed);
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Removed {Count} stored files that no document names")]
    private static partial void LogRemoved(ILogger logger, int count);
}
