using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Api;

/// <summary>What became of a document, and its receipts, for the system that sent or received it.</summary>
internal static class TrackingApi
{
    public static void MapTracking(this IEndpointRouteBuilder api)
    {
        api.MapGet("/receipts/{id}", async (string id, HttpContext http, IExchangeStore store, CurrentParties parties) =>
        {
            var parts = await store.FindReceiptAsync(parties.Book.ScopeOf(HubApi.System(http)), id, http.RequestAborted).ConfigureAwait(false);
            return parts is null ? ApiProblems.NotFound(id) : Results.Bytes(ReceiptFormat.Render(parts), "application/json");
        });
        api.MapGet("/documents/{docId}", async (string docId, HttpContext http, IExchangeStore store, CurrentParties parties) =>
        {
            var track = await store.TrackAsync(parties.Book.ScopeOf(HubApi.System(http)), docId, http.RequestAborted).ConfigureAwait(false);
            return track is null ? ApiProblems.NotFound(docId) : Results.Json(View(track));
        });
        api.MapGet("/documents", async (string documentId, HttpContext http, IExchangeStore store, CurrentParties parties) =>
        {
            var scope = parties.Book.ScopeOf(HubApi.System(http));
            var found = new List<object>();
            foreach (var id in await store.FindDocumentsAsync(scope, documentId, http.RequestAborted).ConfigureAwait(false))
            {
                if (await store.TrackAsync(scope, id, http.RequestAborted).ConfigureAwait(false) is { } track) found.Add(View(track));
            }
            return Results.Json(found);
        });
    }

    private static object View(DocumentTrack track) => new
    {
        docId = track.DocId,
        documentId = track.DocumentId,
        kind = track.Kind == MessageKind.Document ? "document" : "status",
        businessType = track.BusinessType.ToString().ToLowerInvariant(),
        subject = track.Subject,
        code = track.Code,
        sender = track.Sender,
        senderName = track.SenderName,
        acceptedAt = track.AcceptedAt,
        digest = "sha256:" + Convert.ToHexStringLower(track.Digest.Span),
        size = track.Size,
        receiptId = track.ReceiptId,
        deliveries = track.Deliveries.Select(d => new
        {
            id = d.ItemId,
            agency = d.Agency,
            name = d.Name,
            state = d.State.ToString().ToLowerInvariant(),
            reason = d.StateText,
            since = d.Since,
            fetchedCount = d.Fetched,
        }),
        statuses = track.Statuses.Select(s => new
        {
            reporter = s.Reporter,
            code = s.Code.ToString("00"),
            name = HandlingStatus.TryParse(s.Code.ToString(), out var status) ? status.Vietnamese : null,
            description = s.Description,
            at = s.At,
            arrivedAt = s.ArrivedAt,
            recordedByHub = s.RecordedByHub,
        }),
        events = track.Events.Select(e => new { index = e.Index, @event = e.Event, time = e.Time, receiptId = e.ReceiptId }),
    };
}
