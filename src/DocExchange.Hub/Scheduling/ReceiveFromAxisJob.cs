using DocExchange.Core.Ports;
using DocExchange.Hub.Axes;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Takes in what waits at one axis; its name is the trigger's.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ReceiveFromAxisJob(AxisConnections axes, ILogger<ReceiveFromAxisJob> logger) : IJob
{
    private const int Much = 50;

    public static JobKey KeyOf(string axis) => new(axis, "receive-from-axis");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var axis = axes.Named(context.JobDetail.Key.Name);
            bool answers;
            long taken;
            do
            {
                taken = axis.Items.Taken;
                answers = await axis.Inbox.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            // While much comes, the next look is not waited for.
            while (axis.Items.Taken - taken >= Much && !cancellationToken.IsCancellationRequested);
            if (axis.Items.HasStrangers || (answers && axis.Directory.IsOwed)) await axis.Directory.RunEarlyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException fault)
        {
            LogUnwell(logger, context.JobDetail.Key.Name, fault.Message);
        }
    }

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "Nothing is taken in from the axis {Axis} now: {Reason}")]
    private static partial void LogUnwell(ILogger logger, string axis, string reason);
}
