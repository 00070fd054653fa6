using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// Who calls: by the transport (Basic or Bearer with an API key, a token of the issuer, or a client certificate) or by the message (WS-Security). An unknown system and a wrong secret look and
/// cost the same.
/// </summary>
internal sealed class SoapCallers(
    CurrentParties parties, SystemSecrets secrets, BearerTokens tokens, ClientCertificates certificates, CallerLines lines, CallerRefusals refusals, CallRates rates, SoapSecurity security)
{
    public PartyBook Book => parties.Book;

    /// <summary>The system that the transport's credentials name; null with no problem when it carries none.</summary>
    public async ValueTask<(PartnerSystem? System, Problem? Problem)> OfTransportAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return (certificates.FindSystem(http), null);
        if (Holds(http, header, out var system)) return (system, null);
        system = header.StartsWith(SystemCallers.Scheme, StringComparison.OrdinalIgnoreCase) ? await tokens.FindSystemAsync(http, header[SystemCallers.Scheme.Length..].Trim()).ConfigureAwait(false) : null;
        if (system is not null && lines.MayCarryTokens(system, http)) return (system, null);
        var problem = new Problem(system is null ? ProblemCatalogue.CallerNotAuthentic : ProblemCatalogue.LineNotProtected);
        refusals.Count(lines.AddressOf(http), problem.Code);
        return (null, problem);
    }

    /// <summary>Settles the caller once the envelope's header is known. Where transport and message both name one, they must name the same.</summary>
    public SoapCredentials Settle(HttpContext http, SoapMessage message, PartnerSystem? ofTransport)
    {
        var ofMessage = security.Authenticate(parties.Book, message);
        var system = ofMessage.System ?? ofTransport;
        var problem = ofMessage.Problem ?? Check(http, system, ofTransport);
        if (problem is null) return ofMessage with { System = system };
        if (problem.Kind != ProblemCatalogue.RateExceeded && problem.Kind != ProblemCatalogue.CredentialsMissing) refusals.Count(lines.AddressOf(http), problem.Code);
        return new SoapCredentials(null, problem);
    }

    private Problem? Check(HttpContext http, PartnerSystem? system, PartnerSystem? ofTransport)
    {
        if (system is null) return new Problem(ProblemCatalogue.CredentialsMissing);
        if (ofTransport is not null && system.Id != ofTransport.Id) return new Problem(ProblemCatalogue.CallerNotAuthentic);
        if (!system.Enabled || !lines.IsAllowed(system, http)) return new Problem(ProblemCatalogue.CallerSuspended);
        if (!system.Speaks(Dialects.Soap)) return new Problem(ProblemCatalogue.DialectNotAllowed, Value: Dialects.Soap);
        if (!certificates.Fit(system, http)) return new Problem(ProblemCatalogue.CertificateNeeded);
        if (rates.TryTake(system, out var retryAfter)) return null;
        http.Response.Headers.RetryAfter = retryAfter;
        return new Problem(ProblemCatalogue.RateExceeded);
    }

    private bool Holds(HttpContext http, string header, out PartnerSystem? system)
    {
        system = null;
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, value) = space < 0 ? (header, "") : (header[..space], header[(space + 1)..].Trim());
        string? pair = null;
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) pair = value;
        if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) pair = Decode(value);
        if (pair is null) return false;
        var (name, secret) = SplitKey(pair, scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? pair.IndexOf(':', StringComparison.Ordinal) : pair.LastIndexOf('.'));
        var book = parties.Book;
        system = book.FindSystem(name);
        return secrets.IsHeldBy(book, system, CredentialKind.ApiKey, secret) && lines.IsAllowed(system!, http);
    }

    /// <summary>The password of Basic may be the whole key as it was issued, which begins with the system's name.</summary>
    private static (string Name, string Secret) SplitKey(string pair, int at)
    {
        if (at <= 0) return ("", "");
        var (name, secret) = (pair[..at], pair[(at + 1)..]);
        return (name, SoapSecurity.WithoutName(name, secret));
    }

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
