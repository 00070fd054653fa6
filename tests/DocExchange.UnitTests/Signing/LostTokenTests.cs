using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;

namespace DocExchange.UnitTests.Signing;

/// <summary>A token that was pulled out and put back: its handle never works again, the key does.</summary>
public sealed class LostTokenTests : IDisposable
{
    private readonly ECDsa _real = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly Queue<Func<AsymmetricAlgorithm>> _opens = [];

    public LostTokenTests() =>
        _certificate = new CertificateRequest("CN=token", _real, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    public void Dispose()
    {
        _certificate.Dispose();
        _real.Dispose();
    }

    [Fact]
    public void The_key_is_opened_again_and_the_very_signature_that_failed_is_made()
    {
        using var hub = Hub(new Handle(_real, signs: 1));
        hub.Sign([1]);
        _opens.Enqueue(() => new Handle(_real, signs: 10));

        Assert.NotEmpty(hub.Sign([2]));
        Assert.NotEmpty(hub.Sign([3]));
        Assert.Empty(_opens);
    }

    [Fact]
    public void While_the_token_is_away_nothing_is_signed_and_when_it_is_back_everything_is()
    {
        using var hub = Hub(new Handle(_real, signs: 0));
        _opens.Enqueue(() => throw new CryptographicException("no token"));
        Assert.Throws<CryptographicException>(() => hub.Sign([1]));

        _opens.Enqueue(() => new Handle(_real, signs: 10));
        Assert.NotEmpty(hub.Sign([1]));
    }

    [Fact]
    public void Another_key_in_its_place_signs_nothing()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var hub = Hub(new Handle(_real, signs: 0));
        _opens.Enqueue(() => new Handle(other, signs: 10));

        Assert.Throws<CryptographicException>(() => hub.Sign([1]));
    }

    private HubKey Hub(AsymmetricAlgorithm key) => new(X509CertificateLoader.LoadCertificate(_certificate.RawData), [], key, () => _opens.Dequeue()());

    /// <summary>A session that ends after so many signatures.</summary>
    private sealed class Handle(ECDsa key, int signs) : ECDsa
    {
        private int _left = signs;

        public override byte[] SignHash(byte[] hash) => _left-- > 0 ? key.SignHash(hash) : throw new CryptographicException("the session is closed");

        protected override byte[] SignHashCore(ReadOnlySpan<byte> hash, DSASignatureFormat signatureFormat) =>
            _left-- > 0 ? key.SignHash(hash.ToArray(), signatureFormat) : throw new CryptographicException("the session is closed");

        public override int KeySize
        {
            get => key.KeySize;
            set => throw new NotSupportedException();
        }

        public override ECParameters ExportParameters(bool includePrivateParameters) => key.ExportParameters(false);

        public override bool VerifyHash(byte[] hash, byte[] signature) => key.VerifyHash(hash, signature);
    }
}
