using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Routing;

namespace DocExchange.Hub.Api;

/// <summary>The directory for operators.</summary>
internal static class AgencyApi
{
    public static void MapAgencies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/agencies", (CurrentParties parties) => Results.Json(parties.Book.Directory.All.Select(a => View(a, parties.Book.Directory))));
        api.MapPost("/agencies", (Entry entry, HttpContext http, IPartyStore store, CurrentParties parties) => SaveAsync(entry, http, store, parties));
        api.MapPut("/agencies/{code}", (string code, Entry entry, HttpContext http, IPartyStore store, CurrentParties parties) =>
            SaveAsync(entry with { Code = code }, http, store, parties));
    }

    private static async Task<IResult> SaveAsync(Entry entry, HttpContext http, IPartyStore store, CurrentParties parties)
    {
        var directory = parties.Book.Directory;
        if (!AgencyCode.TryParse(entry.Code, out var code)) return Incomplete("code");
        if (string.IsNullOrWhiteSpace(entry.Name)) return Incomplete("name");
        if (entry.Parent is not null && directory.Find(entry.Parent) is null) return Incomplete("parent");
        if (entry.Successor is not null && directory.Find(entry.Successor) is null) return Incomplete("successor");
        if (entry.Aliases?.FirstOrDefault(a => !AgencyCode.TryParse(a, out _)) is not null) return Incomplete("aliases");
        if (entry.Kind is not (null or "local" or "external")) return Incomplete("kind");

        var known = directory.Find(code.Value);
        var agency = new Agency(known?.Id ?? 0, known?.Code ?? code.Value, entry.Name, directory.Find(entry.Parent)?.Id,
            entry.Kind == "external" ? AgencyKind.External : AgencyKind.Local, entry.ValidFrom, entry.ValidTo, directory.Find(entry.Successor)?.Id,
            entry.LockedSince, entry.Mail, entry.RefuseRepeatedNumber)
        {
            Aliases = entry.Aliases ?? [],
        };
        var saved = await store.SaveAgencyAsync(agency, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.Json(View(saved, parties.Book.Directory));
    }

    private static IResult Incomplete(string member) => ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, member));

    private static Entry View(Agency agency, AgencyDirectory directory) => new(
        agency.Code, agency.Name, agency.ParentId is { } parent ? directory.Find(parent)?.Code : null, agency.Kind == AgencyKind.Local ? "local" : "external",
        agency.Aliases, agency.ValidFrom, agency.ValidTo, agency.SuccessorId is { } next ? directory.Find(next)?.Code : null, agency.LockedSince, agency.Mail,
        agency.RefuseRepeatedNumber);

    private sealed record Entry(
        string? Code, string? Name, string? Parent, string? Kind, IReadOnlyList<string>? Aliases, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo,
        string? Successor, DateTimeOffset? LockedSince, string? Mail, bool RefuseRepeatedNumber);
}
