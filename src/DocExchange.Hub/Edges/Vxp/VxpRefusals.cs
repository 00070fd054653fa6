using DocExchange.Axis.Protocol;
using DocExchange.Core.Alarms;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>Refuses authenticated calls that never reach the intake desk, with a receipt like every refusal.</summary>
public sealed class VxpRefusals(CallRefusals refusals, AlarmBoard alarms)
{
    /// <exception cref="StoreUnavailableException">A submission could not be receipted.</exception>
    public async Task AnswerAsync(VxpCall call, string operation, Problem problem)
    {
        var receipt = operation switch
        {
            // A refused download has no body that could name a receipt.
            VxpOperations.DownloadEdoc => RaiseOnly(call, problem),
            VxpOperations.SendEdoc => await refusals.RecordAsync(call.System, null, problem, call.Values.HashFile, call.Cancelled).ConfigureAwait(false),
            _ => await refusals.RecordAsync(call.System, operation, problem, null, call.Cancelled).ConfigureAwait(false),
        };
        await VxpAnswers.RefuseAsync(call.Http, operation, problem, receipt).ConfigureAwait(false);
    }

    private ReceiptRef? RaiseOnly(VxpCall call, Problem problem)
    {
        alarms.RaiseFor(call.System, problem, null);
        return null;
    }
}
