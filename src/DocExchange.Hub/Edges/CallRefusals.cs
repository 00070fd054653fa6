using DocExchange.Core.Alarms;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges;

/// <summary>
/// Receipts for authenticated calls that are refused before they reach the intake desk. Repetitions share one, so that a client stuck in a loop
/// costs one row a day.
/// </summary>
public sealed class CallRefusals(IExchangeStore store, AlarmBoard alarms)
{
    /// <param name="operation">What was asked for where it was no submission; null for a submission.</param>
    /// <param name="signedDigest">What the caller signed as the digest of its file; null where nothing does.</param>
    /// <returns>Null where the store could not write and the call was no submission: the caller's mistake stays the caller's.</returns>
    /// <exception cref="StoreUnavailableException">A submission could not be receipted.</exception>
    public async Task<ReceiptRef?> RecordAsync(PartnerSystem caller, string? operation, Problem problem, string? signedDigest, CancellationToken cancellationToken)
    {
        ReceiptRef? receipt = null;
        try
        {
            var refusal = new Refusal(caller, problem, null, 0, null, null) { Operation = operation, SignedDigest = signedDigest };
            receipt = await store.RefuseAsync(refusal, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException) when (operation is not null)
        {
            // Readiness reports the store. "Try again" would make a client repeat for ever what cannot succeed.
        }
        alarms.RaiseFor(caller, problem, receipt?.Id);
        return receipt;
    }
}
