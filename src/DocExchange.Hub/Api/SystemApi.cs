using System.Security.Cryptography;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Api;

/// <summary>Partner systems and their credentials for operators. A secret is shown once, when it is made.</summary>
internal static class SystemApi
{
    private const int ShortestToken = 16;

    /// <summary>Hours of overlap that a change of secrets leaves its system, so that one person may order it.</summary>
    private const int ShortestOverlap = 24;

    private static readonly Dictionary<string, CredentialKind> Kinds = new()
    {
        ["hmac"] = CredentialKind.Hmac,
        ["apikey"] = CredentialKind.ApiKey,
        ["token"] = CredentialKind.Token,
        ["tls"] = CredentialKind.TlsCertificate,
        ["tls-subject"] = CredentialKind.TlsSubject,
        ["oauth"] = CredentialKind.OAuthClient,
        ["certificate"] = CredentialKind.Certificate,
    };

    public static void MapSystems(this IEndpointRouteBuilder api) => api.MapPost("/systems", SaveAsync);

    public static void MapCredentials(this IEndpointRouteBuilder api)
    {
        api.MapGet("/systems", (CurrentParties parties) => Results.Json(parties.Book.Systems.Select(s => View(s, parties.Book))));
        api.MapGet("/systems/{systemId}/credentials", (string systemId, CurrentParties parties) => parties.Book.FindSystem(systemId) is { } system
            ? Results.Json(parties.Book.CredentialsOf(system).Where(c => c.RevokedAt is null).Select(c => new
            {
                id = c.Id,
                kind = WordOf(c.Kind),
                validFrom = c.ValidFrom,
                validTo = c.ValidTo,
                name = BoundName.Shown(c),
            }))
            : ApiProblems.NotFound(systemId));
        api.MapPost("/systems/{systemId}/credentials", IssueAsync);
        api.MapDelete("/systems/{systemId}/credentials/{id}", async (string systemId, string id, HttpContext http, IPartyStore store, CurrentParties parties) =>
            parties.Book.FindSystem(systemId) is { } system && parties.Book.CredentialsOf(system).Any(c => c.Id == id && c.RevokedAt is null)
                ? await ApprovalApi.DoOrAskAsync(http, FourEyes.RevokeCredential, $"{system.Id} {id}",
                    () => store.EndCredentialAsync(system.Id, id, null, HubApi.Actor(http), http.RequestAborted)).ConfigureAwait(false)
                : ApiProblems.NotFound(id));
    }

