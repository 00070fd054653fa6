using DocExchange.Core.Ports;
using DocExchange.Hub.Axes;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Asks one axis what became of the copies it took over; its name is the trigger's.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ReconcileAxisJob(AxisConnections axes, ILogger<ReconcileAxisJob> logger) : IJob
{
    public static JobKey KeyOf(string axis) => new(axis, "reconcile-axis");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var reconciliation = axes.Named(context.JobDetail.Key.Name).Reconciliation;
            var changed = await reconciliation.RunAsync(cancellationToken).ConfigureAwait(false);
            if (changed > 0) LogChanged(logger, context.JobDetail.Key.Name, changed.Value);
            foreach (var difference in reconciliation.Differences) LogDiffers(logger, context.JobDetail.Key.Name, difference);
        }
        catch (StoreUnavailableException fault)
        {
            LogUnwell(logger, context.JobDetail.Key.Name, fault.Message);
        }
    }

    [LoggerMessage(EventId = 3012, Level = LogLevel.Information, Message = "The axis {Axis} says that {Count} copies were answered by their recipients")]
    private static partial void LogChanged(ILogger logger, string axis, int count);

    [LoggerMessage(EventId = 3014, Level = LogLevel.Warning, Message = "Compared with the axis {Axis}: {Difference}")]
    private static partial void LogDiffers(ILogger logger, string axis, string difference);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Warning, Message = "What the axis {Axis} says cannot be kept now: {Reason}")]
    private static partial void LogUnwell(ILogger logger, string axis, string reason);
}
