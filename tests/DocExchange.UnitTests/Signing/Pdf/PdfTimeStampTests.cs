using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Sandbox.Authorities;

namespace DocExchange.UnitTests.Signing.Pdf;

/// <summary>Time-stamps of a real authority (RFC 3161), within a signature and over the document: what they prove outlives the certificate.</summary>
public sealed class PdfTimeStampTests : IDisposable
{
    private static readonly DateTimeOffset Signed = PdfTrust.Now.AddDays(-20);
    private readonly Tools.Folder _folder = new();
    private readonly SandboxAuthority _authority;
    private readonly PdfTrust _trust;

    /// <summary>Expired ten days ago.</summary>
    private readonly X509Certificate2 _person;

    public PdfTimeStampTests()
    {
        _authority = SandboxAuthority.OpenOrCreate(_folder.Path, new FixedTime(PdfTrust.Now.AddDays(-400)));
        _trust = new PdfTrust(PdfTrust.Now, _authority.Root);
        _person = _trust.Issue("Nguyen Van A", "CCCD:001080000001", PdfTrust.Now.AddDays(-300), PdfTrust.Now.AddDays(-10));
    }

    public void Dispose()
    {
        _person.Dispose();
        _trust.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Without_a_stamp_an_expired_certificate_proves_nothing()
    {
        var found = Assert.Single(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, content => Cms(content, null))));

        Assert.Equal([Remark.ClaimedTime, Remark.ExpiredUnproven], found.Remarks);
    }

    [Fact]
    public void A_stamp_in_the_signature_proves_its_time_and_the_certificate_may_expire()
    {
        var found = Assert.Single(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, content => Cms(content, _authority))));

        Assert.Empty(found.Remarks);
        Assert.Equal((true, Signed), (found.IsTimeProven, found.SignedAt));
    }

    [Fact]
    public void A_stamp_over_the_document_proves_the_time_of_every_signature_under_it()
    {
        var verdicts = _trust.Judge(Stamped(_authority));

        Assert.Equal([Remark.AddedLater], verdicts[0].Remarks);
        Assert.Equal((true, Signed), (verdicts[0].IsTimeProven, verdicts[0].SignedAt));
        Assert.Equal((SignerRole.TimeStamp, LegalClass.LegallySigned, Signed), (verdicts[1].Role, verdicts[1].Class, verdicts[1].SignedAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_revocation_behind_the_stamp_leaves_the_signature_good_and_one_before_it_does_not(bool isInSignature)
    {
        var pdf = isInSignature ? PdfMaker.Sign(PdfMaker.Plain(), 1, content => Cms(content, _authority)) : Stamped(_authority);
        SignatureVerdict WhenRevoked(DateTimeOffset at)
        {
            // The later question is the earlier time of revocation: an authority corrects it.
            _trust.Current.Revocations.Put(RevocationBook.KeyOf(_person), new RevocationAnswer(RevocationStatus.Revoked, at, PdfTrust.Now, null));
            return _trust.Judge(pdf, RevocationPolicy.Soft)[0];
        }

        Assert.Equal(LegalClass.LegallySigned, WhenRevoked(Signed.AddDays(5)).Class);
        Assert.Contains(Remark.Revoked, WhenRevoked(Signed.AddDays(-5)).Remarks);
    }

    /// <summary>Whoever stole the key of an authority can stamp any time he likes: a stamp from behind the revocation proves none.</summary>
    [Fact]
    public void A_stamp_by_an_authority_that_was_revoked_before_proves_nothing()
    {
        var inSignature = PdfMaker.Sign(PdfMaker.Plain(), 1, content => Cms(content, _authority));
        var overDocument = Stamped(_authority);
        void Revoke(DateTimeOffset at) => _trust.Current.Revocations.Put(RevocationBook.KeyOf(_authority.Stamper), new RevocationAnswer(RevocationStatus.Revoked, at, PdfTrust.Now, null));
        IReadOnlyList<SignatureVerdict> Judge(byte[] pdf) => _trust.Judge(pdf, RevocationPolicy.Soft);

        Revoke(Signed.AddDays(5));
        Assert.True(Judge(inSignature)[0].IsTimeProven);
        Assert.True(Judge(overDocument)[0].IsTimeProven);
        Revoke(Signed.AddDays(-5));
        Assert.Contains(Remark.TimeStampInvalid, Judge(inSignature)[0].Remarks);
        Assert.Contains(Remark.ExpiredUnproven, Judge(inSignature)[0].Remarks);
        Assert.Contains(Remark.ExpiredUnproven, Judge(overDocument)[0].Remarks);
        Assert.NotEqual(LegalClass.LegallySigned, Judge(overDocument)[1].Class);
    }

    [Fact]
    public void A_stamp_by_an_unknown_authority_or_over_other_bytes_proves_nothing()
    {
        using var folder = new Tools.Folder();
        using var stranger = SandboxAuthority.OpenOrCreate(folder.Path, new FixedTime(PdfTrust.Now.AddDays(-400)));
        var inSignature = Assert.Single(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, content => Cms(content, stranger))));
        var overDocument = _trust.Judge(Stamped(stranger));
        var moved = Assert.Single(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, content => Cms(content, _authority, stamped: [1, 2, 3]))));

        Assert.Equal([Remark.TimeStampInvalid, Remark.ClaimedTime, Remark.ExpiredUnproven], inSignature.Remarks);
        Assert.Contains(Remark.ExpiredUnproven, overDocument[0].Remarks);
        Assert.Equal([Remark.Untrusted], overDocument[1].Remarks);
        Assert.Contains(Remark.TimeStampInvalid, moved.Remarks);
    }

    private byte[] Stamped(SandboxAuthority authority) =>
        PdfMaker.Sign(PdfMaker.Sign(PdfMaker.Plain(), 1, content => Cms(content, null)), 2, content => Token(authority, content), "ETSI.RFC3161");

    /// <param name="stamped">What the token is over; null for the signature, as it must be.</param>
    private byte[] Cms(byte[] content, SandboxAuthority? authority, byte[]? stamped = null)
    {
        var made = PdfMaker.Cms(_person, content, Signed);
        if (authority is null) return made;
        var cms = new SignedCms();
        cms.Decode(made);
        cms.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.14"), Token(authority, stamped ?? cms.SignerInfos[0].GetSignature())));
        return cms.Encode();
    }

    private static byte[] Token(SandboxAuthority authority, byte[] content)
    {
        var request = Rfc3161TimestampRequest.CreateFromData(content, HashAlgorithmName.SHA256, requestSignerCertificates: true);
        return request.ProcessResponse(new TimestampResponder(authority, new FixedTime(Signed)).Answer(request.Encode()), out _).AsSignedCms().Encode();
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
