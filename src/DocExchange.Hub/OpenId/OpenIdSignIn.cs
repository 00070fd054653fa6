using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Clerk.Sessions;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.Operations;
using Microsoft.AspNetCore.WebUtilities;

namespace DocExchange.Hub.OpenId;

internal enum OpenIdOutcome { Done, CodeNeeded, NotLinked, Refused, Silent }

/// <summary>How a sign-in by the organisation's account ended. The subject is shown to the person it belongs to, so that an operator can link it.</summary>
internal sealed record OpenIdResult(OpenIdOutcome Outcome, string Back = "/", Account? Account = null, string? Subject = null);

/// <summary>
/// People come back from the issuer with a code; the token it is exchanged for names them. It opens the account a security officer linked to that
/// name and no other: what it says of roles or agencies counts for nothing, and who is not linked gets nothing. Every refusal is evidence.
/// </summary>
internal sealed class OpenIdSignIn(
    HubOptions options, OpenIdIssuer issuer, IssuedTokens tokens, IAccountStore accounts, SignIn sessions, IExchangeStore evidence, CallerRefusals refusals, CallerLines lines,
    TimeProvider time)
{
    public const string Path = "/sign-in/organisation";
    public const string AnswerPath = Path + "/answer";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = [];

    public bool IsOffered => options.OpenId.Issuer.Length > 0;

    public static string ReturnAddress(OpenIdSettings settings) => new Uri(new Uri(settings.PublicAddress), AnswerPath).AbsoluteUri;

    /// <summary>Where the browser goes to sign in; null while the issuer is silent.</summary>
    public async Task<string?> BeginAsync(HttpContext http, string back, string language)
    {
        if (await issuer.FindAsync(http.RequestAborted).ConfigureAwait(false) is not { } known) return null;
        var pending = PendingSignIn.Begin(back);
        pending.Keep(http);
        return QueryHelpers.AddQueryString(known.Document.Authorization, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = options.OpenId.ClientId, ["redirect_uri"] = ReturnAddress(options.OpenId), ["scope"] = options.OpenId.Scope,
            ["state"] = pending.State, ["nonce"] = pending.Nonce, ["code_challenge_method"] = "S256", ["ui_locales"] = language,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(pending.Verifier))),
        });
    }

    /// <summary>Where the issuer's own session is ended; null where it has no such place.</summary>
    public async Task<string?> LeaveAsync(HttpContext http) =>
        await issuer.FindAsync(http.RequestAborted).ConfigureAwait(false) is { Document.SignOut: { } place }
            ? QueryHelpers.AddQueryString(place, new Dictionary<string, string?>
            {
                ["client_id"] = options.OpenId.ClientId, ["post_logout_redirect_uri"] = new Uri(new Uri(options.OpenId.PublicAddress), "/sign-in").AbsoluteUri,
            })
            : null;

    /// <summary>Takes the issuer's answer: opens the session, or says what is in the way.</summary>
    public async Task<OpenIdResult> EndAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (PendingSignIn.Take(http) is not { } pending || !Same(query["state"].ToString(), pending.State))
        {
            // Anybody can call this address with anything: counted by address, as calls without credentials are.
            refusals.Count(lines.AddressOf(http), ProblemCatalogue.CallerNotAuthentic.Code);
            return new OpenIdResult(OpenIdOutcome.Refused);
        }
        if (await issuer.FindAsync(http.RequestAborted).ConfigureAwait(false) is not { } known) return new OpenIdResult(OpenIdOutcome.Silent, pending.Back);
        // RFC 9207: another issuer's answer, sent here to have its code shown to this one.
        var said = query["iss"].ToString();
        if (said.Length == 0 ? known.Document.NamesItself : said != options.OpenId.Issuer) return await RefuseAsync(pending, "issuer").ConfigureAwait(false);
        if (query["code"].ToString() is not { Length: > 0 and <= 4096 } code) return await RefuseAsync(pending, "no code").ConfigureAwait(false);
        if (await issuer.ExchangeAsync(known.Document, code, pending.Verifier, http.RequestAborted).ConfigureAwait(false) is not { } written)
            return await RefuseAsync(pending, "no token").ConfigureAwait(false);
        if (await tokens.ReadAsync(written, options.OpenId.Issuer, options.OpenId.ClientId, known.Keys, http.RequestAborted).ConfigureAwait(false) is not { } token)
            return await RefuseAsync(pending, "token").ConfigureAwait(false);
        var (person, objection) = PersonToken.Judge(token, options.OpenId, pending.Nonce);
        if (person is null) return await RefuseAsync(pending, objection).ConfigureAwait(false);
        return IsFirst(pending.State) ? await AdmitAsync(http, pending, person).ConfigureAwait(false) : await RefuseAsync(pending, "used before").ConfigureAwait(false);
    }

    private async Task<OpenIdResult> AdmitAsync(HttpContext http, PendingSignIn pending, PersonToken person)
    {
        if (await accounts.FindLinkedAsync(person.Identity, http.RequestAborted).ConfigureAwait(false) is not { Enabled: true } account)
        {
            await RefuseAsync(pending, "not linked").ConfigureAwait(false);
            return new OpenIdResult(OpenIdOutcome.NotLinked, Subject: person.Identity.Subject);
        }
        if (account.SecondFactor is not null && !person.HasSecondFactor) return new OpenIdResult(OpenIdOutcome.CodeNeeded, pending.Back, account);
        await sessions.OpenAsync(http, account, new SessionKind(ByIssuer: true, person.HasSecondFactor)).ConfigureAwait(false);
        return new OpenIdResult(OpenIdOutcome.Done, pending.Back);
    }

    /// <summary>Of two answers to one sign-in the first counts, whatever the issuer thinks of its codes. Only real sign-ins come here, so there are few.</summary>
    private bool IsFirst(string state)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in _ended.Where(e => now - e.Value > PendingSignIn.Lasts)) _ended.TryRemove(old, out _);
        return _ended.TryAdd(state, now);
    }

    /// <summary>The entry says what did not hold, and never whom the token names.</summary>
    private async Task<OpenIdResult> RefuseAsync(PendingSignIn pending, string why)
    {
        var entry = new EvidenceEntry { Event = EvidenceEvents.SignInRefused, Time = default, Reason = ProblemCatalogue.CallerNotAuthentic.Code, Detail = "organisation: " + why };
        await evidence.RecordEventAsync(entry, CancellationToken.None).ConfigureAwait(false);
        return new OpenIdResult(OpenIdOutcome.Refused, pending.Back);
    }

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
