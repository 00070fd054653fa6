using DocExchange.Axis.Protocol;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>Who calls: the signed headers, verified with the system's secrets. An unknown system and a wrong secret look and cost the same.</summary>
public sealed class VxpCallers(CurrentParties parties, SystemSecrets secrets, CallerRefusals refusals, CallerLines lines, ClientCertificates certificates, HubOptions options)
{
    /// <summary>The call, or why it is not one.</summary>
    public (VxpCall? Call, Problem? Problem) Authenticate(HttpContext http)
    {
        var (headers, size) = Read(http);
        if (size > options.MaxHeaderKilobytes * 1024)
        {
            return (null, new Problem(ProblemCatalogue.HeadersTooLarge, Limit: $"{options.MaxHeaderKilobytes} KB"));
        }
        var book = parties.Book;
        var system = HeaderSignature.ClaimedSystemId(headers) is { } id ? book.FindSystem(id.Trim()) : null;
        var check = HeaderSignature.Verify(headers, secrets.HmacSecretsOf(book, system));
        if (check is SignatureCheck.Invalid invalid)
        {
            if (invalid.Fault != SignatureFault.NonAsciiValue) refusals.Count(lines.AddressOf(http), "DX-0001");
            return (null, ProblemOf(invalid));
        }
        if (!system!.Enabled || !system.Speaks(Dialects.Vxp) || !lines.IsAllowed(system, http))
        {
            refusals.Count(lines.AddressOf(http), "DX-0011");
            return (null, new Problem(ProblemCatalogue.CallerSuspended));
        }
        if (!certificates.Fit(system, http))
        {
            refusals.Count(lines.AddressOf(http), ProblemCatalogue.CertificateNeeded.Code);
            return (null, new Problem(ProblemCatalogue.CertificateNeeded));
        }
        return (new VxpCall(http, system, book, book.ScopeOf(system), ((SignatureCheck.Valid)check).Values), null);
    }

    private static (List<KeyValuePair<string, string>> Headers, int Size) Read(HttpContext http)
    {
        var headers = new List<KeyValuePair<string, string>>(24);
        var size = 0;
        foreach (var header in http.Request.Headers)
        {
            foreach (var value in header.Value)
            {
                headers.Add(new KeyValuePair<string, string>(header.Key, value ?? ""));
                size += header.Key.Length + (value?.Length ?? 0) + 4;
            }
        }
        return (headers, size);
    }

    private static Problem ProblemOf(SignatureCheck.Invalid invalid) => invalid.Fault switch
    {
        SignatureFault.MissingHeaders => new Problem(ProblemCatalogue.CredentialsMissing),
        SignatureFault.NonAsciiValue => new Problem(ProblemCatalogue.HeaderNotAscii, VxpNames.Description),
        SignatureFault.WrongSignature => new Problem(ProblemCatalogue.CallerNotAuthentic),
        _ => new Problem(ProblemCatalogue.SignedHeadersUnsound, Problem.Shown(invalid.Name ?? VxpNames.SignHeader)),
    };
}
