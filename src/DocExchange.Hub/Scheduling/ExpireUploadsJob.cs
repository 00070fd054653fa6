using DocExchange.Hub.Edges.Rest.Uploads;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Removes uploads that nobody went on with.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ExpireUploadsJob(UploadStore uploads, ILogger<ExpireUploadsJob> logger) : IJob
{
    public static readonly JobKey Key = new("expire-uploads");

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var removed = uploads.RemoveExpired();
        if (removed > 0) LogRemoved(logger, removed);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Information, Message = "Removed {Count} uploads that nobody went on with")]
    private static partial void LogRemoved(ILogger logger, int count);
}
