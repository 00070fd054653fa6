using System.Globalization;
using System.Text.Json;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Agencies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace DocExchange.Hub.Api;

/// <summary>The directory as a file, for operators: export, compare, import.</summary>
internal static class ImportApi
{
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/directory/export", ExportAsync);
        api.MapPost("/directory/import", ImportAsync);
    }

    private static async Task ExportAsync(HttpContext http, CurrentParties parties, string format = "jsonl")
    {
        if (AgencyFile.FormatOf(format) is not { } known)
        {
            await ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "format")).ExecuteAsync(http).ConfigureAwait(false);
            return;
        }
        var directory = parties.Book.Directory;
        if (DirectoryTag.IsKnown(http, directory)) return;
        http.Response.ContentType = AgencyFile.TypeOf(known);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"directory.{AgencyFile.EndingOf(known)}\"";
        await AgencyFileWriter.WriteAsync(http.Response.BodyWriter, directory, known, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<IResult> ImportAsync(
        HttpContext http, ImportDesk desk, IOptions<JsonOptions> json, bool dryRun = false, string missing = "keep", string wrong = "refuse", bool endMany = false)
    {
        if (AgencyFile.FormatOf(http.Request.ContentType) is not { } format) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "Content-Type"));
        if (missing is not ("keep" or "end")) return Unknown("missing", missing, "keep, end");
        if (wrong is not ("refuse" or "skip")) return Unknown("wrong", wrong, "refuse, skip");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = ImportDesk.LargestFile;
        var wish = new ImportWish(missing == "end", wrong == "skip", endMany);
        var result = await desk.TryAsync(async () =>
        {
            var file = await desk.CompareAsync(http.Request.Body, format, wish, http.RequestAborted).ConfigureAwait(false);
            if (dryRun) return Results.Json(ImportReport.Of(file.Difference));
            if (ImportDesk.Objection(file.Difference, wish) is { } objection) return ApiProblems.With(objection, "report", ImportReport.Of(file.Difference), json.Value.SerializerOptions);
            var outcome = await desk.ApplyAsync(file, HubApi.Actor(http)).ConfigureAwait(false);
            return Results.Json(ImportReport.Of(file.Difference, outcome));
        }).ConfigureAwait(false);
        return result ?? ApiProblems.Of(new Problem(ProblemCatalogue.ImportUnderWay));
    }

    private static IResult Unknown(string name, string value, string allowed) => ApiProblems.Of(new Problem(ProblemCatalogue.ProtocolWordUnknown, name, value, allowed), StatusCodes.Status400BadRequest);
}
