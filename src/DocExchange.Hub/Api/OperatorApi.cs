using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Api;

/// <summary>What waits for an operator: wishes to change the directory, dead letters, and documents to be judged again.</summary>
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
            await store.RejectDirectoryRequestAsync(id, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false)
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

    public static void MapRejudging(this IEndpointRouteBuilder api) => api.MapPost("/documents/{docId}/judge", JudgeAsync);

    /// <summary>Judges a document's signatures again by the trust list of today.</summary>
    private static async Task<IResult> JudgeAsync(HttpContext http, string docId, IExchangeStore store, PackageRejudging rejudging)
    {
        if (await store.TrackAsync(Scope.Everything(), docId, http.RequestAborted).ConfigureAwait(false) is not { } track) return ApiProblems.NotFound(docId);
        return await rejudging.JudgeAsync(track, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false) is { } changed
            ? Results.Json(new { docId, changed })
            : ApiProblems.Of(new Problem(ProblemCatalogue.ContentGone, Value: docId));
    }

    private static async Task<IResult> ApproveAsync(string id, IPartyStore store, CurrentParties parties, TimeProvider time, HttpContext http)
    {
        var wish = (await store.ListDirectoryRequestsAsync(http.RequestAborted).ConfigureAwait(false)).FirstOrDefault(r => r.Id == id && r.State == DirectoryRequestState.Filed);
        if (wish is null) return ApiProblems.NotFound(id);
        var directory = parties.Book.Directory;
        var (known, parent) = (directory.Find(wish.Code), directory.Find(wish.ParentCode));
        // The directory may have changed since it was filed: a code that has become another agency's name must not end or rename that agency.
        if (known is null ? wish.IsDeletion || !AgencyCode.TryParse(wish.Code, out _) : !IsOwnCode(known, wish.Code)) return Incomplete("code");
        if (wish.ParentCode is not null && parent is null && known is null) return Incomplete("parent");
        var agency = wish.IsDeletion
            ? known! with { ValidTo = time.GetUtcNow() }
            : (known ?? new Agency(0, wish.Code.ToUpperInvariant(), "", parent?.Id, parent?.Kind ?? AgencyKind.Local)) with { Name = wish.Name ?? "", Mail = wish.Mail, ValidTo = null };
        // Whoever goes away in the middle has approved it all the same.
        return await store.ApproveDirectoryRequestAsync(id, agency, HubApi.Actor(http), CancellationToken.None).ConfigureAwait(false) ? Results.NoContent() : ApiProblems.NotFound(id);
    }

    private static bool IsOwnCode(Agency agency, string code) => AgencyCode.TryParse(code, out var parsed) && string.Equals(agency.Code, parsed.Value, StringComparison.OrdinalIgnoreCase);

    private static IResult Incomplete(string member) => ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, member));
}
