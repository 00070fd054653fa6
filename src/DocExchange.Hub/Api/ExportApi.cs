using System.Globalization;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Evidence.Exports;
using Microsoft.Net.Http.Headers;

namespace DocExchange.Hub.Api;

/// <summary>Exports of the evidence, for auditors and operators: ask, look how far it is, download in pieces.</summary>
internal static class ExportApi
{
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/exports", (ExportDesk desk) => Results.Json(desk.All));
        api.MapGet("/exports/{id}", (string id, ExportDesk desk) => desk.Find(id) is { } record ? Results.Json(record) : ApiProblems.NotFound(id));
        api.MapGet("/exports/{id}/file", async (string id, ExportDesk desk, HttpContext http) => await FileAsync(http, desk, id, HubApi.Actor(http)).ConfigureAwait(false) ?? ApiProblems.NotFound(id));
        api.MapPost("/exports", (Dictionary<string, string?> words, HttpContext http) => StartAsync(words, http));
    }

    /// <summary>The file with its digest as tag, so that an interrupted download goes on where it stopped; one download is one event, in however many pieces.</summary>
    public static async Task<IResult?> FileAsync(HttpContext http, ExportDesk desk, string id, string actor)
    {
        if (desk.Find(id) is not { } record || desk.FileOf(record) is not { } file) return null;
        if (http.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault()?.From is null or 0) await desk.WitnessTakingAsync(record, actor).ConfigureAwait(false);
        return Results.File(file, record.MediaType, record.FileName, record.Asked, new EntityTagHeaderValue($"\"{record.Digest}\""), enableRangeProcessing: true);
    }

    /// <summary>Begins what the words ask for; the problem, when they ask for nothing that there is.</summary>
    public static async Task<(ExportRecord? Record, Problem? Problem)> StartAsync(HttpContext http, IReadOnlyDictionary<string, string?> words, string actor)
    {
        var services = http.RequestServices;
        if (services.GetRequiredService<ExportDesk>().IsFull) return (null, new Problem(ProblemCatalogue.ExportsWaiting, Limit: ExportDesk.MostWaiting.ToString(CultureInfo.InvariantCulture)));
        var directory = services.GetRequiredService<CurrentParties>().Book.Directory;
        if (ExportWish.TryParse(words, directory, services.GetRequiredService<ILogStore>().Epochs, services.GetRequiredService<TimeProvider>().GetUtcNow(), out var problem) is not { } wish) return (null, problem);
        return await services.GetRequiredService<ExportDesk>().StartAsync(wish, actor, http.RequestAborted).ConfigureAwait(false) is { } record
            ? (record, null)
            : (null, new Problem(ProblemCatalogue.ProtocolWordUnknown, "after", words.GetValueOrDefault("after") ?? "", "the size an earlier export ended with"));
    }

    private static async Task<IResult> StartAsync(Dictionary<string, string?> words, HttpContext http)
    {
        var (record, problem) = await StartAsync(http, words, HubApi.Actor(http)).ConfigureAwait(false);
        return record is not null ? Results.Accepted($"{HubApi.Version1}/exports/{record.Id}", record) : ApiProblems.Of(problem!, problem!.Kind == ProblemCatalogue.ExportsWaiting ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest);
    }
}
