using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>Whether a certificate chains to roots the reader named, as of a time; nothing is fetched and the system's own roots do not count.</summary>
internal static class TrustedChain
{
    /// <param name="purpose">The extended key usage the chain must allow; null for any.</param>
    public static bool EndsAt(X509Certificate2Collection roots, X509Certificate2 certificate, X509Certificate2Collection others, DateTimeOffset at, string? purpose = null)
    {
        if (roots.Count == 0) return false;
        using var builder = new X509Chain();
        builder.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        builder.ChainPolicy.CustomTrustStore.AddRange(roots);
        builder.ChainPolicy.ExtraStore.AddRange(others);
        builder.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        builder.ChainPolicy.DisableCertificateDownloads = true;
        builder.ChainPolicy.VerificationTimeIgnored = false;
        builder.ChainPolicy.VerificationTime = at.UtcDateTime;
        if (purpose is not null) builder.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        var trusted = builder.Build(certificate);
        foreach (var element in builder.ChainElements) element.Certificate.Dispose();
        return trusted;
    }
}
