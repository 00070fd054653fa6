using DocExchange.Core.Alarms;
using DocExchange.Core.Malware;
using DocExchange.Core.Ports;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Scans recent documents again where the scanner has learnt something since, or could not be asked.</summary>
[DisallowConcurrentExecution]
internal sealed partial class RescanJob(RescanDuty duty, AlarmBoard alarms, ILogger<RescanJob> logger) : IJob
{
    public static readonly JobKey Key = new("rescan");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var (scanned, found) = await duty.RunAsync(cancellationToken).ConfigureAwait(false);
            if (scanned > 0) LogScanned(logger, scanned, found);
        }
        catch (Exception fault) when (fault is ScannerUnavailableException or StoreUnavailableException)
        {
            LogUnwell(logger, fault.Message);
            if (fault is ScannerUnavailableException) alarms.Raise(AlarmKind.ScannerSilent, RescanDuty.Subject, fault.Message);
        }
    }

    [LoggerMessage(EventId = 3020, Level = LogLevel.Information, Message = "Scanned {Count} accepted documents again; malware was found in {Found}")]
    private static partial void LogScanned(ILogger logger, int count, int found);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "Accepted documents are not scanned again now: {Reason}")]
    private static partial void LogUnwell(ILogger logger, string reason);
}
