using DocExchange.Core.Alarms;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Evidence;
using DocExchange.Hub.Trust;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Asks authorities about certificates of which nothing current is known, and judges the documents again that rest on what they answer.</summary>
[DisallowConcurrentExecution]
internal sealed partial class AskRevocationJob(RevocationDesk desk, SigningKeyFile key, Rejudging rejudging, AlarmBoard alarms, ILogger<AskRevocationJob> logger) : IJob
{
    public static readonly JobKey Key = new("ask-revocation");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await rejudging.NoteAsync(cancellationToken).ConfigureAwait(false);
            desk.Want(key.Current.Chain);
            foreach (var host in await desk.AskAsync(cancellationToken).ConfigureAwait(false)) alarms.Raise(AlarmKind.RevocationSilent, host);
            if (await rejudging.RunAsync(cancellationToken).ConfigureAwait(false) is > 0 and var changed) LogChanged(logger, changed);
        }
        catch (StoreUnavailableException)
        {
            // What was not kept is asked for again.
        }
    }

    [LoggerMessage(EventId = 3022, Level = LogLevel.Information, Message = "Judged the signatures of accepted documents again; {Count} have another verdict")]
    private static partial void LogChanged(ILogger logger, int count);
}
