using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Evidence.Exports;

namespace DocExchange.Hub.Api;

/// <summary>Exports of the evidence, for auditors and operators: ask, look how far it is, download in pieces.</summary>
internal static class ExportApi
{
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/exports", (ExportDesk desk) => Results.Json(desk.All));
        api.MapGet("/exports/{id}", (string id, ExportDesk desk) => desk.Find(id) is { } record ? Results.Json(record) : ApiProblems.NotFound(id));
        api.MapGet("/exports/{id}/file", (string id, ExportDesk desk) => FileOf(desk, id));
        api.MapPost("/exports", StartAsync);
    }

    /// <summary>The file with its digest as tag, so that an interrupted download goes on where it stopped.</summary>
    public static IResult FileOf(ExportDesk desk, string id) => desk.Find(id) is { } record && desk.FileOf(record) is { } file
        ? Results.File(file, ExportWish.MediaTypeOf(record.Format), $"export-{record.From}-{record.End}.{record.Format}", record.Asked, new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{record.Digest}\""), enableRangeProcessing: true)
        : ApiProblems.NotFound(id);

    private static async Task<IResult> StartAsync(Dictionary<string, string?> words, HttpContext http, ExportDesk desk, CurrentParties parties, ILogStore log)
    {
        if (ExportWish.TryParse(words, parties.Book.Directory, log.Epochs, out var problem) is not { } wish) return ApiProblems.Of(problem, StatusCodes.Status400BadRequest);
        return await desk.StartAsync(wish, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false) is { } record
            ? Results.Accepted($"{HubApi.Version1}/exports/{record.Id}", record)
            : ApiProblems.Of(new Problem(ProblemCatalogue.ProtocolWordUnknown, "after", words.GetValueOrDefault("after") ?? "", "the size an earlier export ended with"), StatusCodes.Status400BadRequest);
    }
}
