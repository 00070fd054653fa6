using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Ports;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Has the newest head of the log time-stamped.</summary>
[DisallowConcurrentExecution]
internal sealed partial class StampHeadJob(HeadStamper stamper, AlarmBoard alarms, TimeProvider time, ILogger<StampHeadJob> logger) : IJob
{
    public static readonly JobKey Key = new("stamp-head");

    /// <summary>Heads unstamped for longer are an alarm: until then a forger with the key could date evidence back.</summary>
    private static readonly TimeSpan Alarm = TimeSpan.FromHours(24);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var failed in await stamper.StampAsync(cancellationToken).ConfigureAwait(false))
            {
                LogFailed(logger, failed.Name, failed.Problem);
                // The last stamp counts, not when this process first failed to get one: a hub that is started daily would never raise the alarm.
                if (time.GetUtcNow() - (failed.Stamped ?? failed.FailingSince) > Alarm) alarms.Raise(AlarmKind.TimeStampsMissing, failed.Name, failed.Problem);
            }
        }
        catch (StoreUnavailableException fault)
        {
            LogFailed(logger, "store", fault.Message);
        }
    }

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "No time-stamp from {Authority}: {Problem}. Documents are accepted all the same; the next stamp covers them")]
    private static partial void LogFailed(ILogger logger, string authority, string? problem);
}
