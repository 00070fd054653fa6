using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence;

/// <summary>Whether a head was signed by whom its chain names, and whether that chain ends at a trusted root.</summary>
public static class HeadCheck
{
    /// <param name="roots">Null: who signed is not checked, only that the signature fits the chain.</param>
    /// <returns>Null when all holds; else what does not, to be put after "because".</returns>
    public static string? Fault(SignedHead head, X509Certificate2Collection? roots) =>
        SignatureFault(head.Note, head.Signature, head.Chain, head.Checkpoint.Time, roots);

    internal static string? SignatureFault(byte[] note, byte[] signature, IReadOnlyList<byte[]> chain, DateTimeOffset at, X509Certificate2Collection? roots)
    {
        var certificates = new List<X509Certificate2>();
        try
        {
            foreach (var certificate in chain) certificates.Add(X509CertificateLoader.LoadCertificate(certificate));
            if (certificates.Count == 0) return "it carries no certificate";
            if (!DetachedCms.Verify(signature, certificates[0], note, at)) return "its signature does not fit";
            if (!CarriedChain.MaySign(certificates[0], at) || !CarriedChain.IsWhole(chain, certificates, at)) return "its certificates do not form a chain that was valid then";
            return roots is null || TrustedChain.EndsAt(roots, certificates[0], [.. certificates.Skip(1)], at) ? null : "its signer does not chain to a root you trust";
        }
        catch (CryptographicException)
        {
            return "its certificates cannot be read";
        }
        finally
        {
            foreach (var certificate in certificates) certificate.Dispose();
        }
    }
}
