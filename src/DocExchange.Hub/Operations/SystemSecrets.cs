using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;

namespace DocExchange.Hub.Operations;

/// <summary>
/// Secrets of systems: HMAC secrets are opened with the data folder's master key when needed and kept in memory only; of API keys and
/// tokens only hashes exist. A new secret is shown once.
/// </summary>
public sealed class SystemSecrets(SecretBox box, IPartyStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, byte[]> _opened = [];

    /// <summary>The HMAC secrets a system may sign with now; several while a change overlaps.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> HmacSecretsOf(PartyBook book, PartnerSystem? system)
    {
        if (system is null) return [];
        var now = time.GetUtcNow();
        var secrets = new List<ReadOnlyMemory<byte>>(2);
        foreach (var credential in book.CredentialsOf(system))
        {
            if (credential.Kind == CredentialKind.Hmac && credential.IsUsableAt(now) && Open(credential) is { } secret) secrets.Add(secret);
        }
        return secrets;
    }

    /// <summary>Compares an API key or a token with every usable one of the system, in constant time each. An unknown system costs the same.</summary>
    public bool IsHeldBy(PartyBook book, PartnerSystem? system, CredentialKind kind, string secret)
    {
        var now = time.GetUtcNow();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        var matches = false;
        foreach (var credential in system is null ? [] : book.CredentialsOf(system))
        {
            if (credential.Kind == kind && credential.IsUsableAt(now)) matches |= CryptographicOperations.FixedTimeEquals(hash, credential.Secret.Span);
        }
        return matches;
    }

    /// <summary>Makes a credential and returns its secret, which nobody will be shown again.</summary>
    public async Task<(Credential Credential, string Secret)> IssueAsync(PartnerSystem system, CredentialKind kind, string actor, string? chosen = null)
    {
        var secret = chosen ?? Ids.Secret();
        var bytes = Encoding.UTF8.GetBytes(secret);
        var id = Ids.New();
        var kept = kind switch
        {
            CredentialKind.Hmac => box.Seal(bytes, Encoding.UTF8.GetBytes(id)),
            CredentialKind.Certificate => CertificateDigest(secret),
            _ => SHA256.HashData(bytes),
        };
        var credential = new Credential(id, system.Id, kind, kept, time.GetUtcNow(), null, null);
        await store.AddCredentialAsync(credential, actor, CancellationToken.None).ConfigureAwait(false);
        return (credential, secret);
    }

    /// <summary>Binds what is no secret, such as a certificate's digest.</summary>
    public async Task<Credential> BindToAsync(PartnerSystem system, CredentialKind kind, string actor, ReadOnlyMemory<byte> name)
    {
        var credential = new Credential(Ids.New(), system.Id, kind, name, time.GetUtcNow(), null, null);
        await store.AddCredentialAsync(credential, actor, CancellationToken.None).ConfigureAwait(false);
        return credential;
    }

    /// <summary>SHA-256 of a certificate written as PEM.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static byte[] CertificateDigest(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return certificate.GetCertHash(HashAlgorithmName.SHA256);
    }

    private byte[]? Open(Credential credential)
    {
        if (_opened.TryGetValue(credential.Id, out var known)) return known;
        var secret = box.Open(credential.Secret.Span, Encoding.UTF8.GetBytes(credential.Id));
        return secret is null ? null : _opened[credential.Id] = secret;
    }
}
