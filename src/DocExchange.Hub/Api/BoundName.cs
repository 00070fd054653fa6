using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Hub.Edges.Callers;

namespace DocExchange.Hub.Api;

/// <summary>What credentials without a secret are bound to, between how operators write it and how it is kept.</summary>
internal static class BoundName
{
    public static readonly IReadOnlyList<CredentialKind> Kinds = [CredentialKind.TlsCertificate, CredentialKind.TlsSubject, CredentialKind.OAuthClient];

    /// <summary>A certificate as PEM, or a client's id; null when it cannot be read.</summary>
    public static byte[]? Read(CredentialKind kind, string text)
    {
        if (kind == CredentialKind.OAuthClient) return text.Length is > 0 and <= 200 && text.All(c => c is > ' ' and <= '~') ? Encoding.UTF8.GetBytes(text) : null;
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(text);
            return kind == CredentialKind.TlsCertificate ? certificate.GetCertHash(HashAlgorithmName.SHA256) : ClientCertificates.NamesOf(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Null for secrets.</summary>
    public static string? Shown(Credential credential) => credential.Kind switch
    {
        CredentialKind.OAuthClient => Encoding.UTF8.GetString(credential.Secret.Span),
        CredentialKind.Certificate or CredentialKind.TlsCertificate or CredentialKind.TlsSubject => "sha256:" + Convert.ToHexStringLower(credential.Secret.Span),
        _ => null,
    };
}
