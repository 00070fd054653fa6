using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Api;

/// <summary>Single entries of the directory for operators.</summary>
internal static class AgencyApi
{
    public static void MapAgencies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/agencies", (CurrentParties parties) => Results.Json(parties.Book.Directory.All.Select(a => AgencyEntry.Of(a, parties.Book.Directory))));
        api.MapPost("/agencies", (Wish wish, HttpContext http, IPartyStore store, CurrentParties parties) => SaveAsync(wish, http, store, parties));
        api.MapPut("/agencies/{code}", (string code, Wish wish, HttpContext http, IPartyStore store, CurrentParties parties) =>
            SaveAsync(wish with { Code = code }, http, store, parties));
    }

    private static async Task<IResult> SaveAsync(Wish wish, HttpContext http, IPartyStore store, CurrentParties parties)
    {
        var directory = parties.Book.Directory;
        if (!AgencyCode.TryParse(wish.Code, out var code)) return Incomplete("code");
        if (string.IsNullOrWhiteSpace(wish.Name)) return Incomplete("name");
        if (wish.Parent is not null && directory.Find(wish.Parent) is null) return Incomplete("parent");
        if (wish.Successor is not null && directory.Find(wish.Successor) is null) return Incomplete("successor");
        if (wish.Aliases?.FirstOrDefault(a => !AgencyCode.TryParse(a, out _)) is not null) return Incomplete("aliases");
        var entry = new AgencyEntry(directory.Find(code.Value)?.Code ?? code.Value, wish.Name, wish.Parent, Aliases: wish.Aliases, ValidFrom: wish.ValidFrom,
            ValidTo: wish.ValidTo, Successor: wish.Successor, LockedSince: wish.LockedSince, Mail: wish.Mail, RefuseRepeatedNumber: wish.RefuseRepeatedNumber,
            FocalPoints: wish.FocalPoints);
        if (AgencyColumn.Named("kind")!.Set(entry, wish.Kind ?? "") is not { } withKind) return Incomplete("kind");
        if (AgencyColumn.Named("route")!.Set(withKind, wish.Route ?? "") is not { } whole) return Incomplete("route");
        var saved = await store.SaveAgencyAsync(whole.ToAgency(directory), HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.Json(AgencyEntry.Of(saved, parties.Book.Directory));
    }

    private static IResult Incomplete(string member) => ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, member));

    /// <summary>An entry as a request writes it: everything but code and name may be left out.</summary>
    private sealed record Wish(
        string? Code, string? Name, string? Parent, string? Kind, string? Route, IReadOnlyList<string>? Aliases, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo,
        string? Successor, DateTimeOffset? LockedSince, string? Mail, bool RefuseRepeatedNumber, IReadOnlyList<FocalPoint>? FocalPoints);
}
