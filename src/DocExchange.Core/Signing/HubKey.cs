using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>The key the hub signs checkpoints with, its certificate and that certificate's chain. Signing is safe from several threads.</summary>
public sealed class HubKey : IDisposable
{
    private readonly Lock _turn = new();
    private readonly DetachedCms _cms;
    private readonly Func<AsymmetricAlgorithm>? _reopen;
    private AsymmetricAlgorithm _key;

    /// <param name="certificate">With its private key; owned from now on.</param>
    /// <param name="issuers">The rest of the chain in DER, nearest issuer first.</param>
    /// <exception cref="CryptographicException">No private key, a key that cannot sign evidence, or a chain without its root.</exception>
    public HubKey(X509Certificate2 certificate, IEnumerable<byte[]> issuers)
        : this(certificate, issuers, (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey() ?? throw new CryptographicException("The signing certificate has no private key."))
    {
    }

    /// <param name="key">EC or RSA, wherever it is kept; owned from now on.</param>
    /// <param name="reopen">
    /// Opens the same key once more when it does not sign: a token that was pulled out and put back, or whose service began anew, knows nothing of the session
    /// before. Null for keys in memory. Throws <see cref="CryptographicException"/> while it cannot.
    /// </param>
    /// <inheritdoc cref="HubKey(X509Certificate2, IEnumerable{byte[]})"/>
    public HubKey(X509Certificate2 certificate, IEnumerable<byte[]> issuers, AsymmetricAlgorithm key, Func<AsymmetricAlgorithm>? reopen = null)
    {
        Certificate = certificate;
        Chain = [certificate.RawData, .. issuers];
        KeyId = KeyIdOf(certificate);
        ChainId = ChainIdOf(Chain);
        IsSample = Chain.Any(SampleCertificates.IsSample);
        if (!IsComplete(Chain))
        {
            throw new CryptographicException(
                $"The chain of the signing certificate ({certificate.Subject}) is not complete: give every issuer up to and including the root.");
        }
        _cms = new DetachedCms(certificate);
        if (key is not (ECDsa or RSA)) throw new CryptographicException("The signing key is neither EC nor RSA.");
        (_key, _reopen) = (key, reopen);
    }

    /// <summary>First 8 bytes of the SHA-256 of the public key, lower-case hex: the same for a renewed certificate of one key.</summary>
    public string KeyId { get; }

    /// <summary>As <see cref="KeyId"/>, of the whole chain: another one for every certificate of the same key, because receipts carry the certificate.</summary>
    public string ChainId { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>DER, signer first, each issued by the next.</summary>
    public IReadOnlyList<byte[]> Chain { get; }

    /// <summary>The chain bears the mark of sample certificates: not for production.</summary>
    public bool IsSample { get; }

    /// <summary>
    /// Detached CMS over <paramref name="content"/> in DER; <c>openssl cms -verify -binary -inform DER -content FILE</c> checks it.
    /// The attributes are a function of content, certificate and time; an ECDSA signature differs from call to call.
    /// </summary>
    /// <param name="content">What is signed, byte for byte.</param>
    /// <param name="signingTime">Becomes the signing-time attribute, cut to seconds. Give the checkpoint's time.</param>
    public byte[] Sign(ReadOnlySpan<byte> content, DateTimeOffset? signingTime = null)
    {
        var attributes = _cms.Attributes(content, signingTime);
        return _cms.Assemble(attributes, SignAttributes(attributes));
    }

    /// <summary>As <see cref="Sign"/>, over bytes of any size that were hashed before, with the issuers below the root inside: a copy's signature travels alone.</summary>
    /// <param name="digest">Their SHA-256.</param>
    public byte[] SignDigest(byte[] digest, DateTimeOffset signingTime)
    {
        var attributes = _cms.AttributesOf(digest, signingTime);
        return _cms.Assemble(attributes, SignAttributes(attributes), Chain.Skip(1).SkipLast(1));
    }

    internal bool IsRsa => _key is RSA;

    /// <summary>The bare signature as XML-DSig writes it: RSA (PKCS#1) or ECDSA as two numbers of fixed length, over SHA-256.</summary>
    internal byte[] SignPlain(byte[] content) => SignData(content, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private byte[] SignAttributes(byte[] attributes) => SignData(attributes, DSASignatureFormat.Rfc3279DerSequence);

    private byte[] SignData(byte[] content, DSASignatureFormat format)
    {
        lock (_turn)
        {
            try
            {
                return SignWith(_key, content, format);
            }
            catch (CryptographicException) when (_reopen is not null)
            {
                var again = _reopen();
                if (!Fits(again))
                {
                    again.Dispose();
                    throw;
                }
                _key.Dispose();
                _key = again;
                return SignWith(_key, content, format);
            }
        }
    }

    private static byte[] SignWith(AsymmetricAlgorithm key, byte[] bytes, DSASignatureFormat format) => key is ECDsa ec
        ? ec.SignData(bytes, HashAlgorithmName.SHA256, format)
        : ((RSA)key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Whether what the key signs can be verified with the certificate: of a token, the two come from different places.</summary>
    internal bool FitsCertificate() => Fits(_key);

    private bool Fits(AsymmetricAlgorithm candidate)
    {
        var probe = "docexchange"u8.ToArray();
        using var publicEc = Certificate.GetECDsaPublicKey();
        using var publicRsa = Certificate.GetRSAPublicKey();
        return candidate is ECDsa
            ? publicEc?.VerifyData(probe, SignWith(candidate, probe, DSASignatureFormat.Rfc3279DerSequence), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) == true
            : publicRsa?.VerifyData(probe, SignWith(candidate, probe, DSASignatureFormat.Rfc3279DerSequence), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) == true;
    }

    /// <summary>The key id of a certificate's key.</summary>
    public static string KeyIdOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));

    /// <summary>The key id of a certificate in DER; empty when it cannot be read.</summary>
    public static string KeyIdOf(byte[] der)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            return KeyIdOf(certificate);
        }
        catch (CryptographicException)
        {
            return "";
        }
    }

    /// <summary>The chain id of certificates in DER.</summary>
    public static string ChainIdOf(IEnumerable<byte[]> chain) => Convert.ToHexStringLower(SHA256.HashData([.. chain.SelectMany(one => one)]).AsSpan(0, 8));

    private static bool IsComplete(IReadOnlyList<byte[]> chain)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            using var issuer = X509CertificateLoader.LoadCertificate(chain[Math.Min(i + 1, chain.Count - 1)]);
            if (!CertificateLink.IsIssuedBy(chain[i], issuer)) return false;
        }
        return true;
    }

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }
}
