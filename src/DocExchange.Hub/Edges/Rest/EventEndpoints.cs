using System.Text.Json;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Api;
using DocExchange.Hub.Edges.Rest.Description;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>Something that happened to a document of the caller's.</summary>
/// <param name="Index">Its place in the evidence log: the cursor.</param>
/// <param name="Event">As the log names it (docs/evidence-format.md), such as SubmissionAcceptance or ContentHandover.</param>
/// <param name="DocId">The document or status package it happened to.</param>
/// <param name="About">For a status, the document it speaks of.</param>
/// <param name="Recipients">Those it brought a copy for, as far as they are the caller's business.</param>
/// <param name="ReceiptId">Set when the caller may fetch a receipt of it.</param>
public sealed record EventView(
    long Index, string Event, DateTimeOffset Time, string DocId, string? About, string? Kind, string? DocumentId, string? Sender, IReadOnlyList<string>? Recipients,
    string? Recipient, string? StatusCode, string? Reporter, string? ReceiptId);

/// <param name="Next">Pass as <c>after</c>: also when nothing came, because what lies before it need not be looked at again.</param>
public sealed record EventFeedPage(IReadOnlyList<EventView> Events, long Next);

/// <summary>
/// What happened, in the order of the log: as pages, as a long poll, or as server-sent events. The cursor is the log index, so that a reader
/// that was away misses nothing and gets nothing twice.
/// </summary>
internal static class EventEndpoints
{
    private const int LongestWait = 60;
    private const int MostEvents = 1000;

    /// <summary>A poll looks through no more of the log than so many pages; the caller goes on from where it ended.</summary>
    private const int MostPages = 10;

    /// <summary>A proxy that hears nothing closes the line.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", FollowAsync)
        .WithName("followEvents").WithSummary("What happened to your documents")
        .WithDescription("Events behind the cursor `after`, oldest first. `wait` holds the answer back up to so many seconds until there is one. "
            + "With Accept: text/event-stream the answer stays open; its event ids are cursors, and Last-Event-ID goes on from one.")
        .WithTags("Follow").WithMetadata(new TakenParameter("Last-Event-ID", "header", "With text/event-stream: go on behind this event."))
        .Produces<EventFeedPage>(200, "application/json", "text/event-stream").Refuses(400, 401, 429, 503);

    private static async Task<IResult> FollowAsync(
        HttpContext http, RestCaller caller, IExchangeStore store, IHostApplicationLifetime lifetime, TimeProvider time, long after = 0, int wait = 0, int limit = 100)
    {
        if (after < 0) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "after"));
        if (wait is < 0 or > LongestWait) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "wait"));
        if (limit is < 1 or > MostEvents) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "limit"));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        if (http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            if (long.TryParse(http.Request.Headers["Last-Event-ID"].ToString(), out var last) && last > after) after = last;
            await StreamAsync(http, caller, store, time, after, ending.Token).ConfigureAwait(false);
            return Results.Empty;
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(wait), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, patience.Token);
        var next = after;
        for (var pages = 1; ; pages++)
        {
            var page = await store.ReadEventsAsync(caller.Scope, next, limit, http.RequestAborted).ConfigureAwait(false);
            next = page.Next;
            if (page.Events.Count > 0 || (page.AtEnd ? wait == 0 : pages >= MostPages)) return Results.Json(new EventFeedPage([.. page.Events.Select(View)], next));
            if (page.AtEnd && !await HasMoreAsync(store, next, either.Token).ConfigureAwait(false)) return Results.Json(new EventFeedPage([], next));
        }
    }

    private static async Task StreamAsync(HttpContext http, RestCaller caller, IExchangeStore store, TimeProvider time, long after, CancellationToken ending)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.Body.FlushAsync(ending).ConfigureAwait(false);
        try
        {
            for (var next = after; ;)
            {
                var page = await store.ReadEventsAsync(caller.Scope, next, MostEvents, ending).ConfigureAwait(false);
                next = page.Next;
                foreach (var one in page.Events) await WriteAsync(http, one, ending).ConfigureAwait(false);
                if (page.Events.Count > 0) await http.Response.Body.FlushAsync(ending).ConfigureAwait(false);
                if (!page.AtEnd) continue;
                using var quiet = new CancellationTokenSource(Heartbeat, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, quiet.Token);
                if (await HasMoreAsync(store, next, either.Token).ConfigureAwait(false)) continue;
                ending.ThrowIfCancellationRequested();
                await http.Response.WriteAsync(": quiet\n\n", ending).ConfigureAwait(false);
                await http.Response.Body.FlushAsync(ending).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone or the hub stops; the reader comes back with the id of the last event it got.
        }
    }

    private static async Task<bool> HasMoreAsync(IExchangeStore store, long after, CancellationToken patience)
    {
        try
        {
            await store.WaitForEventsAsync(after, patience).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Task WriteAsync(HttpContext http, ExchangeEvent one, CancellationToken cancellationToken)
    {
        var view = View(one);
        return http.Response.WriteAsync($"id: {view.Index}\nevent: {view.Event}\ndata: {JsonSerializer.Serialize(view, Compact)}\n\n", cancellationToken);
    }

    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private static EventView View(ExchangeEvent one)
    {
        var entry = one.Entry;
        var about = entry.Event == EvidenceEvents.StatusReported ? entry.Document : entry.Kind == "status" ? entry.Detail : null;
        return new EventView(one.Index, entry.Event, entry.Time, one.DocId, about, entry.Kind, entry.DocumentId, entry.Sender, entry.Recipients, entry.Recipient, entry.StatusCode,
            entry.Reporter, one.ReceiptId);
    }
}
