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
    public static async Task<IResult> DoOrAskAsync(HttpContext http, string act, string subject, Func<Task<IResult>> run)
    {
        var fourEyes = http.RequestServices.GetRequiredService<FourEyes>();
        if (!fourEyes.IsNeeded) return await run().ConfigureAwait(false);
        return Results.Json(View(await fourEyes.AskAsync(act, subject, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false)), statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>As <see cref="DoOrAskAsync(HttpContext, string, string, Func{Task{IResult}})"/>, for what is there to be done or not.</summary>
    public static Task<IResult> DoOrAskAsync(HttpContext http, string act, string subject, Func<Task<bool>> run) =>
        DoOrAskAsync(http, act, subject, async () => Said(await run().ConfigureAwait(false), subject));

    private static IResult Said(bool done, string id) => done ? Results.NoContent() : ApiProblems.NotFound(id);

    private static async Task<IResult> ApproveAsync(string id, HttpContext http, FourEyes fourEyes, Permissions permissions, IAccountStore accounts)
    {
        if (await fourEyes.FindOpenAsync(id, http.RequestAborted).ConfigureAwait(false) is not { } wish) return ApiProblems.NotFound(id);
        var account = (Account)http.Items[RestCaller.Item]!;
        var needed = wish.Act == FourEyes.AbandonDeadLetter ? CallerKind.Operator : CallerKind.SecurityOfficer;
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
        return await RunAsync(http, wish).ConfigureAwait(false);
    }

    /// <summary>Whoever goes away in the middle gets what was approved all the same.</summary>
    private static async Task<IResult> RunAsync(HttpContext http, Approval wish)
    {
        var (services, actor) = (http.RequestServices, HubApi.Actor(http));
        if (AccountWish.Read(wish) is { } account) return await services.GetRequiredService<AccountChanges>().RunAsync(wish.Act, account, actor).ConfigureAwait(false);
        return Said(wish.Act switch
        {
            FourEyes.AbandonDeadLetter => await services.GetRequiredService<IExchangeStore>().SettleDeadLetterAsync(wish.Subject, false, actor, CancellationToken.None).ConfigureAwait(false),
            FourEyes.RevokeCredential when wish.Subject.Split(' ') is [var system, var credential] => await services.GetRequiredService<IPartyStore>().EndCredentialAsync(
                long.Parse(system, System.Globalization.CultureInfo.InvariantCulture), credential, null, actor, CancellationToken.None).ConfigureAwait(false),
            FourEyes.RemoveTrust => await services.GetRequiredService<ITrustStore>().RemoveAsync(wish.Subject, actor, CancellationToken.None).ConfigureAwait(false),
            _ => false,
        }, wish.Id);
    }

    private static object View(Approval approval) => View(approval, AccountWish.Read(approval));

    private static object View(Approval approval, AccountWish? account) => new
    {
        id = approval.Id,
        act = approval.Act,
        subject = approval.Words,
        name = account?.Name,
        person = account?.Subject,
        askedBy = approval.AskedBy,
        askedAt = approval.AskedAt,
        state = approval.State.ToString().ToLowerInvariant(),
        decidedBy = approval.DecidedBy,
        decidedAt = approval.DecidedAt,
    };
}
