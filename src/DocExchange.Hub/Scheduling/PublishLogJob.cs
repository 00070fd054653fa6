using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Publishes what the log has gained.</summary>
[DisallowConcurrentExecution]
internal sealed partial class PublishLogJob(LogPublisher publisher, ILogger<PublishLogJob> logger) : IJob
{
    public static readonly JobKey Key = new("publish-log");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await publisher.PublishAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is LogDamagedException or IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogNotPublished(logger, fault.Message);
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "The evidence log could not be published: {Reason}")]
    private static partial void LogNotPublished(ILogger logger, string reason);
}
