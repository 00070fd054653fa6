using DocExchange.Core.Alarms;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Api;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>Refuses authenticated calls that never reach the intake desk, with a receipt like every refusal.</summary>
internal sealed class RestRefusals(IExchangeStore store, AlarmBoard alarms)
{
    /// <param name="operation">What was asked for where it was no submission; null for a submission.</param>
    public async Task<IResult> RefuseAsync(RestCaller caller, string? operation, Problem problem, CancellationToken cancellationToken)
    {
        ReceiptRef? receipt = null;
        try
        {
            receipt = await store.RefuseAsync(new Refusal(caller.System, problem, null, 0, null, null) { Operation = operation }, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException) when (operation is not null)
        {
            // Readiness reports the store; the caller's mistake stays the caller's.
        }
        alarms.RaiseFor(caller.System, problem, receipt?.Id);
        return ApiProblems.Of(problem, receiptId: receipt?.Id);
    }
}
