using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Callers;

/// <summary>
/// Which system calls, by what a call says outside its body: an API key, a token of the issuer, or the client certificate of its line. An
/// unknown system and a wrong secret look and cost the same.
/// </summary>
public sealed class SystemCallers(
    CurrentParties parties, SystemSecrets secrets, BearerTokens tokens, ClientCertificates certificates, CallerLines lines, CallerRefusals refusals)
{
    internal const string Scheme = "Bearer ";

    /// <summary>The system, or why it is none; refusals are counted.</summary>
    public async ValueTask<(PartnerSystem? System, Problem? Problem)> FindAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return Check(http, certificates.FindSystem(http), isToken: false);
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return Refuse(http, ProblemCatalogue.CallerNotAuthentic);
        // An API key is systemid.secret; no system is called as a token begins.
        var credential = header[Scheme.Length..].Trim();
        var dot = credential.LastIndexOf('.');
        var named = dot > 0 ? parties.Book.FindSystem(credential[..dot]) : null;
        return named is null && tokens.AreTaken
            ? Check(http, await tokens.FindSystemAsync(http, credential).ConfigureAwait(false), isToken: true)
            : Check(http, secrets.IsHeldBy(parties.Book, named, CredentialKind.ApiKey, credential[(dot + 1)..]) ? named : null, isToken: false);
    }

    private (PartnerSystem?, Problem?) Check(HttpContext http, PartnerSystem? system, bool isToken)
    {
        if (system is null && http.Request.Headers.Authorization.Count == 0 && !certificates.IsAnyShown(http)) return (null, new Problem(ProblemCatalogue.CredentialsMissing));
        if (system is not { Enabled: true } || !lines.IsAllowed(system, http)) return Refuse(http, ProblemCatalogue.CallerNotAuthentic);
        if (isToken && !lines.MayCarryTokens(system, http)) return Refuse(http, ProblemCatalogue.LineNotProtected);
        return certificates.Fit(system, http) ? (system, null) : Refuse(http, ProblemCatalogue.CertificateNeeded);
    }

    private (PartnerSystem?, Problem) Refuse(HttpContext http, ProblemKind kind)
    {
        var problem = new Problem(kind);
        refusals.Count(lines.AddressOf(http), problem.Code);
        return (null, problem);
    }
}
