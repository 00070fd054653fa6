using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>
/// What must hold of the certificates that stand beside a signature before any root is asked (docs/evidence-format.md §7). The platform's chain
/// building uses its own copies where it can, so that a carried one could be altered unseen.
/// </summary>
internal static class CarriedChain
{
    /// <summary>The signer may sign, is no authority, and was valid then.</summary>
    public static bool MaySign(X509Certificate2 signer, DateTimeOffset at)
    {
        const X509KeyUsageFlags signs = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation;
        var usage = signer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        return !IsAuthority(signer) && (usage is null || (usage.KeyUsages & signs) != 0) && IsValidAt(signer, at);
    }

    /// <summary>
    /// Every certificate carried is issued by the next, the last by itself, and all were valid then. A chain without its root is refused: nothing
    /// would protect the bytes of its last certificate while no root is given.
    /// </summary>
    /// <param name="bytes">The certificates as they were carried, in the order of <paramref name="chain"/>.</param>
    public static bool IsWhole(IReadOnlyList<byte[]> bytes, IReadOnlyList<X509Certificate2> chain, DateTimeOffset at)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            if (i > 0 && !(IsAuthority(chain[i]) && IsValidAt(chain[i], at))) return false;
            if (!CertificateLink.IsIssuedBy(bytes[i], chain[Math.Min(i + 1, chain.Count - 1)])) return false;
        }
        return chain.Count > 0;
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is { CertificateAuthority: true };

    private static bool IsValidAt(X509Certificate2 certificate, DateTimeOffset time) =>
        certificate.NotBefore.ToUniversalTime() <= time.UtcDateTime && time.UtcDateTime <= certificate.NotAfter.ToUniversalTime();
}
