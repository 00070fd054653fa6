using DocExchange.Core.Alarms;
using DocExchange.Core.Ports;
using DocExchange.Hub.Trust;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Asks authorities about certificates of which nothing current is known.</summary>
[DisallowConcurrentExecution]
internal sealed class AskRevocationJob(RevocationDesk desk, AlarmBoard alarms) : IJob
{
    public static readonly JobKey Key = new("ask-revocation");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var host in await desk.AskAsync(cancellationToken).ConfigureAwait(false)) alarms.Raise(AlarmKind.RevocationSilent, host);
        }
        catch (StoreUnavailableException)
        {
            // What was not kept is asked for again.
        }
    }
}