    private static async Task<IResult> SaveAsync(Entry entry, HttpContext http, IPartyStore store, CurrentParties parties)
    {
        if (string.IsNullOrWhiteSpace(entry.SystemId) || entry.SystemId.Length > 64) return Incomplete("systemId");
        if (entry.Profile is not (null or "agency" or "peer")) return Incomplete("profile");
        // What a call does not name stays as it is: whoever changes one thing takes no protection away with it.
        var known = parties.Book.FindSystem(entry.SystemId);
        List<Served>? serves = entry.Serves is null ? null : [];
        foreach (var served in entry.Serves ?? [])
        {
            if (parties.Book.Directory.Find(served.Agency) is not { } agency) return Incomplete("serves.agency");
            serves!.Add(new Served(agency.Id, served.Subtree));
        }
        if (entry.Dialects?.FirstOrDefault(d => !Dialects.All.Contains(d)) is { } unknown)
        {
            return ApiProblems.Of(new Problem(ProblemCatalogue.ProtocolWordUnknown, "dialects", unknown, string.Join(", ", Dialects.All)));
        }
        var profile = entry.Profile switch { "peer" => Profile.Peer, "agency" => Profile.Agency, _ => known?.Profile ?? Profile.Agency };
        var system = new PartnerSystem(known?.Id ?? 0, entry.SystemId, profile, entry.Enabled ?? known?.Enabled ?? true,
            serves ?? known?.Serves ?? [], entry.MayRegisterAgencies ?? known?.MayRegisterAgencies ?? false)
        {
            Dialects = entry.Dialects ?? known?.Dialects ?? Dialects.OfNewSystems,
            AllowedAddresses = entry.AllowedAddresses ?? known?.AllowedAddresses ?? [],
            RequiresCertificate = entry.RequiresCertificate ?? known?.RequiresCertificate ?? false,
            WantsSignedCopies = entry.SignedCopies ?? known?.WantsSignedCopies ?? false,
            // Set by the configuration alone.
            Axis = known?.Axis,
        };
        var saved = await store.SaveSystemAsync(system, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.Json(View(saved, parties.Book));
    }

    private static async Task<IResult> IssueAsync(
        string systemId, NewCredential wanted, HttpContext http, IPartyStore store, SystemSecrets secrets, CurrentParties parties, FourEyes fourEyes, TimeProvider time)
    {
        if (parties.Book.FindSystem(systemId) is not { } system) return ApiProblems.NotFound(systemId);
        if (!Kinds.TryGetValue(wanted.Kind ?? "", out var kind)) return Incomplete("kind");
        var isBound = BoundName.Kinds.Contains(kind);
        byte[]? name = null;
        if (isBound ? wanted.Name is null || (name = BoundName.Read(kind, wanted.Name)) is null : wanted.Name is not null) return Incomplete("name");
        if (wanted.Secret is { } given ? !MayBeGiven(kind, given) : kind == CredentialKind.Certificate) return Incomplete("secret");
        if (name is not null && parties.Book.FindHolder(kind, name, time.GetUtcNow()) is { } holder && holder.Id != system.Id) return ApiProblems.Of(new Problem(ProblemCatalogue.BoundToAnother, "name"));
        var earlier = parties.Book.CredentialsOf(system).Where(c => c.Kind == kind && c.IsUsableAt(time.GetUtcNow())).ToList();
        var (credential, secret) = name is not null
            ? (await secrets.BindToAsync(system, kind, HubApi.Actor(http), name).ConfigureAwait(false), null)
            : await secrets.IssueAsync(system, kind, HubApi.Actor(http), wanted.Secret).ConfigureAwait(false);
        List<string> waiting = [];
        // A negative overlap leaves the earlier ones as they are; zero ends them now.
        if (wanted.OverlapHours is { } hours and >= 0)
        {
            DateTimeOffset? end = hours == 0 ? null : time.GetUtcNow() + TimeSpan.FromHours(hours);
            // Ended before its system can have taken the new one up, a credential is revoked, whatever the call is named.
            var isRevoking = fourEyes.IsNeeded && hours < ShortestOverlap;
            foreach (var old in earlier)
            {
                if (isRevoking) waiting.Add((await fourEyes.AskAsync(FourEyes.RevokeCredential, $"{system.Id} {old.Id}", HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false)).Id);
                else await store.EndCredentialAsync(system.Id, old.Id, end, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
            }
        }
        return Results.Json(new { id = credential.Id, secret = kind == CredentialKind.ApiKey ? $"{system.SystemId}.{secret}" : secret, validFrom = credential.ValidFrom, waiting });
    }

    private static string WordOf(CredentialKind kind) => Kinds.First(k => k.Value == kind).Key;

    /// <summary>A system of the provincial dialects may keep the token it has: changing it means changing the system. Short ones could be guessed.</summary>
    private static bool MayBeGiven(CredentialKind kind, string secret) => kind switch
    {
        CredentialKind.Token => secret.Length is >= ShortestToken and <= 200 && secret.All(c => c is > ' ' and <= '~'),
        CredentialKind.Certificate => IsCertificate(secret),
        _ => false,
    };

    private static bool IsCertificate(string pem)
    {
        try
        {
            return SystemSecrets.CertificateDigest(pem).Length > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static IResult Incomplete(string member) => ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, member));

    private static Entry View(PartnerSystem system, PartyBook book) => new(
        system.SystemId, system.Profile == Profile.Peer ? "peer" : "agency", system.Dialects,
        [.. system.Serves.Select(s => new ServedEntry(book.Directory.Find(s.AgencyId)?.Code ?? "", s.WithUnits))], system.Enabled, system.MayRegisterAgencies,
        system.AllowedAddresses, system.RequiresCertificate, system.WantsSignedCopies);

    private sealed record ServedEntry(string Agency, bool Subtree);

    private sealed record Entry(
        string? SystemId, string? Profile, IReadOnlyList<string>? Dialects, IReadOnlyList<ServedEntry>? Serves, bool? Enabled, bool? MayRegisterAgencies,
        IReadOnlyList<string>? AllowedAddresses, bool? RequiresCertificate, bool? SignedCopies);

    /// <param name="Name">What is bound where there is no secret: a certificate as PEM, or a client's id at the issuer.</param>
    private sealed record NewCredential(string? Kind, int? OverlapHours, string? Secret, string? Name);
}
