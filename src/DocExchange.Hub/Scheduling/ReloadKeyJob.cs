using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Evidence;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Takes up a new signing key.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ReloadKeyJob(SigningKeyFile file, ILogger<ReloadKeyJob> logger) : IJob
{
    public static readonly JobKey Key = new("reload-key");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (await file.ReloadAsync().ConfigureAwait(false)) LogChanged(logger, file.Current.KeyId);
        }
        catch (Exception fault) when (fault is KeyStoreException or IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogUnusable(logger, fault.Message);
        }
    }

    [LoggerMessage(EventId = 3105, Level = LogLevel.Information, Message = "Evidence is signed with the key {KeyId} from now on")]
    private static partial void LogChanged(ILogger logger, string keyId);

    [LoggerMessage(EventId = 3106, Level = LogLevel.Error, Message = "The new signing key cannot be used, the old one signs on: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string reason);
}
