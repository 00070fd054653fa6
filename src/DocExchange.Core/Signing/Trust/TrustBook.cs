using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Trust;

/// <summary>One picture of the trust list: what a signature's certificate must chain to. Replaced as a whole when the list changes.</summary>
public sealed class TrustBook
{
    public static readonly TrustBook Empty = new([]);

    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _others = [];

    public TrustBook(IReadOnlyList<TrustedCertificate> certificates)
    {
        Certificates = certificates;
        foreach (var one in certificates)
        {
            var parsed = X509CertificateLoader.LoadCertificate(one.Der.Span);
            (one.IsRoot ? _roots : _others).Add(parsed);
        }
    }

    public IReadOnlyList<TrustedCertificate> Certificates { get; }

    /// <summary>The chain to a trusted root as of a time, the certificate first; what it lacks when there is none.</summary>
    /// <param name="brought">Certificates that came with the signature: they may be links, never ends.</param>
    /// <param name="purpose">The extended key usage it must allow; null for any.</param>
    internal TrustedPath PathOf(X509Certificate2 certificate, X509Certificate2Collection brought, DateTimeOffset at, string? purpose = null)
    {
        if (_roots.Count == 0) return TrustedPath.Nowhere;
        using var builder = new X509Chain();
        var policy = builder.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_roots);
        policy.ExtraStore.AddRange(_others);
        policy.ExtraStore.AddRange(brought);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTimeIgnored = false;
        policy.VerificationTime = at.UtcDateTime;
        if (purpose is not null) policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(purpose));
        bool isTrusted;
        try
        {
            isTrusted = builder.Build(certificate);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Keys the platform cannot read, such as DSA keys that inherit their parameters: such a way leads nowhere, and says nothing of the signature.
            return TrustedPath.Nowhere;
        }
        var wrong = builder.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        var path = builder.ChainElements.Select(e => e.Certificate.RawData).ToList();
        foreach (var element in builder.ChainElements) element.Certificate.Dispose();
        return new TrustedPath(isTrusted, wrong == X509ChainStatusFlags.NotTimeValid, wrong.HasFlag(X509ChainStatusFlags.NotValidForUsage), path);
    }
}

/// <param name="OnlyTimeIsWrong">It would be trusted at another time.</param>
/// <param name="Der">The certificate first.</param>
internal sealed record TrustedPath(bool IsTrusted, bool OnlyTimeIsWrong, bool UsageIsWrong, IReadOnlyList<byte[]> Der)
{
    public static readonly TrustedPath Nowhere = new(false, false, false, []);
}

/// <summary>A certificate on the trust list.</summary>
/// <param name="Fingerprint">SHA-256, lower-case hex.</param>
/// <param name="IsRoot">Trust ends here; others are intermediates that help to find the way.</param>
/// <param name="Source">The file it was imported from, for people.</param>
public sealed record TrustedCertificate(string Fingerprint, ReadOnlyMemory<byte> Der, bool IsRoot, string Source, DateTimeOffset AddedAt)
{
    public static TrustedCertificate Of(X509Certificate2 certificate, string source, DateTimeOffset addedAt) =>
        new(RevocationBook.KeyOf(certificate), certificate.RawData, IsSelfIssued(certificate), source, addedAt);

    internal static bool IsSelfIssued(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
