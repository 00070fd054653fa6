using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Alarms;
using DocExchange.Core;
using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Api;
using DocExchange.Hub.Edges.Rest.Description;
using DocExchange.Hub.Operations;
using Microsoft.Net.Http.Headers;
using DocExchange.Hub.Signatures;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>One package that waits for the caller's answer.</summary>
/// <param name="Kind"><c>document</c> or <c>status</c>.</param>
/// <param name="State"><c>available</c> or <c>fetched</c>.</param>
/// <param name="Digest">SHA-256 of the content, also its ETag.</param>
/// <param name="InDoubt">It waited when the hub was restored from a backup: you may have it already. Compare DocumentId or digest, and confirm it.</param>
public sealed record InboxItemView(
    string ItemId, string Kind, string State, string Sender, string Recipient, string RecipientName, string? DocumentId, string Subject, string Code,
    DateTimeOffset ArrivedAt, int FetchedCount, long Size, string Digest, bool InDoubt)
{
    internal static InboxItemView Of(MailboxItem item) => new(
        item.ItemId, item.Kind == MessageKind.Document ? "document" : "status", item.State == DeliveryState.Available ? "available" : "fetched", item.Sender, item.Recipient,
        item.RecipientName, item.DocumentId, item.Subject, item.Code, item.CreatedAt, item.Fetched, item.Length, "sha256:" + Convert.ToHexStringLower(item.Digest.Span), item.InDoubt);
}

/// <param name="Next">Pass as <c>after</c> for the next page; absent on the last one.</param>
public sealed record InboxPage(IReadOnlyList<InboxItemView> Items, string? Next);

/// <param name="Result"><c>done</c> or <c>fail</c>.</param>
/// <param name="Reason">Required for <c>fail</c>: a person reads it.</param>
public sealed record ConfirmRequest(string? Result, string? Reason);

/// <param name="Recorded">False when the same answer had been given before; done never goes back.</param>
public sealed record ConfirmAnswer(string ItemId, string Result, bool Recorded);

/// <summary>What waits for the calling system: list, fetch, answer.</summary>
internal static class InboxEndpoints
{
    private const int LongestReason = 500;

    public static void MapInbox(this IEndpointRouteBuilder api)
    {
        api.MapGet("/inbox", ListAsync).WithName("listInbox").WithSummary("List what waits for an answer")
            .WithDescription("Documents before statuses, then by urgency, then oldest first. An item stays listed until it is confirmed; after three fetches without an answer it goes last.")
            .WithTags("Receive").Produces<InboxPage>().Refuses(400, 401, 429, 503);
        api.MapGet("/inbox/{itemId}/content", ContentAsync).WithName("fetchItem").WithSummary("Fetch a package")
            .WithDescription("The bytes exactly as they were sent. Range and If-Range continue an interrupted fetch; If-None-Match spares a repeated one.")
            .WithTags("Receive").Produces<byte[]>(200, "application/xml").Produces(206).Produces(304).Produces(416).Refuses(401, 403, 404, 410, 429, 503);
        api.MapPost("/inbox/{itemId}/confirm", ConfirmAsync).WithName("confirmItem").WithSummary("Say that an item is stored, or cannot be taken")
            .WithTags("Receive").WithMetadata(TakenParameters.Key).Produces<ConfirmAnswer>().Refuses(400, 401, 404, 422, 429, 503);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RestCaller caller, IExchangeStore store, HubOptions options, string? kind = null, string? after = null, int limit = 100)
    {
        if (kind is not (null or "document" or "status")) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "kind"));
        if (limit < 1 || limit > options.MailboxListLimit) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "limit"));
        MailboxPlace? place = null;
        if (after is not null && !InboxCursor.TryRead(after, out place)) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "after"));
        MessageKind? only = kind switch { "document" => MessageKind.Document, "status" => MessageKind.Status, _ => null };
        var page = await store.ListMailboxAsync(caller.Scope, new MailboxQuery(only, Limit: limit) { After = place }, http.RequestAborted).ConfigureAwait(false);
        return Results.Json(new InboxPage([.. page.Items.Select(InboxItemView.Of)], page.Cut && page.Items.Count > 0 ? InboxCursor.Write(page.Items[^1].Place) : null));
    }

    private static async Task<IResult> ContentAsync(HttpContext http, string itemId, RestCaller caller, IExchangeStore store, SignedCopies copies, IPackageStore packages, AlarmBoard alarms)
    {
        Milestones.Reached(Milestones.BeforeFetch);
        var item = await copies.FindAsync(caller.System, caller.Scope, itemId, http.RequestAborted).ConfigureAwait(false);
        if (item?.Withheld is { } withheld) return ApiProblems.Of(withheld);
        var content = item is null ? null : await packages.OpenAsync(item.Digest, http.RequestAborted).ConfigureAwait(false);
        if (item is not null && content is null) alarms.Raise(AlarmKind.ContentMissing, item.DocId);
        if (item is null || content is null) return ApiProblems.NotFound(itemId);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(item.Digest.Span)}\"");
        // A fetch goes on in as many ranges as the line needs; it is one fetch.
        var range = http.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault();
        var known = http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false) || t.Equals(EntityTagHeaderValue.Any));
        if (!known && range?.From is null or 0) await store.RecordFetchAsync(caller.Scope, item, http.RequestAborted).ConfigureAwait(false);
        http.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(item.Digest.Span)}:";
        return Results.Stream(content, "application/xml", lastModified: item.CreatedAt, entityTag: tag, enableRangeProcessing: true);
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext http, string itemId, ConfirmRequest answer, RestCaller caller, IExchangeStore store, RestRefusals refusals)
    {
        const string operation = "confirm";
        var unreadableKey = RestRequest.ReadKey(http, RestRequest.Parameters(operation, [itemId]), out var key);
        var problem = answer.Result is not ("done" or "fail")
            ? new Problem(ProblemCatalogue.ProtocolWordUnknown, "result", answer.Result, "done, fail")
            : answer.Result == "fail" && (string.IsNullOrWhiteSpace(answer.Reason) || answer.Reason.Length > LongestReason)
                ? new Problem(ProblemCatalogue.RequestIncomplete, "reason")
                : unreadableKey;
        if (problem is not null) return await refusals.RefuseAsync(caller, operation, problem, http.RequestAborted).ConfigureAwait(false);

        var keyed = key?.Of(caller.System.Id, SHA256.HashData(Encoding.UTF8.GetBytes($"{answer.Result}\n{answer.Reason}")));
        Milestones.Reached(Milestones.BeforeAnswer);
        var outcome = await store.AnswerAsync(caller.Scope, new MailboxAnswer(itemId, answer.Result == "done", answer.Reason) { Key = keyed }, http.RequestAborted).ConfigureAwait(false);
        Milestones.Reached(Milestones.AfterAnswer);
        return outcome switch
        {
            AnswerOutcome.NotYours => await refusals.RefuseAsync(caller, operation, new Problem(ProblemCatalogue.DeliveryNotFound, Value: itemId), http.RequestAborted).ConfigureAwait(false),
            AnswerOutcome.KeyTaken => await refusals.RefuseAsync(caller, operation, new Problem(ProblemCatalogue.RequestKeyTaken, RestRequest.KeyHeader, key!.Value), http.RequestAborted).ConfigureAwait(false),
            _ => Results.Ok(new ConfirmAnswer(itemId, answer.Result!, outcome == AnswerOutcome.Recorded)),
        };
    }
}
