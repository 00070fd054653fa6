using DocExchange.Axis.Protocol;
using DocExchange.Core.Alarms;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>
/// Refuses authenticated calls that never reach the intake desk, with a receipt like every refusal. Repetitions share it, so that a client
/// stuck in a loop costs one row a day.
/// </summary>
public sealed class VxpRefusals(IExchangeStore store, AlarmBoard alarms)
{
    /// <exception cref="StoreUnavailableException">A submission could not be receipted. Other calls are then refused without a receipt:
    /// code 20 would make a client repeat for ever what cannot succeed.</exception>
    public async Task AnswerAsync(VxpCall call, string operation, Problem problem)
    {
        ReceiptRef? receipt = null;
        // A refused download has no body that could name a receipt.
        if (operation != VxpOperations.DownloadEdoc)
        {
            var isSubmission = operation == VxpOperations.SendEdoc;
            try
            {
                var refusal = new Refusal(call.System, problem, null, 0, null, null) { Operation = isSubmission ? null : operation, SignedDigest = isSubmission ? call.Values.HashFile : null };
                receipt = await store.RefuseAsync(refusal, call.Cancelled).ConfigureAwait(false);
            }
            catch (StoreUnavailableException) when (!isSubmission)
            {
                // Readiness reports the store; the caller's mistake stays the caller's.
            }
        }
        alarms.RaiseFor(call.System, problem, receipt?.Id);
        await VxpAnswers.RefuseAsync(call.Http, operation, problem, receipt).ConfigureAwait(false);
    }
}
