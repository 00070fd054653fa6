using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Problems;
using DocExchange.Hub.Api;
using DocExchange.Hub.Edges.Rest.Description;

namespace DocExchange.Hub.Edges.Rest;

/// <param name="Route"><c>local</c>, or <c>axis:NAME</c> for one that is reached over that axis.</param>
/// <param name="Aliases">Earlier and parallel codes; all of them may be written into a package.</param>
/// <param name="ValidTo">The first moment at which it no longer exists; documents then go to the successor.</param>
/// <param name="RefuseRepeatedNumber">A number it has used in the year already is refused instead of warned about.</param>
/// <param name="Changed">Log index of the last change.</param>
public sealed record DirectoryEntry(
    string Code, string Name, string? Parent, string Kind, string Route, IReadOnlyList<string> Aliases, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo,
    string? Successor, DateTimeOffset? LockedSince, string? Mail, bool RefuseRepeatedNumber, long Changed, IReadOnlyList<FocalPoint>? FocalPoints)
{
    internal static DirectoryEntry Of(Agency agency, PartyBook book)
    {
        var entry = AgencyEntry.Of(agency, book.Directory);
        return new DirectoryEntry(entry.Code, entry.Name, entry.Parent, entry.Kind, entry.Route, entry.Aliases ?? [], entry.ValidFrom, entry.ValidTo, entry.Successor,
            entry.LockedSince, entry.Mail, entry.RefuseRepeatedNumber, agency.Changed, null);
    }
}

/// <param name="Next">Pass as <c>after</c> for the next page; absent on the last one.</param>
/// <param name="LastChange">Pass as <c>changedAfter</c> next time: only what changed since is listed then.</param>
public sealed record DirectoryPage(IReadOnlyList<DirectoryEntry> Entries, string? Next, long LastChange);

/// <summary>The directory for systems, and for operators: pages, what changed, look-up, search.</summary>
internal static class DirectoryEndpoints
{
    private const int MostEntries = 5000;
    private const int MostFound = 100;

    private static readonly TakenParameter Known = new("If-None-Match", "header", "An ETag from before: 304 when the directory is as it was.");

    public static void MapDirectory(this IEndpointRouteBuilder api)
    {
        api.MapGet("/directory", List).WithName("listDirectory").WithTags("Directory").WithSummary("List agencies by code, or search them by name")
            .WithDescription("Pages in the order of codes. `changedAfter` lists only what changed since. `name` searches instead: a code, its beginning, or words of the name, marks or not; best first, one page.")
            .WithMetadata(Known).Produces<DirectoryPage>().Produces(304).Refuses(400, 401, 429, 503);
        api.MapGet("/directory/{code}", Find).WithName("getAgency").WithTags("Directory").WithSummary("Look an agency up by any of its codes")
            .WithDescription("Also by an alias: the answer's `code` is the one in force. With focal points, which lists leave out.")
            .WithMetadata(Known).Produces<DirectoryEntry>().Produces(304).Refuses(401, 404, 429, 503);
    }

    private static IResult List(HttpContext http, CurrentParties parties, string? after = null, string? name = null, long? changedAfter = null, int limit = 100)
    {
        var book = parties.Book;
        var directory = book.Directory;
        if (limit < 1 || limit > (name is null ? MostEntries : MostFound)) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "limit"));
        if (DirectoryTag.IsKnown(http, directory)) return Results.StatusCode(StatusCodes.Status304NotModified);
        if (name is not null) return Results.Json(new DirectoryPage([.. directory.Search(name, limit).Select(a => DirectoryEntry.Of(a, book))], null, directory.LastChange));
        var entries = directory.After(after).Where(a => a.Changed > (changedAfter ?? -1)).Take(limit + 1).ToList();
        var next = entries.Count > limit ? entries[limit - 1].Code : null;
        return Results.Json(new DirectoryPage([.. entries.Take(limit).Select(a => DirectoryEntry.Of(a, book))], next, directory.LastChange));
    }

    private static IResult Find(HttpContext http, string code, CurrentParties parties)
    {
        var book = parties.Book;
        if (book.Directory.Find(code) is not { } agency) return ApiProblems.NotFound(code);
        return DirectoryTag.IsKnown(http, book.Directory) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Json(DirectoryEntry.Of(agency, book) with { FocalPoints = agency.FocalPoints });
    }
}
