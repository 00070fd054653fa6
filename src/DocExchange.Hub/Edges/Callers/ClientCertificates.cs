using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Parties;
using DocExchange.Hub.Evidence;
using DocExchange.Hub.Operations;
using Microsoft.AspNetCore.Connections.Features;

namespace DocExchange.Hub.Edges.Callers;

/// <summary>
/// The certificate a caller showed on its line, and whose it is. It counts while it is valid, made for clients, and, where roots are
/// configured, chains to them; one bound by its names alone needs those roots. A lost key is answered by revoking the binding.
/// </summary>
public sealed class ClientCertificates(CurrentParties parties, HubOptions options, CallerLines lines, TimeProvider time)
{
    /// <summary>RFC 9440.</summary>
    public const string ProxyHeader = "Client-Cert";

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string Item = "client certificate";

    /// <summary>Names and key as one digest: what a certificate bound by its names is compared by.</summary>
    public static byte[] NamesOf(X509Certificate2 certificate) =>
        SHA256.HashData([.. certificate.IssuerName.RawData, .. certificate.SubjectName.RawData]);

    /// <summary>True when the call comes with a certificate, whatever it is worth.</summary>
    public bool IsAnyShown(HttpContext http) => Read(http) is not null;

    /// <summary>The certificate of the call's line, whoever it belongs to; null when none was shown or it does not hold now.</summary>
    public X509Certificate2? ShownOn(HttpContext http) => Read(http) is { } certificate && IsCurrent(certificate) && Chains(http, certificate) ? certificate : null;

    /// <summary>The system that the certificate of the call's line is bound to.</summary>
    public PartnerSystem? FindSystem(HttpContext http) => ShownOn(http) is { } certificate ? FindSystem(certificate) : null;

    /// <summary>
    /// True when nothing of the line speaks against this system: it shows a certificate of its own where that is required, and none of
    /// another system's.
    /// </summary>
    public bool Fit(PartnerSystem system, HttpContext http)
    {
        var shown = FindSystem(http);
        return shown is null ? !system.RequiresCertificate : shown.Id == system.Id;
    }

    private PartnerSystem? FindSystem(X509Certificate2 certificate)
    {
        var (book, now) = (parties.Book, time.GetUtcNow());
        var bound = book.FindHolder(CredentialKind.TlsCertificate, certificate.GetCertHash(HashAlgorithmName.SHA256), now);
        return bound is null && options.Tls.ClientRoots.Length > 0 ? book.FindHolder(CredentialKind.TlsSubject, NamesOf(certificate), now) : bound;
    }

    private X509Certificate2? Read(HttpContext http)
    {
        // A proxy's connection carries the calls of many: what it says of each call counts for that call alone, and before what it shows of itself.
        if (!options.Tls.ClientCertificatesFromProxies || lines.FromProxy(http, ProxyHeader) is not { } named) return http.Connection.ClientCertificate;
        if (http.Items.TryGetValue(Item, out var read)) return read as X509Certificate2;
        var certificate = Parse(named);
        http.Items[Item] = certificate;
        if (certificate is not null) http.Response.RegisterForDispose(certificate);
        return certificate;
    }

    private static X509Certificate2? Parse(string header)
    {
        if (header is not [':', .. var base64, ':']) return null;
        try
        {
            return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64));
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private bool IsCurrent(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime();
    }

    /// <summary>Once per connection: a chain does not change under it, and building one costs more than a call.</summary>
    private bool Chains(HttpContext http, X509Certificate2 certificate)
    {
        var shown = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        var items = http.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items?.TryGetValue(Item, out var known) == true && known is (string digest, bool before) && digest == shown) return before;
        var chains = Chains(certificate);
        if (items is not null) items[Item] = (shown, chains);
        return chains;
    }

    private bool Chains(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = time.GetUtcNow().UtcDateTime;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        if (options.Tls.ClientRoots.Length > 0) policy.CustomTrustStore.AddRange(EvidenceSetup.RootsIn(options.Tls.ClientRoots));
        // Bound one by one, a certificate is its own root; what it is made for counts all the same.
        else policy.CustomTrustStore.Add(certificate);
        return chain.Build(certificate) || (options.Tls.ClientRoots.Length == 0 && chain.ChainStatus.All(s => s.Status == X509ChainStatusFlags.PartialChain));
    }
}
