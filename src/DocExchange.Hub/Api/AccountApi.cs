using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Api;

/// <summary>People's accounts, for security officers.</summary>
internal static class AccountApi
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", async (IAccountStore store, CurrentParties parties, HttpContext http) =>
            Results.Json((await store.ListAsync(http.RequestAborted).ConfigureAwait(false)).Select(a => new
            {
                id = a.Id,
                name = a.Name,
                role = WordOf(a.Role),
                agency = a.AgencyId is { } agency ? parties.Book.Directory.Find(agency)?.Code : null,
                enabled = a.Enabled,
                secondFactor = a.SecondFactor is not null,
                subject = a.Identity?.Subject,
            })));
        api.MapPut("/accounts/{name}", SaveAsync);
        api.MapPost("/accounts/{name}/disable", DisableAsync);
        api.MapDelete("/accounts/{name}/second-factor", RemoveFactorAsync);
        api.MapPut("/accounts/{name}/identity", LinkAsync);
        api.MapDelete("/accounts/{name}/identity", UnlinkAsync);
    }

    private static async Task<IResult> SaveAsync(string name, Entry entry, IPartyStore store, CurrentParties parties, HttpContext http)
    {
        if (name.Length is 0 or > 100 || name.Any(char.IsControl)) return Incomplete("name");
        if (!Enum.TryParse<Role>(entry.Role, ignoreCase: true, out var role) || !Enum.IsDefined(role)) return Incomplete("role");
        var agency = entry.Agency is null ? null : parties.Book.Directory.Find(entry.Agency);
        if (role == Role.Clerk && agency is null) return Incomplete("agency");
        var known = await store.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false);
        return await ChangeAsync(http, FourEyes.SaveAccount, known, new AccountWish(name, AccountWish.StampOf(known), role, role == Role.Clerk ? agency!.Id : null)).ConfigureAwait(false);
    }

    /// <summary>At once for a clerk or an auditor; whoever is or becomes one that decides over others needs a second person.</summary>
    private static Task<IResult> ChangeAsync(HttpContext http, string act, Account? known, AccountWish wish)
    {
        var changes = http.RequestServices.GetRequiredService<AccountChanges>();
        Task<IResult> RunAsync() => changes.RunAsync(act, wish, HubApi.Actor(http));
        return AccountWish.IsPowerful(known?.Role) || AccountWish.IsPowerful(wish.Role)
            ? ApprovalApi.DoOrAskAsync(http, act, wish.SubjectFor(known), RunAsync)
            : RunAsync();
    }

    private static async Task<IResult> DisableAsync(string name, IPartyStore store, HttpContext http)
    {
        if (await store.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false) is not { } account) return ApiProblems.NotFound(name);
        await store.SaveAccountAsync(account with { Enabled = false }, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.NoContent();
    }

    private static async Task<IResult> RemoveFactorAsync(string name, IPartyStore store, HttpContext http)
    {
        if (await store.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false) is not { } account) return ApiProblems.NotFound(name);
        return await ChangeAsync(http, FourEyes.RemoveFactor, account, new AccountWish(account.Name, AccountWish.StampOf(account))).ConfigureAwait(false);
    }

    /// <summary>Links the account to the person whom the configured issuer calls so.</summary>
    private static async Task<IResult> LinkAsync(string name, Person person, HubOptions options, IPartyStore store, HttpContext http)
    {
        if (person.Subject is not { Length: > 0 and <= IssuedIdentity.LongestSubject } subject || subject.Any(char.IsControl)) return Incomplete("subject");
        if (options.OpenId.Issuer.Length == 0) return Incomplete($"{HubOptions.Section}:{nameof(HubOptions.OpenId)}");
        if (await store.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false) is not { } account) return ApiProblems.NotFound(name);
        return await ChangeAsync(http, FourEyes.LinkAccount, account, new AccountWish(account.Name, AccountWish.StampOf(account), Subject: subject, WithoutPassword: person.WithoutPassword))
            .ConfigureAwait(false);
    }

    private static async Task<IResult> UnlinkAsync(string name, IPartyStore store, IAccountStore accounts, HttpContext http)
    {
        if (await store.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false) is not { } account) return ApiProblems.NotFound(name);
        await accounts.LinkAsync(account, null, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.NoContent();
    }

    private static string WordOf(Role role) => role.ToString().ToLowerInvariant();

    private static IResult Incomplete(string member) => ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, member));

    private sealed record Entry(string? Role, string? Agency);

    private sealed record Person(string? Subject, bool WithoutPassword);
}
