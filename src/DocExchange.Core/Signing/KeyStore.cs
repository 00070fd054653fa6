using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DocExchange.Core.Signing;

/// <summary>
/// The hub's keys in the data folder: for each <see cref="KeySlot"/> a PKCS#12 file or the place of a key on a token, the <c>passphrase</c> that opens the
/// files, and <c>secrets.key</c>. Each is either whole or absent; a crash in the first start leaves nothing a second start cannot go on from. One process at a time: the
/// hub holds the folder's lock.
/// </summary>
public static class KeyStore
{
    public static readonly string SigningFile = KeySlot.Receipts.Pkcs12File;
    public const string PassphraseFile = "passphrase";
    public const string SecretsFile = "secrets.key";

    /// <summary>Opens the signing key; when there is none and samples are allowed, makes a sample authority and a hub certificate.</summary>
    /// <param name="keysDirectory">Usually <c>keys</c> in the data folder.</param>
    /// <param name="hubName">Becomes the sample certificate's common name.</param>
    /// <param name="time">Dates the sample certificates.</param>
    /// <param name="allowSample">False in Production. An existing sample key is opened all the same: ask <see cref="HubKey.IsSample"/>.</param>
    /// <exception cref="KeyStoreException">No key and none may be made, or the files do not fit together.</exception>
    public static HubKey OpenOrCreate(string keysDirectory, string hubName, TimeProvider time, bool allowSample)
    {
        if (Find(keysDirectory, KeySlot.Receipts) is { } key) return key;
        var signing = Path.Combine(keysDirectory, SigningFile);
        if (!allowSample)
        {
            throw new KeyStoreException(
                $"There is no signing key. Put a PKCS#12 file with the hub's certificate, its chain and key at {signing} and its passphrase, "
                + $"without a line end, at {Path.Combine(keysDirectory, PassphraseFile)}, or name a key on a token: docexchange keys rotate --token.");
        }
        DurableFile.CreateDirectory(keysDirectory);
        // The passphrase first: a passphrase without a key is taken up by the next start, a key without a passphrase would be lost.
        var passphrase = EnsurePassphrase(keysDirectory);
        DurableFile.Write(signing, NewSample(hubName, time, passphrase));
        return Open(signing, passphrase);
    }

    /// <summary>The key of one slot, from its token or its file; null when there is neither.</summary>
    /// <exception cref="KeyStoreException">It is there and cannot be used.</exception>
    public static HubKey? Find(string keysDirectory, KeySlot slot)
    {
        var token = Path.Combine(keysDirectory, slot.TokenFile);
        if (File.Exists(token)) return TokenKey.Open(TokenReference.Read(token));
        var file = Path.Combine(keysDirectory, slot.Pkcs12File);
        return File.Exists(file) ? Open(file, ReadPassphrase(keysDirectory)) : null;
    }

    /// <summary>
    /// Puts another key in the place of the present one. Files are sealed with the folder's passphrase; one name changes, so that any crash leaves one
    /// key or the other.
    /// </summary>
    /// <returns>Key ids of the former, null when there was none, and of the new key.</returns>
    /// <exception cref="KeyStoreException">The new key cannot be used; nothing has changed.</exception>
    public static (string? Before, string Now) Replace(string keysDirectory, KeySlot slot, NewKey next, string hubName, TimeProvider time, bool allowSample)
    {
        DurableFile.CreateDirectory(keysDirectory);
        using var before = Find(keysDirectory, slot);
        var token = Path.Combine(keysDirectory, slot.TokenFile);
        if (next is NewKey.Token { Reference: var reference })
        {
            TokenKey.Open(reference.Checked()).Dispose();
            DurableFile.Write(token, reference.ToBytes());
        }
        else
        {
            DurableFile.Write(Path.Combine(keysDirectory, slot.Pkcs12File), FileOf(next, EnsurePassphrase(keysDirectory), hubName, time, allowSample));
            // Until it is gone the token's key goes on; it holds nothing that is secret.
            File.Delete(token);
            DurableFile.SyncDirectory(keysDirectory);
        }
        using var now = Find(keysDirectory, slot);
        return (before?.KeyId, now!.KeyId);
    }

