using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Api;
using DocExchange.Hub.Evidence;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>What the hub knows of a document, as far as the caller may see it: the sender all of it, a recipient its own copy.</summary>
/// <param name="Digest">SHA-256 of the original.</param>
public sealed record TrackView(
    string DocId, string? DocumentId, string Kind, string BusinessType, string Subject, string Code, string Sender, string SenderName, DateTimeOffset AcceptedAt,
    string Digest, long Size, string ReceiptId, IReadOnlyList<DeliveryView> Deliveries, IReadOnlyList<StatusView> Statuses, IReadOnlyList<TrackedEventView> Events, SignaturesView? Signatures,
    MalwareView? Malware, SignaturesView? LaterSignatures)
{
    internal static TrackView Of(DocumentTrack track) => new(
        track.DocId, track.DocumentId, track.Kind == MessageKind.Document ? "document" : "status", track.BusinessType.ToString().ToLowerInvariant(), track.Subject, track.Code,
        track.Sender, track.SenderName, track.AcceptedAt, "sha256:" + Convert.ToHexStringLower(track.Digest.Span), track.Size, track.ReceiptId,
        [.. track.Deliveries.Select(d => new DeliveryView(d.ItemId, d.Agency, d.Name, d.State.ToString().ToLowerInvariant(), d.StateText, d.Since, d.Fetched, d.InDoubt))],
        [.. track.Statuses.Select(s => new StatusView(s.Reporter, s.Code.ToString("00"), HandlingStatus.TryParse(s.Code.ToString(), out var status) ? status.Vietnamese : null,
            s.Description, s.At, s.ArrivedAt, s.RecordedByHub))],
        [.. track.Events.Select(e => new TrackedEventView(e.Index, e.Event, e.Time, e.ReceiptId))], SignaturesView.Of(track), MalwareView.Of(track.Malware), SignaturesView.LaterOf(track));
}

/// <param name="InDoubt">It waited when the hub was restored from a backup: the recipient may have it already.</param>
public sealed record DeliveryView(string Id, string Agency, string Name, string State, string? Reason, DateTimeOffset Since, int FetchedCount, bool InDoubt);

/// <param name="RecordedByHub">The hub noted it because the recipient's system confirmed; no office said so.</param>
public sealed record StatusView(
    string Reporter, string Code, string? Name, string? Description, DateTimeOffset At, DateTimeOffset ArrivedAt, bool RecordedByHub);

public sealed record TrackedEventView(long Index, string Event, DateTimeOffset Time, string ReceiptId);

/// <summary>What became of a document, and its receipts, for the system that sent or received it.</summary>
internal static class TrackingEndpoints
{
    public static void MapTracking(this IEndpointRouteBuilder api)
    {
        api.MapGet("/receipts/{id}", ReceiptAsync).WithName("getReceipt").WithTags("Follow").WithSummary("Fetch a receipt")
            .WithDescription("The receipt's bytes, the same at every call (docs/evidence-format.md); `format=xml` gives the same content as XML.").Produces<object>(200, "application/json", "application/xml").Refuses(400, 401, 404, 410, 429, 503);
        api.MapGet("/receipts/{id}/supplement", SupplementAsync).WithName("getReceiptSupplement").WithTags("Follow").WithSummary("Fetch what others say of a receipt's age")
            .WithDescription("Time-stamps and co-signatures of later heads of the log, with the proof that they hold the receipt. Grows with time; `heads` is empty until there is one.")
            .Produces<object>().Refuses(401, 404, 429, 503);
        api.MapGet("/documents/{docId}", TrackAsync).WithName("trackDocument").WithTags("Follow").WithSummary("Where a document is")
            .Produces<TrackView>().Refuses(401, 404, 410, 429, 503);
        api.MapGet("/documents/{docId}/signatures", SignaturesAsync).WithName("getSignatures").WithTags("Follow").WithSummary("Fetch the record of a document's signatures")
            .WithDescription("The bytes whose SHA-256 stands in the acceptance's evidence entry (docs/evidence-format.md §17), the same at every call. 404 where no signature was seen.")
            .Produces<object>().Refuses(401, 404, 410, 429, 503);
        api.MapGet("/documents/{docId}/signatures/later", LaterSignaturesAsync).WithName("getLaterSignatures").WithTags("Follow").WithSummary("Fetch the record of the newest later judgement")
            .WithDescription("The bytes whose SHA-256 stands in the newest SignaturesJudgedAgain entry: what the signatures are worth by what became known of their certificates. 404 where nothing else was said.")
            .Produces<object>().Refuses(401, 404, 410, 429, 503);
        api.MapGet("/documents", FindAsync).WithName("findDocuments").WithTags("Follow").WithSummary("Find documents by the DocumentId of their header")
            .Produces<IReadOnlyList<TrackView>>().Refuses(400, 401, 429, 503);
    }

