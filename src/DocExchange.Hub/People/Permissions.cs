using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Signing;
using DocExchange.Hub.Api;
using DocExchange.Hub.Edges.Rest;

namespace DocExchange.Hub.People;

/// <summary>What a person's role allows in the JSON interface. Every denial is evidence.</summary>
public sealed class Permissions(SecondFactors factors, IAccountStore accounts, IExchangeStore evidence)
{
    /// <summary>Why this person may not; null when it may.</summary>
    public async Task<Problem?> FindObjectionAsync(Account account, CallerKind kind, HttpContext http)
    {
        var problem = PasswordHash.IsHandedOver(account.PasswordHash) ? new Problem(ProblemCatalogue.PasswordHandedOver)
            : factors.IsMissing(account) ? new Problem(ProblemCatalogue.SecondFactorNeeded)
            : await MayAsync(account, kind, IsReading(http)).ConfigureAwait(false) ? null
            : new Problem(ProblemCatalogue.RoleLacks);
        if (problem is not null) await DenyAsync(account, http, problem).ConfigureAwait(false);
        return problem;
    }

    public Task DenyAsync(Account account, HttpContext http, Problem problem) => evidence.RecordEventAsync(
        new EvidenceEntry { Event = EvidenceEvents.AccessDenied, Time = default, Actor = HubApi.Actor(account), Reason = problem.Code, Detail = $"{http.Request.Method} {http.Request.Path}" },
        CancellationToken.None);

    private async ValueTask<bool> MayAsync(Account account, CallerKind kind, bool isReading) => (kind, account.Role) switch
    {
        (CallerKind.Operator, Role.Operator) => true,
        (CallerKind.Auditor, Role.Auditor or Role.Operator) => true,
        (CallerKind.SecurityOfficer, Role.SecurityOfficer) => true,
        // Somebody must be able to begin: until there is an officer, operators do that work.
        (CallerKind.SecurityOfficer, Role.Operator) => isReading || !(await accounts.ListAsync(CancellationToken.None).ConfigureAwait(false)).Any(a => a is { Role: Role.SecurityOfficer, Enabled: true }),
        (CallerKind.Approver, Role.Operator or Role.SecurityOfficer) => true,
        (CallerKind.Operator or CallerKind.SecurityOfficer or CallerKind.Approver, Role.Auditor) => isReading,
        _ => false,
    };

    private static bool IsReading(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
}
