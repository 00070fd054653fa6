using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Hub.Operations.Tls;

/// <summary>The certificate the hub shows. Another one put in its place is shown to whoever connects from then on; connections that stand go on.</summary>
public sealed class TlsIdentity
{
    private readonly TlsSettings _settings;
    private readonly TimeProvider _time;
    private byte[] _known;
    private SslStreamCertificateContext _current;

    /// <exception cref="StartRefusedException">The files hold no certificate with its key.</exception>
    public TlsIdentity(TlsSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        try
        {
            (_current, _known) = (Read(), Digest());
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{HubOptions.Section}:{nameof(HubOptions.Tls)} cannot be used: {fault.Message}", fault);
        }
    }

    public SslStreamCertificateContext Current => Volatile.Read(ref _current);

    /// <summary>Takes up changed files once <paramref name="witness"/> has written down the new certificate's thumbprint (SHA-256): fails that, it is tried again with the next call.</summary>
    /// <exception cref="CryptographicException">They cannot be used; the certificate of before is shown on. So too for I/O errors.</exception>
    public async Task ReloadAsync(Func<string, Task> witness)
    {
        var found = Digest();
        if (found.AsSpan().SequenceEqual(_known)) return;
        var next = Read();
        await witness(next.TargetCertificate.GetCertHashString(HashAlgorithmName.SHA256)).ConfigureAwait(false);
        // Not disposed of: handshakes under way may hold the one before.
        Volatile.Write(ref _current, next);
        _known = found;
    }

    private SslStreamCertificateContext Read()
    {
        var passphrase = _settings.PassphraseFile.Length > 0 ? File.ReadAllText(_settings.PassphraseFile).TrimEnd('\r', '\n') : null;
        var chain = new X509Certificate2Collection();
        var certificate = Path.GetExtension(_settings.Certificate).ToUpperInvariant() is ".P12" or ".PFX" ? FromPkcs12(chain, passphrase) : FromPem(chain, passphrase);
        if (certificate.NotAfter.ToUniversalTime() < _time.GetUtcNow().UtcDateTime) throw new CryptographicException($"The certificate in {_settings.Certificate} ended on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}.");
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private X509Certificate2 FromPkcs12(X509Certificate2Collection chain, string? passphrase)
    {
        chain.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(_settings.Certificate, passphrase));
        return chain.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException($"{_settings.Certificate} holds no private key.");
    }

    private X509Certificate2 FromPem(X509Certificate2Collection chain, string? passphrase)
    {
        var key = _settings.Key.Length > 0 ? _settings.Key : _settings.Certificate;
        chain.ImportFromPemFile(_settings.Certificate);
        return passphrase is null
            ? X509Certificate2.CreateFromPemFile(_settings.Certificate, key)
            : X509Certificate2.CreateFromEncryptedPemFile(_settings.Certificate, passphrase, key);
    }

    /// <summary>Of both files, so that a certificate whose key has not been put beside it yet is looked at again.</summary>
    private byte[] Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in (string[])[_settings.Certificate, _settings.Key, _settings.PassphraseFile])
        {
            if (file.Length > 0) hash.AppendData(File.ReadAllBytes(file));
        }
        return hash.GetHashAndReset();
    }
}
