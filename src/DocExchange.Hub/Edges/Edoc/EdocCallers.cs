using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Edoc;

/// <summary>
/// Authenticates the dialects of provincial hubs, whose every call carries the organisation's code and a token. An unknown organisation and a
/// wrong token look and cost the same.
/// </summary>
public sealed class EdocCallers(CurrentParties parties, SystemSecrets secrets, CallerLines lines, ClientCertificates certificates, CallerRefusals refusals, CallRates rates)
{
    /// <summary>The caller, or why it is none.</summary>
    public (EdocCaller? Caller, Problem? Problem) Authenticate(HttpContext http, string dialect, string? organId, string? token)
    {
        if (string.IsNullOrWhiteSpace(organId) || string.IsNullOrWhiteSpace(token)) return Refuse(http, new Problem(ProblemCatalogue.CredentialsMissing));
        var book = parties.Book;
        var code = organId.Trim();
        var agency = book.Directory.Find(code);
        if (Holder(book, book.FindSystem(code), agency, token.Trim()) is not { } system) return Refuse(http, new Problem(ProblemCatalogue.CallerNotAuthentic));
        if (!system.Enabled || !lines.IsAllowed(system, http)) return Refuse(http, new Problem(ProblemCatalogue.CallerSuspended));
        if (!system.Speaks(dialect)) return Refuse(http, new Problem(ProblemCatalogue.DialectNotAllowed, Value: dialect));
        if (!lines.MayCarryTokens(system, http)) return Refuse(http, new Problem(ProblemCatalogue.LineNotProtected));
        if (!certificates.Fit(system, http)) return Refuse(http, new Problem(ProblemCatalogue.CertificateNeeded));
        if (!rates.TryTake(system, out var retryAfter))
        {
            http.Response.Headers.RetryAfter = retryAfter;
            return (null, new Problem(ProblemCatalogue.RateExceeded));
        }
        var scope = agency is null ? book.ScopeOf(system) : book.ScopeOf(system, agency);
        return (new EdocCaller(system, code, book, scope), null);
    }

    /// <summary>The system that may act for this organisation and holds the token: the one with its code for a name, or the one whose mailbox is the organisation's.</summary>
    private PartnerSystem? Holder(PartyBook book, PartnerSystem? named, Agency? agency, string token)
    {
        var serving = agency is null ? null : book.MailboxOf(agency);
        var isNamed = secrets.IsHeldBy(book, named, CredentialKind.Token, token) && (agency is null || book.Serves(named!, agency));
        var isServing = secrets.IsHeldBy(book, serving, CredentialKind.Token, token);
        return isNamed ? named : isServing ? serving : null;
    }

    private (EdocCaller? Caller, Problem? Problem) Refuse(HttpContext http, Problem problem)
    {
        refusals.Count(lines.AddressOf(http), problem.Code);
        return (null, problem);
    }
}
