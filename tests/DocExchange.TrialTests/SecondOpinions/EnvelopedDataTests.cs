using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;
using DocExchange.UnitTests.Signing;

namespace DocExchange.TrialTests.SecondOpinions;

/// <summary>What is sealed for one reader is opened by that reader with tools of others, and by nobody else.</summary>
public sealed class EnvelopedDataTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, int> Sealings()
    {
        var all = new TheoryData<string, int>();
        foreach (var key in new[] { "rsa", "P-256", "P-384" })
        {
            foreach (var size in new[] { 0, 1, 65_535, 65_536, 200_000 }) all.Add(key, size);
        }
        return all;
    }

    [SkippableTheory]
    [MemberData(nameof(Sealings))]
    public async Task Openssl_opens_it_with_the_readers_key(string kind, int size)
    {
        Skip.IfNot(Tools.Has("openssl", "version"), "openssl is not installed: sealed exports were not opened by an independent program.");
        using var folder = new Tools.Folder();
        using var key = Key(kind);
        var plain = RandomNumberGenerator.GetBytes(size);
        var envelope = folder.Write("sealed.p7m", await SealAsync(plain, key));
        var (certificate, secret) = (folder.Write("reader.pem", Pem(key)), folder.Write("reader.key", SecretOf(key)));

        var (code, output) = Tools.Run("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", envelope, "-recip", certificate, "-inkey", secret, "-out", folder.At("opened"));

        Assert.True(code == 0, output);
        Assert.Equal(plain, File.ReadAllBytes(folder.At("opened")));
    }

    [SkippableFact]
    public async Task Another_key_of_the_same_kind_does_not_open_it()
    {
        Skip.IfNot(Tools.Has("openssl", "version"), "openssl is not installed: sealed exports were not opened by an independent program.");
        using var folder = new Tools.Folder();
        foreach (var kind in new[] { "rsa", "P-256" })
        {
            using var key = Key(kind);
            using var stranger = Key(kind);
            var plain = RandomNumberGenerator.GetBytes(1000);
            var envelope = folder.Write("sealed.p7m", await SealAsync(plain, key));
            File.Delete(folder.At("opened"));
            var (code, _) = Tools.Run("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", envelope, "-recip", folder.Write("reader.pem", Pem(key)), "-inkey", folder.Write("stranger.key", SecretOf(stranger)), "-out", folder.At("opened"));
            Assert.True(code != 0 || !File.ReadAllBytes(folder.At("opened")).AsSpan().SequenceEqual(plain), kind);
        }
    }

    [Fact]
    public async Task The_frameworks_own_reader_opens_it_too()
    {
        using var key = Key("rsa");
        var envelope = new EnvelopedCms();
        envelope.Decode(await SealAsync("evidence"u8.ToArray(), key));
        envelope.Decrypt([key]);
        Assert.Equal("evidence"u8.ToArray(), envelope.ContentInfo.Content);
        Assert.Equal("2.16.840.1.101.3.4.1.42", envelope.ContentEncryptionAlgorithm.Oid.Value);
    }

    [Fact]
    public void A_certificate_that_may_not_decrypt_is_refused_with_the_reason()
    {
        using var good = Key("rsa");
        Assert.Null(EnvelopedData.Objection(good, Now));
        Assert.Contains("valid now", EnvelopedData.Objection(good, Now.AddYears(3)), StringComparison.Ordinal);
        using var signs = Key("rsa", X509KeyUsageFlags.DigitalSignature);
        Assert.Contains("keyEncipherment", EnvelopedData.Objection(signs, Now), StringComparison.Ordinal);
        using var ecSigns = Key("P-256", X509KeyUsageFlags.DigitalSignature);
        Assert.Contains("keyAgreement", EnvelopedData.Objection(ecSigns, Now), StringComparison.Ordinal);
        using var weak = Key("weak");
        Assert.Contains("2048", EnvelopedData.Objection(weak, Now), StringComparison.Ordinal);
    }

    private static async Task<byte[]> SealAsync(byte[] plain, X509Certificate2 reader)
    {
        var output = new MemoryStream();
        await EnvelopedData.EncryptAsync(new MemoryStream(plain), output, reader, default);
        return output.ToArray();
    }

    private static X509Certificate2 Key(string kind, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement)
    {
        CertificateRequest request = kind switch
        {
            "rsa" or "weak" => new("CN=Reader", RSA.Create(kind == "weak" ? 1024 : 2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => new("CN=Reader", ECDsa.Create(kind == "P-384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256),
        };
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddYears(1));
    }

    private static byte[] Pem(X509Certificate2 certificate) => System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());

    private static byte[] SecretOf(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm secret = certificate.GetRSAPrivateKey() ?? (AsymmetricAlgorithm)certificate.GetECDsaPrivateKey()!;
        return System.Text.Encoding.ASCII.GetBytes(secret.ExportPkcs8PrivateKeyPem());
    }
}
