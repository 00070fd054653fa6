using DocExchange.Storage.Sqlite;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Moves waiting items that a stop left in the mailbox of a system that no longer serves their agency.</summary>
[DisallowConcurrentExecution]
internal sealed class SettleMailboxesJob(SqliteStore store) : IJob
{
    public static readonly JobKey Key = new("settle-mailboxes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await store.SettleMailboxesAsync(cancellationToken).ConfigureAwait(false);
}
