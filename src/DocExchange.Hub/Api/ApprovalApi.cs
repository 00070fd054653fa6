using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rest;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Api;

/// <summary>What one person asked for and another approves, and what is done then.</summary>
internal static class ApprovalApi
{
    public static void MapApprovals(this IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", async (IAccountStore store, HttpContext http) => Results.Json((await store.ListApprovalsAsync(http.RequestAborted).ConfigureAwait(false)).Select(View)));
        api.MapPost("/approvals/{id}/approve", ApproveAsync);
        api.MapPost("/approvals/{id}/reject", async (string id, IAccountStore store, HttpContext http) =>
            await store.DecideApprovalAsync(id, ApprovalState.Rejected, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false) ? Results.NoContent() : ApiProblems.NotFound(id));
    }

    /// <summary>Does the act, or, where a second person is needed, answers 202 with the request that waits for one.</summary>
    public static async Task<IResult> DoOrAskAsync(HttpContext http, string act, string subject, Func<Task<bool>> run)
    {
        var fourEyes = http.RequestServices.GetRequiredService<FourEyes>();
        if (!fourEyes.IsNeeded) return await run().ConfigureAwait(false) ? Results.NoContent() : ApiProblems.NotFound(subject);
        return Results.Json(View(await fourEyes.AskAsync(act, subject, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false)), statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ApproveAsync(string id, HttpContext http, FourEyes fourEyes, Permissions permissions, IAccountStore accounts, IExchangeStore exchange, IPartyStore parties)
    {
        if (await fourEyes.FindOpenAsync(id, http.RequestAborted).ConfigureAwait(false) is not { } wish) return ApiProblems.NotFound(id);
        var account = (Account)http.Items[RestCaller.Item]!;
        var needed = wish.Act == FourEyes.RevokeCredential ? CallerKind.SecurityOfficer : CallerKind.Operator;
        if (await permissions.FindObjectionAsync(account, needed, http).ConfigureAwait(false) is { } objection) return ApiProblems.Of(objection, StatusCodes.Status403Forbidden);
        // Whoever goes away in the middle has approved it all the same; what was approved and not done is done by approving it again.
        if (wish.State == ApprovalState.Waiting
            ? !await accounts.DecideApprovalAsync(id, ApprovalState.Approved, HubApi.Actor(http), CancellationToken.None).ConfigureAwait(false)
            : wish.AskedBy == HubApi.Actor(http))
        {
            var problem = new Problem(ProblemCatalogue.SecondPersonNeeded);
            await permissions.DenyAsync(account, http, problem).ConfigureAwait(false);
            return ApiProblems.Of(problem, StatusCodes.Status403Forbidden);
        }
        var done = wish.Act switch
        {
            FourEyes.AbandonDeadLetter => await exchange.SettleDeadLetterAsync(wish.Subject, false, HubApi.Actor(http), CancellationToken.None).ConfigureAwait(false),
            FourEyes.RevokeCredential when wish.Subject.Split(' ') is [var system, var credential] => await parties.EndCredentialAsync(
                long.Parse(system, System.Globalization.CultureInfo.InvariantCulture), credential, null, HubApi.Actor(http), CancellationToken.None).ConfigureAwait(false),
            _ => false,
        };
        return done ? Results.NoContent() : ApiProblems.NotFound(id);
    }

    private static object View(Approval approval) => new
    {
        id = approval.Id,
        act = approval.Act,
        subject = approval.Subject,
        askedBy = approval.AskedBy,
        askedAt = approval.AskedAt,
        state = approval.State.ToString().ToLowerInvariant(),
        decidedBy = approval.DecidedBy,
        decidedAt = approval.DecidedAt,
    };
}
