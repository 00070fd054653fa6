using DocExchange.Core.Evidence;
using DocExchange.Core.Malware;
using DocExchange.Core.Ports;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Removes infected originals that were kept for long enough, each with an entry in the log.</summary>
[DisallowConcurrentExecution]
internal sealed class ExpireQuarantineJob(Quarantine quarantine, IExchangeStore store, TimeProvider time) : IJob
{
    public static readonly JobKey Key = new("expire-quarantine");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var digest in quarantine.RemoveExpired())
        {
            await store.RecordEventAsync(new EvidenceEntry { Event = EvidenceEvents.QuarantineExpired, Time = time.GetUtcNow(), Digest = digest }, cancellationToken).ConfigureAwait(false);
        }
    }
}
