using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Trust;
using DocExchange.Sandbox.Authorities;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.UnitTests.Signing.Trust;

/// <summary>Answers made by BouncyCastle (OCSP) and the platform (CRL), and what forgers would make of them.</summary>
public sealed class RevocationAnswerTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly Tools.Folder _folder = new();
    private readonly SandboxAuthority _authority;
    private readonly PdfTrust _trust;

    public RevocationAnswerTests()
    {
        _authority = SandboxAuthority.OpenOrCreate(_folder.Path, TimeProvider.System);
        _trust = new PdfTrust(Now, _authority.Root);
    }

    public void Dispose()
    {
        _trust.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_responder_says_good_until_the_certificate_is_revoked()
    {
        Assert.Equal(RevocationStatus.Good, OcspAnswer.Read(Ask(), _trust.Person, _authority.Root, Now)!.Status);
        _folder.Write("revoked", System.Text.Encoding.ASCII.GetBytes(_trust.Person.SerialNumber.TrimStart('0')));

        var answer = OcspAnswer.Read(Ask(), _trust.Person, _authority.Root, Now)!;
        Assert.Equal(RevocationStatus.Revoked, answer.Status);
        Assert.NotNull(answer.RevokedAt);
    }

    [Fact]
    public void An_answer_about_another_certificate_or_changed_or_old_or_by_a_stranger_says_nothing()
    {
        var answer = Ask();
        var changed = (byte[])answer.Clone();
        changed[answer.Length / 4] ^= 1;
        using var strangerFolder = new Tools.Folder();
        using var stranger = SandboxAuthority.OpenOrCreate(strangerFolder.Path, TimeProvider.System);

        Assert.Null(OcspAnswer.Read(answer, _trust.Organisation, _authority.Root, Now));
        Assert.Null(OcspAnswer.Read(changed, _trust.Person, _authority.Root, Now));
        Assert.Null(OcspAnswer.Read(answer, _trust.Person, _authority.Root, Now.AddDays(1)));
        Assert.Null(OcspAnswer.Read(answer, _trust.Person, stranger.Root, Now));
        Assert.Null(OcspAnswer.Read(new OcspResponder(stranger, TimeProvider.System).Answer(OcspQuery.Of(_trust.Person, _authority.Root)), _trust.Person, _authority.Root, Now));
        Assert.Null(OcspAnswer.Read("nothing of that kind"u8.ToArray(), _trust.Person, _authority.Root, Now));
    }

    [Fact]
    public void A_list_names_who_is_revoked_and_one_too_old_or_of_another_issuer_says_nothing()
    {
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry(_trust.Person, Now.AddDays(-3));
        var list = builder.Build(_authority.Root, 1, Now.AddHours(1), HashAlgorithmName.SHA256, null, Now.AddHours(-1));
        using var other = new PdfTrust(Now);

        Assert.Equal(RevocationStatus.Revoked, RevocationList.Read(list, _trust.Person, _authority.Root, Now)!.Status);
        Assert.Equal(RevocationStatus.Good, RevocationList.Read(list, _trust.Organisation, _authority.Root, Now)!.Status);
        Assert.Null(RevocationList.Read(list, _trust.Person, _authority.Root, Now.AddHours(2)));
        Assert.Null(RevocationList.Read(list, _trust.Person, other.Root, Now));
        list[^1] ^= 1;
        Assert.Null(RevocationList.Read(list, _trust.Person, _authority.Root, Now));
    }

    [Fact]
    public void Trust_files_of_every_kind_give_their_authorities_and_no_end_entitys_certificate()
    {
        X509Certificate2Collection both = [_authority.Root, _trust.Person];
        var pem = System.Text.Encoding.ASCII.GetBytes(_authority.Root.ExportCertificatePem() + "\n" + _trust.Person.ExportCertificatePem());

        foreach (var file in (byte[][])[pem, _authority.Root.RawData, both.Export(X509ContentType.Pkcs7)!])
        {
            var found = Assert.Single(TrustFile.Read(file, "test", Now));
            Assert.Equal(RevocationBook.KeyOf(_authority.Root), found.Fingerprint);
            Assert.True(found.IsRoot);
        }
        Assert.Empty(TrustFile.Read(_trust.Person.RawData, "test", Now));
        Assert.Empty(TrustFile.Read("no certificate"u8.ToArray(), "test", Now));
    }

    private byte[] Ask() => new OcspResponder(_authority, TimeProvider.System).Answer(OcspQuery.Of(_trust.Person, _authority.Root));
}
