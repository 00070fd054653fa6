using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Api;

/// <summary>What waits for an operator: wishes to change the directory, and dead letters.</summary>
internal static class OperatorApi
{
    public static void MapDirectoryRequests(this IEndpointRouteBuilder api)
    {
        api.MapGet("/directory-requests", async (IPartyStore store, CurrentParties parties, HttpContext http) =>
            Results.Json((await store.ListDirectoryRequestsAsync(http.RequestAborted).ConfigureAwait(false)).Select(r => new
            {
                id = r.Id,
                system = parties.Book.Systems.FirstOrDefault(s => s.Id == r.SystemId)?.SystemId,
                wish = r.IsDeletion ? "delete" : "register",
                code = r.Code,
                name = r.Name,
                parent = r.ParentCode,
                filedAt = r.FiledAt,
                state = r.State.ToString().ToLowerInvariant(),
            })));
        api.MapPost("/directory-requests/{id}/approve", ApproveAsync);
        api.MapPost("/directory-requests/{id}/reject", async (string id, IPartyStore store, HttpContext http) =>
            await store.DecideDirectoryRequestAsync(id, DirectoryRequestState.Rejected, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false)
                ? Results.NoContent()
                : ApiProblems.NotFound(id));
    }

    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        api.MapGet("/dead-letters", async (IExchangeStore store, HttpContext http) =>
            Results.Json((await store.ListDeadLettersAsync(Scope.Everything(), http.RequestAborted).ConfigureAwait(false)).Select(l => new
            {
                id = l.ItemId,
                docId = l.DocId,
                sender = l.Sender,
                recipient = l.Recipient,
                subject = l.Subject,
                reason = l.Reason,
                since = l.Since,
            })));
        api.MapPost("/dead-letters/{id}/requeue", async (string id, IExchangeStore store, HttpContext http) =>
            await store.SettleDeadLetterAsync(id, true, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false) ? Results.NoContent() : ApiProblems.NotFound(id));
        api.MapPost("/dead-letters/{id}/abandon", (string id, IExchangeStore store, HttpContext http) => ApprovalApi.DoOrAskAsync(
            http, FourEyes.AbandonDeadLetter, id, () => store.SettleDeadLetterAsync(id, false, HubApi.Actor(http), http.RequestAborted)));
    }

    private static async Task<IResult> ApproveAsync(string id, IPartyStore store, CurrentParties parties, TimeProvider time, HttpContext http)
    {
        var wish = (await store.ListDirectoryRequestsAsync(http.RequestAborted).ConfigureAwait(false)).FirstOrDefault(r => r.Id == id);
        if (wish is null || !await store.DecideDirectoryRequestAsync(id, DirectoryRequestState.Approved, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false))
        {
            return ApiProblems.NotFound(id);
        }
        var known = parties.Book.Directory.Find(wish.Code);
        var parent = parties.Book.Directory.Find(wish.ParentCode);
        var agency = wish.IsDeletion
            ? known! with { ValidTo = time.GetUtcNow() }
            : (known ?? new Agency(0, wish.Code.ToUpperInvariant(), "", parent?.Id, parent?.Kind ?? AgencyKind.Local)) with { Name = wish.Name ?? "", Mail = wish.Mail, ValidTo = null };
        await store.SaveAgencyAsync(agency, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.NoContent();
    }
}