    private static async Task<IResult> ReceiptAsync(HttpContext http, string id, RestCaller caller, IExchangeStore store, string format = "json")
    {
        if (format is not ("json" or "xml")) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "format"));
        var parts = await store.FindReceiptAsync(caller.Scope, id, http.RequestAborted).ConfigureAwait(false);
        if (parts is null) return await MissingAsync(store, id, http.RequestAborted).ConfigureAwait(false);
        return format == "xml" ? Results.Bytes(ReceiptXml.Render(parts), ReceiptXml.MediaType) : Results.Bytes(ReceiptFormat.Render(parts), "application/json");
    }

    private static async Task<IResult> SupplementAsync(HttpContext http, string id, RestCaller caller, SupplementDesk desk)
    {
        var supplement = await desk.FindAsync(caller.Scope, id, http.RequestAborted).ConfigureAwait(false);
        return supplement is null ? ApiProblems.NotFound(id) : Results.Bytes(supplement, SupplementFormat.MediaType);
    }

    private static async Task<IResult> TrackAsync(HttpContext http, string docId, RestCaller caller, IExchangeStore store)
    {
        var track = await store.TrackAsync(caller.Scope, docId, http.RequestAborted).ConfigureAwait(false);
        return track is null ? await MissingAsync(store, docId, http.RequestAborted).ConfigureAwait(false) : Results.Json(TrackView.Of(track));
    }

    private static Task<IResult> SignaturesAsync(HttpContext http, string docId, RestCaller caller, IExchangeStore store) => RecordAsync(http, docId, caller, store, track => track.Signatures);

    private static Task<IResult> LaterSignaturesAsync(HttpContext http, string docId, RestCaller caller, IExchangeStore store) => RecordAsync(http, docId, caller, store, track => track.LaterSignatures);

    private static async Task<IResult> RecordAsync(HttpContext http, string docId, RestCaller caller, IExchangeStore store, Func<DocumentTrack, VerdictRecord?> of)
    {
        var track = await store.TrackAsync(caller.Scope, docId, http.RequestAborted).ConfigureAwait(false);
        return track is not null && of(track) is { } record ? Results.Bytes(record.Bytes.ToArray(), "application/json") : await MissingAsync(store, docId, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<IResult> MissingAsync(IExchangeStore store, string id, CancellationToken cancellationToken) =>
        await store.IsLostAsync(id, cancellationToken).ConfigureAwait(false) ? ApiProblems.Of(new Problem(ProblemCatalogue.LostInRestore, Value: id)) : ApiProblems.NotFound(id);

    private static async Task<IResult> FindAsync(HttpContext http, string documentId, RestCaller caller, IExchangeStore store)
    {
        var found = new List<TrackView>();
        foreach (var id in await store.FindDocumentsAsync(caller.Scope, documentId, http.RequestAborted).ConfigureAwait(false))
        {
            if (await store.TrackAsync(caller.Scope, id, http.RequestAborted).ConfigureAwait(false) is { } track) found.Add(TrackView.Of(track));
        }
        return Results.Json(found);
    }
}
