using System.Net;
using DocExchange.Core.Parties;

namespace DocExchange.Hub.Operations;

/// <summary>Where a call comes from and what its line is worth. Forwarded-for headers count only from configured proxies.</summary>
public sealed class CallerLines(HubOptions options)
{
    /// <summary>The peer's address.</summary>
    public string AddressOf(HttpContext http)
    {
        var remote = PeerOf(http);
        return IsProxied(http) && IPAddress.TryParse(Last(http, "X-Forwarded-For"), out var address) ? Plain(address).ToString() : remote;
    }

    /// <summary>True when the caller's address stands in the system's allow-list, or it has none.</summary>
    public bool IsAllowed(PartnerSystem system, HttpContext http) => system.AllowedAddresses.Count == 0 || IsListed(system, http);

    /// <summary>True when the call came over TLS, as far as the hub or its proxy, or from an address that was listed on purpose.</summary>
    public bool IsTrusted(PartnerSystem system, HttpContext http) => IsEncrypted(http) || IsListed(system, http);

    /// <summary>True when a secret that travels in the call itself may be used on this line: it is trusted, never leaves this machine, or the setting says so.</summary>
    public bool MayCarryTokens(PartnerSystem system, HttpContext http) => options.TokensOverPlainHttp || IsTrusted(system, http) || IsLocal(http);

    /// <summary>Of a header that only a configured proxy may write; null from anybody else.</summary>
    public string? FromProxy(HttpContext http, string header) =>
        options.TrustedProxies.Contains(PeerOf(http)) && http.Request.Headers[header] is [{ Length: > 0 } one] ? one : null;

    private bool IsEncrypted(HttpContext http) =>
        http.Request.IsHttps || (IsProxied(http) && Last(http, "X-Forwarded-Proto").Equals("https", StringComparison.OrdinalIgnoreCase));

    /// <summary>Behind a proxy that is not configured everybody would seem to be on this machine; its headers give it away.</summary>
    private bool IsLocal(HttpContext http) =>
        (IsProxied(http) || !http.Request.Headers.ContainsKey("X-Forwarded-For")) && IPAddress.TryParse(AddressOf(http), out var address) && IPAddress.IsLoopback(address);

    private bool IsProxied(HttpContext http) =>
        options.TrustedProxies.Contains(PeerOf(http)) && http.Request.Headers.ContainsKey("X-Forwarded-For");

    /// <summary>Who is at the other end of the line; empty when that is not known.</summary>
    internal static string PeerOf(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Plain(address).ToString() : "";

    /// <summary>A hub that listens on IPv6 sees callers of IPv4 in its clothes; lists and proxies are written in their own.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

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

    private static string Last(HttpContext http, string header)
    {
        var values = http.Request.Headers[header].ToString();
        return values[(values.LastIndexOf(',') + 1)..].Trim();
    }
}
