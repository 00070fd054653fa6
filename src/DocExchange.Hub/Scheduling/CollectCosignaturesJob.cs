using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Fetches what witnesses have co-signed.</summary>
[DisallowConcurrentExecution]
internal sealed partial class CollectCosignaturesJob(CosignatureCollector collector, AlarmBoard alarms, ILogger<CollectCosignaturesJob> logger) : IJob
{
    public static readonly JobKey Key = new("collect-cosignatures");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var problem in await collector.CollectAsync(cancellationToken).ConfigureAwait(false)) Say(problem);
        }
        catch (StoreUnavailableException fault)
        {
            LogProblem(logger, "", fault.Message);
        }
    }

    private void Say(WitnessProblem problem)
    {
        LogProblem(logger, problem.Witness, problem.Problem);
        if (problem.Contradicts) alarms.Raise(AlarmKind.LogContradicted, problem.Witness, problem.Problem);
    }

    [LoggerMessage(EventId = 3104, Level = LogLevel.Warning, Message = "No co-signature from the witness {Witness}: {Problem}")]
    private static partial void LogProblem(ILogger logger, string witness, string problem);
}
