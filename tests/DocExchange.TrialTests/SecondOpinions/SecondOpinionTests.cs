using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Signing;
using DocExchange.Sandbox.Authorities;
using DocExchange.UnitTests.Evidence;
using DocExchange.UnitTests.Signing;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.Utilities.Collections;
using Org.BouncyCastle.X509;

namespace DocExchange.TrialTests.SecondOpinions;

/// <summary>
/// An implementation that shares no line with ours checks what ours makes, and ours checks what it makes. openssl does the same in
/// <see cref="HubKeyTests"/> and here: one library that is wrong would have to be wrong three times alike.
/// </summary>
public sealed class SecondOpinionTests
{
    private static readonly byte[] Content = new Checkpoint("hub.example/0123456789abcdef", 203, new byte[32], GoldenReceipts.Time).ToText();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BouncyCastle_verifies_our_checkpoint_signatures_and_finds_every_attribute(bool rsa)
    {
        using var key = rsa ? HubKeyTests.RsaKeyUnderRoot() : GoldenReceipts.SampleKey();
        var cms = new CmsSignedData(new CmsProcessableByteArray(Content), key.Sign(Content, GoldenReceipts.Time));
        var certificate = cms.GetCertificates("Collection").GetMatches(null).Cast<Org.BouncyCastle.X509.X509Certificate>().Single();
        var signer = cms.GetSignerInfos().GetSigners().Cast<SignerInformation>().Single();

        Assert.Equal(key.Chain[0], certificate.GetEncoded());
        Assert.True(signer.Verify(certificate));
        Assert.Equal(4, signer.SignedAttributes.Count);
        var other = new CmsSignedData(new CmsProcessableByteArray([.. Content, 0]), key.Sign(Content, GoldenReceipts.Time));
        Assert.Throws<CmsException>(() => other.GetSignerInfos().GetSigners().Cast<SignerInformation>().Single().Verify(certificate));
    }

    [Fact]
    public void BouncyCastle_builds_the_path_of_our_sample_certificates()
    {
        using var key = GoldenReceipts.SampleKey();
        var chain = key.Chain.Select(one => new X509CertificateParser().ReadCertificate(one)).ToList();
        var path = new PkixCertPath(chain.SkipLast(1).ToList());
        var parameters = new PkixParameters(new HashSet { new TrustAnchor(chain[^1], null) })
        {
            IsRevocationEnabled = false,
            Date = new Org.BouncyCastle.Utilities.Date.DateTimeObject(GoldenReceipts.Time.UtcDateTime),
        };

        Assert.NotNull(new PkixCertPathValidator().Validate(path, parameters));
    }

    [Fact]
    public void We_verify_chains_that_BouncyCastle_makes_and_refuse_them_when_a_link_is_another_keys()
    {
        var (root, leaf) = BouncyChain(forged: false);
        var (_, forged) = BouncyChain(forged: true);

        Assert.True(CertificateLink.IsIssuedBy(leaf.GetEncoded(), X509CertificateLoader.LoadCertificate(root.GetEncoded())));
        Assert.True(TrustedChain.EndsAt([X509CertificateLoader.LoadCertificate(root.GetEncoded())], X509CertificateLoader.LoadCertificate(leaf.GetEncoded()), [], GoldenReceipts.Time));
        Assert.False(CertificateLink.IsIssuedBy(forged.GetEncoded(), X509CertificateLoader.LoadCertificate(root.GetEncoded())));
    }

    [Fact]
    public void BouncyCastle_reads_our_time_stamp_requests_and_we_verify_its_tokens()
    {
        using var folder = new Tools.Folder();
        using var authority = SandboxAuthority.OpenOrCreate(folder.Path, TimeProvider.System);
        var query = TimestampToken.Ask(Content);
        var asked = new TimeStampRequest(query.Encoded);

        Assert.Equal(SHA256.HashData(Content), asked.GetMessageImprintDigest());
        Assert.NotNull(asked.Nonce);
        Assert.True(asked.CertReq);
        var token = query.TokenOf(new TimestampResponder(authority, TimeProvider.System).Answer(query.Encoded), out var error);
        Assert.True(token is not null, error);
        Assert.NotNull(TimestampToken.Check(token, Content, [authority.Root], out error));
        new TimeStampToken(new CmsSignedData(token)).Validate(BouncyCertificate.Of(authority.Stamper));
    }

