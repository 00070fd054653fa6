using DocExchange.Core.Ports;
using DocExchange.Hub.Axes;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Compares the directory with one axis'; its name is the trigger's.</summary>
[DisallowConcurrentExecution]
internal sealed partial class SyncAxisDirectoryJob(AxisConnections axes, ILogger<SyncAxisDirectoryJob> logger) : IJob
{
    public static JobKey KeyOf(string axis) => new(axis, "sync-axis-directory");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await axes.Named(context.JobDetail.Key.Name).Directory.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException fault)
        {
            LogUnwell(logger, context.JobDetail.Key.Name, fault.Message);
        }
    }

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "The directory of the axis {Axis} is not applied now: {Reason}")]
    private static partial void LogUnwell(ILogger logger, string axis, string reason);
}
