using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Signing;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Api;

/// <summary>People's accounts, for security officers. A password is made here and shown once.</summary>
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
        var password = Ids.Secret(12);
        var hash = await Task.Run(() => PasswordHash.Make(password)).ConfigureAwait(false);
        await store.SaveAccountAsync(new Account(0, name, hash, role, role == Role.Clerk ? agency!.Id : null), HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.Json(new { name, role = WordOf(role), password });
    }

    private static async Task<IResult> DisableAsync(string name, IPartyStore store, HttpContext http)
    {
        if (await store.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false) is not { } account) return ApiProblems.NotFound(name);
        await store.SaveAccountAsync(account with { Enabled = false }, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.NoContent();
    }

    private static async Task<IResult> RemoveFactorAsync(string name, IPartyStore store, IAccountStore accounts, HttpContext http)
    {
        if (await store.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false) is not { } account) return ApiProblems.NotFound(name);
        await accounts.SaveSecondFactorAsync(account, null, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.NoContent();
    }

    /// <summary>Links the account to the person whom the configured issuer calls so.</summary>
    private static async Task<IResult> LinkAsync(string name, Person person, HubOptions options, IPartyStore store, IAccountStore accounts, HttpContext http)
    {
        if (person.Subject is not { Length: > 0 and <= IssuedIdentity.LongestSubject } subject || subject.Any(char.IsControl)) return Incomplete("subject");
        if (options.OpenId.Issuer.Length == 0) return Incomplete($"{HubOptions.Section}:{nameof(HubOptions.OpenId)}");
        if (await store.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false) is not { } account) return ApiProblems.NotFound(name);
        if (!await accounts.LinkAsync(account, new IssuedIdentity(options.OpenId.Issuer, subject), HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false))
            return ApiProblems.Of(new Problem(ProblemCatalogue.PersonLinked, "subject"));
        // Nobody ever learns this password: from now on the organisation's sign-in is the only way in.
        if (person.WithoutPassword)
        {
            var hash = await Task.Run(() => PasswordHash.Make(Ids.Secret())).ConfigureAwait(false);
            await store.SaveAccountAsync(account with { PasswordHash = hash }, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        }
        return Results.NoContent();
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