    private static byte[] FileOf(NewKey next, string own, string hubName, TimeProvider time, bool allowSample)
    {
        if (next is not NewKey.Pkcs12 given)
        {
            return allowSample ? NewSample(hubName, time, own) : throw new KeyStoreException("Production takes no sample key: give the new one with --p12 FILE --passphrase-file FILE, or --token.");
        }
        using (var key = Open(given.Path, given.Passphrase))
        {
            if (key.IsSample && !allowSample) throw new KeyStoreException($"{given.Path} is a sample, which Production refuses.");
        }
        return X509CertificateLoader.LoadPkcs12CollectionFromFile(given.Path, given.Passphrase, X509KeyStorageFlags.Exportable).ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, own)!;
    }

    /// <summary>The box that encrypts secrets at rest; its master key is made when absent.</summary>
    /// <exception cref="KeyStoreException">The file is damaged.</exception>
    public static SecretBox OpenOrCreateSecretBox(string keysDirectory)
    {
        var path = Path.Combine(keysDirectory, SecretsFile);
        if (File.Exists(path)) return SecretBox.Parse(File.ReadAllText(path));
        DurableFile.CreateDirectory(keysDirectory);
        DurableFile.Write(path, Encoding.ASCII.GetBytes(SecretBox.NewKeyFile(null)));
        return SecretBox.Parse(File.ReadAllText(path));
    }

    /// <summary>Adds a master key that seals from now on; what older keys sealed still opens.</summary>
    public static SecretBox RotateSecretBox(string keysDirectory)
    {
        var path = Path.Combine(keysDirectory, SecretsFile);
        DurableFile.Write(path, Encoding.ASCII.GetBytes(SecretBox.NewKeyFile(File.ReadAllText(path))));
        return SecretBox.Parse(File.ReadAllText(path));
    }

    /// <summary>A PKCS#12 file (PBES2, AES-256, SHA-256) with the certificate, its key and its issuers.</summary>
    internal static byte[] ToPkcs12(X509Certificate2 certificate, IEnumerable<X509Certificate2> issuers, string passphrase)
    {
        var all = new X509Certificate2Collection(certificate);
        foreach (var issuer in issuers) all.Add(issuer);
        return all.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, passphrase);
    }

    private static byte[] NewSample(string hubName, TimeProvider time, string passphrase)
    {
        using var authority = SampleCertificates.CreateAuthority("DocExchange sample root", time.GetUtcNow());
        using var hub = SampleCertificates.IssueHub(authority, hubName, time.GetUtcNow());
        using var root = X509CertificateLoader.LoadCertificate(authority.Certificate.RawData);
        return ToPkcs12(hub, [root], passphrase);
    }

    private static HubKey Open(string path, string passphrase)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, passphrase);
            var signers = all.Where(certificate => certificate.HasPrivateKey).ToList();
            if (signers.Count != 1) throw new KeyStoreException($"{path} must hold exactly one certificate with a private key; it holds {signers.Count}.");
            return new HubKey(signers[0], IssuersOf(signers[0], all));
        }
        catch (CryptographicException exception)
        {
            throw new KeyStoreException($"{path} cannot be used with the passphrase beside it: {exception.Message}", exception);
        }
    }

    /// <summary>The issuers of a certificate among others, nearest first, in DER.</summary>
    internal static IEnumerable<byte[]> IssuersOf(X509Certificate2 certificate, X509Certificate2Collection among)
    {
        var seen = new HashSet<string> { certificate.Thumbprint };
        for (var current = certificate; !current.SubjectName.RawData.AsSpan().SequenceEqual(current.IssuerName.RawData);)
        {
            var issuer = among.FirstOrDefault(other =>
                other.SubjectName.RawData.AsSpan().SequenceEqual(current.IssuerName.RawData) && !seen.Contains(other.Thumbprint));
            if (issuer is null) yield break;
            seen.Add(issuer.Thumbprint);
            yield return issuer.RawData;
            current = issuer;
        }
    }

    private static string ReadPassphrase(string keysDirectory)
    {
        var path = Path.Combine(keysDirectory, PassphraseFile);
        if (!File.Exists(path)) throw new KeyStoreException($"The passphrase of the signing key is missing: {path}.");
        return File.ReadAllText(path).TrimEnd('\r', '\n');
    }

    private static string EnsurePassphrase(string keysDirectory)
    {
        if (File.Exists(Path.Combine(keysDirectory, PassphraseFile))) return ReadPassphrase(keysDirectory);
        var passphrase = Ids.Secret(32);
        DurableFile.Write(Path.Combine(keysDirectory, PassphraseFile), Encoding.ASCII.GetBytes(passphrase));
        return passphrase;
    }
}

/// <summary>Keys are absent or unusable; the message says where and what to do.</summary>
public sealed class KeyStoreException(string message, Exception? inner = null) : Exception(message, inner);
