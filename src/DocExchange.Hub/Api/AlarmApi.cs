using DocExchange.Core.Alarms;

namespace DocExchange.Hub.Api;

/// <summary>What operators should look at, and that they have.</summary>
internal static class AlarmApi
{
    public static void MapAlarms(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms", (AlarmBoard board) => Results.Json(board.All.Select(a => new
        {
            kind = a.Kind.Name,
            subject = a.Subject,
            first = a.First,
            last = a.Last,
            times = a.Times,
            detail = a.Detail,
            sentence = a.English,
            sentenceVi = a.Vietnamese,
        })));
        api.MapPost("/alarms/acknowledge", async (Seen seen, AlarmBoard board, HttpContext http) =>
            AlarmKind.Named(seen.Kind ?? "") is { } kind && await board.AcknowledgeAsync(kind, seen.Subject ?? "", HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false)
                ? Results.NoContent()
                : ApiProblems.NotFound($"{seen.Kind} {seen.Subject}"));
    }

    private sealed record Seen(string? Kind, string? Subject);
}
