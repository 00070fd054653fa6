using DocExchange.Core.Parties;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Alarms;

/// <summary>Refusals that concern more than their sender: impersonation, hostile XML, dangerous files.</summary>
public static class AlarmingRefusals
{
    private static readonly ProblemKind[] Suspicious =
    [
        ProblemCatalogue.SenderIsNotTheCaller, ProblemCatalogue.FromHeaderDiffers, ProblemCatalogue.OutsideOwnTree, ProblemCatalogue.NotEntitledToDocument,
        ProblemCatalogue.DoctypeForbidden,
    ];

    private static readonly ProblemKind[] Dangerous = [ProblemCatalogue.DangerousContent, ProblemCatalogue.ForbiddenType, ProblemCatalogue.MalwareTest, ProblemCatalogue.MalwareFound];

    /// <summary>Raises what a refusal of <paramref name="caller"/> gives reason for; mostly nothing.</summary>
    public static void RaiseFor(this AlarmBoard board, PartnerSystem caller, Problem problem, string? receipt)
    {
        var kind = Suspicious.Contains(problem.Kind) ? AlarmKind.SuspiciousCall : Dangerous.Contains(problem.Kind) ? AlarmKind.DangerousFile : null;
        if (kind is not null) board.Raise(kind, caller.SystemId, receipt is null ? problem.Code : $"{problem.Code}, receipt {receipt}");
    }
}
