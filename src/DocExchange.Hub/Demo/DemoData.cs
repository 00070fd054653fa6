using System.Text.Json;
using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Demo;

/// <summary>
/// Agencies, systems, users and documents of a demonstration. Secrets are random for every data folder and written beside it for the owner
/// only; the hub refuses demo data in Production.
/// </summary>
internal static class DemoData
{
    public const string CredentialsFile = "demo-credentials.json";
    public const string ProvinceSystem = "000.00.00.H30";
    public const string DepartmentSystem = "000.00.12.H30";
    public const string PeerSystem = "truc.mau.01";

    public static async Task EnsureAsync(HubApplication hub)
    {
        var parties = hub.Services.GetRequiredService<CurrentParties>();
        if (parties.Book.Directory.Count > 0) return;
        var store = hub.Services.GetRequiredService<IPartyStore>();
        var axis = hub.Options.Axes.Keys.FirstOrDefault();
        var ids = await SaveAgenciesAsync(store, axis).ConfigureAwait(false);
        var external = DemoDirectory.Agencies.Where(a => a.Kind == AgencyKind.External && a.Parent is null && AxisOf(a, axis) is null).Select(a => new Served(ids[a.Code], true)).ToList();
        var systems = new[]
        {
            await store.SaveSystemAsync(new PartnerSystem(0, ProvinceSystem, Profile.Agency, true, [new Served(ids["H30"], true)]), "demo", default).ConfigureAwait(false),
            await store.SaveSystemAsync(new PartnerSystem(0, DepartmentSystem, Profile.Agency, true, [new Served(ids["H30.12"], true)]), "demo", default).ConfigureAwait(false),
            await store.SaveSystemAsync(new PartnerSystem(0, PeerSystem, Profile.Peer, true, external), "demo", default).ConfigureAwait(false),
        };
        var secrets = hub.Services.GetRequiredService<SystemSecrets>();
        var issued = new List<SystemCredentials>();
        foreach (var system in systems)
        {
            var (_, hmac) = await secrets.IssueAsync(system, CredentialKind.Hmac, "demo").ConfigureAwait(false);
            var (_, key) = await secrets.IssueAsync(system, CredentialKind.ApiKey, "demo").ConfigureAwait(false);
            issued.Add(new SystemCredentials(system.SystemId, hmac, $"{system.SystemId}.{key}"));
        }
        var person = await SaveAccountAsync(store, "vanhanh", Role.Operator, null).ConfigureAwait(false);
        var clerk = await SaveAccountAsync(store, "vanthu", Role.Clerk, ids["H30.12"]).ConfigureAwait(false);
        var auditor = await SaveAccountAsync(store, "kiemtra", Role.Auditor, null).ConfigureAwait(false);
        await LinkAsync(hub, store, [person.User, clerk.User, auditor.User]).ConfigureAwait(false);
        Write(hub, new Credentials(person, clerk, auditor, issued));
        await DemoDocuments.SendAsync(hub).ConfigureAwait(false);
    }

    public static Credentials? Read(HubOptions options)
    {
        var path = Path.Combine(options.Data, CredentialsFile);
        return File.Exists(path) ? JsonSerializer.Deserialize<Credentials>(File.ReadAllBytes(path), JsonSerializerOptions.Web) : null;
    }

    private static async Task<Dictionary<string, long>> SaveAgenciesAsync(IPartyStore store, string? axis)
    {
        var ids = new Dictionary<string, long>();
        foreach (var entry in DemoDirectory.Agencies)
        {
            var agency = new Agency(0, entry.Code, entry.Name, entry.Parent is null ? null : ids[entry.Parent], entry.Kind) { Aliases = entry.Aliases, Axis = AxisOf(entry, axis) };
            ids[entry.Code] = (await store.SaveAgencyAsync(agency, "demo", default).ConfigureAwait(false)).Id;
        }
        return ids;
    }

    /// <summary>Where the demonstration is joined to an axis, bodies outside the province are behind it, but for one that stays the peer's.</summary>
    private static string? AxisOf(DemoDirectory.Entry entry, string? axis) => entry.Kind == AgencyKind.External && entry.Code != DemoDirectory.BehindPeer ? axis : null;

    private static async Task<PersonCredentials> SaveAccountAsync(IPartyStore store, string name, Role role, long? agency)
    {
        var password = Ids.Secret(12);
        await store.SaveAccountAsync(new Account(0, name, PasswordHash.Make(password), role, agency), "demo", default).ConfigureAwait(false);
        return new PersonCredentials(name, password);
    }

    /// <summary>Where an organisation's sign-in is configured, the demonstration's people are known there as <c>demo-NAME</c>.</summary>
    private static async Task LinkAsync(HubApplication hub, IPartyStore store, IEnumerable<string> names)
    {
        if (hub.Options.OpenId.Issuer is not { Length: > 0 } issuer) return;
        foreach (var name in names)
        {
            var account = await store.FindAccountAsync(name, default).ConfigureAwait(false);
            await hub.Services.GetRequiredService<IAccountStore>().LinkAsync(account!, new IssuedIdentity(issuer, "demo-" + name), "demo", default).ConfigureAwait(false);
        }
    }

    private static void Write(HubApplication hub, Credentials credentials) => DurableFile.Write(
        Path.Combine(hub.Options.Data, CredentialsFile), JsonSerializer.SerializeToUtf8Bytes(credentials, Indented));

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal sealed record PersonCredentials(string User, string Password);

    internal sealed record SystemCredentials(string SystemId, string Secret, string ApiKey);

    internal sealed record Credentials(PersonCredentials Operator, PersonCredentials Clerk, PersonCredentials? Auditor, IReadOnlyList<SystemCredentials> Systems);
}
