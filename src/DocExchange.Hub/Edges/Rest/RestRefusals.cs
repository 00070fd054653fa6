using DocExchange.Core.Problems;
using DocExchange.Hub.Api;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>Refuses authenticated calls that never reach the intake desk, with a receipt like every refusal.</summary>
internal sealed class RestRefusals(CallRefusals refusals)
{
    /// <param name="operation">What was asked for where it was no submission; null for a submission.</param>
    public async Task<IResult> RefuseAsync(RestCaller caller, string? operation, Problem problem, CancellationToken cancellationToken)
    {
        var receipt = await refusals.RecordAsync(caller.System, operation, problem, null, cancellationToken).ConfigureAwait(false);
        return ApiProblems.Of(problem, receiptId: receipt?.Id);
    }
}