    /// <summary>Each answer is wrong in one thing that an authority, or someone between, could get wrong.</summary>
    [Fact]
    public void A_stamp_with_another_nonce_another_imprint_a_refusal_or_a_signer_that_may_not_stamp_is_not_kept()
    {
        using var folder = new Tools.Folder();
        using var authority = SandboxAuthority.OpenOrCreate(folder.Path, TimeProvider.System);
        var responder = new TimestampResponder(authority, TimeProvider.System);
        var query = TimestampToken.Ask(Content);

        Assert.Null(query.TokenOf(responder.Answer(TimestampToken.Ask(Content).Encoded), out _));
        Assert.Null(query.TokenOf(responder.Answer(TimestampToken.Ask("other"u8).Encoded), out _));
        Assert.Null(query.TokenOf(responder.Answer("no request"u8.ToArray()), out _));
        Assert.Null(query.TokenOf("no answer"u8.ToArray(), out _));
        var token = query.TokenOf(responder.Answer(query.Encoded), out _)!;
        Assert.Null(TimestampToken.Check(token, "other"u8, [authority.Root], out _));
        Assert.Null(TimestampToken.Check(token, Content, [GoldenReceipts.SampleRoot()], out _));
        token[^20] ^= 1;
        Assert.Null(TimestampToken.Check(token, Content, [authority.Root], out _));
    }

    [SkippableFact]
    public void Openssl_verifies_our_request_and_its_own_token_over_it_is_verified_by_us()
    {
        Skip.IfNot(Tools.Has("openssl", "version"), "openssl is not installed.");
        using var folder = new Tools.Folder();
        using var authority = SandboxAuthority.OpenOrCreate(folder.At("authority"), TimeProvider.System);
        using var stamper = authority.Stamper.GetRSAPrivateKey()!;
        File.WriteAllText(folder.At("tsa.key"), stamper.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(folder.At("tsa.pem"), authority.Stamper.ExportCertificatePem());
        File.WriteAllText(folder.At("serial"), "01");
        File.WriteAllText(folder.At("tsa.cnf"), $"[t]\nserial = {folder.At("serial")}\ndefault_policy = 1.2.3.4\ndigests = sha256\nsigner_digest = sha256\ness_cert_id_alg = sha256\ntsa_name = no\n");
        var query = TimestampToken.Ask(Content);
        folder.Write("q.tsq", query.Encoded);

        var (code, output) = Tools.Run("openssl", "ts", "-reply", "-config", folder.At("tsa.cnf"), "-section", "t", "-queryfile", folder.At("q.tsq"), "-signer", folder.At("tsa.pem"),
            "-inkey", folder.At("tsa.key"), "-out", folder.At("r.tsr"));
        Assert.True(code == 0, output);
        var token = query.TokenOf(File.ReadAllBytes(folder.At("r.tsr")), out var error);
        Assert.True(token is not null, error);
        Assert.NotNull(TimestampToken.Check(token, Content, [authority.Root], out error));
    }

    private static (Org.BouncyCastle.X509.X509Certificate Root, Org.BouncyCastle.X509.X509Certificate Leaf) BouncyChain(bool forged)
    {
        var keys = new ECKeyPairGenerator();
        keys.Init(new Org.BouncyCastle.Crypto.Parameters.ECKeyGenerationParameters(Org.BouncyCastle.Asn1.Sec.SecObjectIdentifiers.SecP256r1, new SecureRandom()));
        var (rootKey, otherKey) = (keys.GenerateKeyPair(), keys.GenerateKeyPair());
        var name = new X509Name("CN=Bouncy root");
        return (Certificate(name, name, rootKey.Public, rootKey.Private, true), Certificate(name, new X509Name("CN=Bouncy leaf"), keys.GenerateKeyPair().Public, forged ? otherKey.Private : rootKey.Private, false));
    }

    private static Org.BouncyCastle.X509.X509Certificate Certificate(
        X509Name issuer, X509Name subject, Org.BouncyCastle.Crypto.AsymmetricKeyParameter key, Org.BouncyCastle.Crypto.AsymmetricKeyParameter signer, bool authority)
    {
        var made = new X509V3CertificateGenerator();
        made.SetSerialNumber(BigInteger.ValueOf(authority ? 1 : 2));
        made.SetIssuerDN(issuer);
        made.SetSubjectDN(subject);
        made.SetNotBefore(GoldenReceipts.Time.UtcDateTime.AddDays(-1));
        made.SetNotAfter(GoldenReceipts.Time.UtcDateTime.AddYears(1));
        made.SetPublicKey(key);
        made.AddExtension(X509Extensions.BasicConstraints, true, new BasicConstraints(authority));
        return made.Generate(new Asn1SignatureFactory("SHA256WITHECDSA", signer));
    }
}
