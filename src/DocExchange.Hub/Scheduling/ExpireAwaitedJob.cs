using DocExchange.Hub.Operations;
using DocExchange.Storage.Sqlite;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Gives up statuses and recalls whose document never came.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ExpireAwaitedJob(SqliteStore store, HubOptions options, TimeProvider time, ILogger<ExpireAwaitedJob> logger) : IJob
{
    public static readonly JobKey Key = new("expire-awaited");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var expired = await store.ExpireAwaitedAsync(time.GetUtcNow().AddHours(-options.StatusWaitHours), cancellationToken).ConfigureAwait(false);
        if (expired > 0) LogExpired(logger, expired, options.StatusWaitHours);
    }

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "{Count} packages spoke of documents that have not come within {Hours} hours")]
    private static partial void LogExpired(ILogger logger, int count, int hours);
}
