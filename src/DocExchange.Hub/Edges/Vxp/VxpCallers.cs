using System.Net;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>Who calls: the signed headers, verified with the system's secrets. An unknown system and a wrong secret look and cost the same.</summary>
public sealed class VxpCallers(CurrentParties parties, SystemSecrets secrets, CallerRefusals refusals, HubOptions options)
{
    public const string Dialect = "vxp";

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
            if (invalid.Fault != SignatureFault.NonAsciiValue) refusals.Count(AddressOf(http), "DX-0001");
            return (null, ProblemOf(invalid));
        }
        if (!system!.Enabled || !system.Dialects.Contains(Dialect, StringComparer.OrdinalIgnoreCase) || !IsAllowed(system, http))
        {
            refusals.Count(AddressOf(http), "DX-0011");
            return (null, new Problem(ProblemCatalogue.CallerSuspended));
        }
        return (new VxpCall(http, system, book, book.ScopeOf(system), ((SignatureCheck.Valid)check).Values), null);
    }

    /// <summary>The peer's address. Forwarded-for counts only from configured proxies.</summary>
    public string AddressOf(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress?.ToString() ?? "";
        if (options.TrustedProxies.Contains(remote) && http.Request.Headers["X-Forwarded-For"].ToString() is { Length: > 0 } forwarded)
        {
            var last = forwarded[(forwarded.LastIndexOf(',') + 1)..].Trim();
            return IPAddress.TryParse(last, out var address) ? address.ToString() : remote;
        }
        return remote;
    }

    /// <summary>True when the caller's address stands in the system's allow-list, or it has none.</summary>
    public bool IsAllowed(PartnerSystem system, HttpContext http) => system.AllowedAddresses.Count == 0 || IsListed(system, http);

    /// <summary>True when the call came over TLS or from an address that was listed on purpose.</summary>
    public bool IsTrustedLine(PartnerSystem system, HttpContext http) => http.Request.IsHttps || IsListed(system, http);

    private bool IsListed(PartnerSystem system, HttpContext http)
    {
        if (!IPAddress.TryParse(AddressOf(http), out var address)) return false;
        foreach (var entry in system.AllowedAddresses)
        {
            if (IPNetwork.TryParse(entry.Contains('/', StringComparison.Ordinal) ? entry : entry + (entry.Contains(':', StringComparison.Ordinal) ? "/128" : "/32"), out var network)
                && network.Contains(address)) return true;
        }
        return false;
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
