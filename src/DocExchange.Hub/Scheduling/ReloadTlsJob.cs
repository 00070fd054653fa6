using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations.Tls;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Shows another server certificate once its file has changed.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ReloadTlsJob(TlsIdentity identity, IExchangeStore evidence, TimeProvider time, ILogger<ReloadTlsJob> logger) : IJob
{
    public static readonly JobKey Key = new("reload-tls");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await identity.ReloadAsync(async thumbprint =>
            {
                var entry = new EvidenceEntry { Event = EvidenceEvents.TlsCertificateChanged, Time = time.GetUtcNow(), Detail = "sha256:" + thumbprint };
                await evidence.RecordEventAsync(entry, cancellationToken).ConfigureAwait(false);
                LogChanged(logger, thumbprint);
            }).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogUnusable(logger, fault.Message);
        }
    }

    [LoggerMessage(EventId = 3108, Level = LogLevel.Information, Message = "The server certificate with the SHA-256 {Thumbprint} is shown from now on")]
    private static partial void LogChanged(ILogger logger, string thumbprint);

    [LoggerMessage(EventId = 3109, Level = LogLevel.Error, Message = "The new server certificate cannot be used, the old one is shown on: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string reason);
}
