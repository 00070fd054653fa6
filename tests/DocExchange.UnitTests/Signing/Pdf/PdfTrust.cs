using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing;
using System.Security.Cryptography;

namespace DocExchange.UnitTests.Signing.Pdf;

/// <summary>A root of one's own, a person and an organisation under it, and a judge that trusts it.</summary>
internal sealed class PdfTrust : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 5, 0, 0, TimeSpan.Zero);

    // Making one takes longer than most tests; the certificates of one name differ all the same.
    private static readonly ConcurrentDictionary<string, byte[]> Keys = [];
    private readonly X509Certificate2 _root;
    private readonly string? _responder;
    private readonly string? _list;
    private readonly DateTimeOffset _now;

    public PdfTrust() : this(Now)
    {
    }

    /// <param name="now">The time of whoever judges.</param>
    /// <param name="root">With its EC key; null makes one.</param>
    /// <param name="responder">Where its certificates say that revocation can be asked for.</param>
    /// <param name="list">Where they say that the list of the revoked lies.</param>
    public PdfTrust(DateTimeOffset now, X509Certificate2? root = null, string? responder = null, string? list = null)
    {
        (_now, _responder, _list) = (now, responder, list);
        _root = root ?? SampleCertificates.CreateAuthority("Root", now.AddYears(-1)).Certificate;
        Person = Issue("Nguyen Van A", "CCCD:001080000001");
        Organisation = Issue("UBND tinh", "MST:0100000001");
        Current.Replace(new TrustBook([TrustedCertificate.Of(_root, "test", now)]));
    }

    public X509Certificate2 Root => _root;

    public X509Certificate2 Person { get; }

    public X509Certificate2 Organisation { get; }

    /// <summary>Who may be asked about revocation.</summary>
    public HashSet<string> Hosts { get; } = [];

    public CurrentTrust Current { get; } = new();

    /// <summary>As by default, with time for a machine that does other things as well.</summary>
    public static PdfLimits Patient { get; } = PdfLimits.Default with { Time = TimeSpan.FromMinutes(5) };

    public IReadOnlyList<SignatureVerdict> Judge(byte[] pdf, RevocationPolicy revocation = RevocationPolicy.Off, PdfLimits? limits = null, bool sha1 = false) =>
        new PdfJudge(new CmsJudge(Current.Book, Current.Revocations, new SignaturePolicy(revocation, sha1) { RevocationHosts = Hosts }, Now), limits ?? Patient, new JudgingBudget((limits ?? Patient).Time, TimeProvider.System, default))
            .Judge(new MemoryStream(pdf), 0, "a.pdf");

    public byte[] ByPerson(byte[] content) => PdfMaker.Cms(Person, content, _now.AddHours(-1));

    public byte[] ByOrganisation(byte[] content) => PdfMaker.Cms(Organisation, content, _now.AddMinutes(-30));

    public X509Certificate2 Issue(string name, string uid, DateTimeOffset? from = null, DateTimeOffset? to = null, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature)
    {
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Keys.GetOrAdd(name, _ => NewKey()), out var _);
        var subject = new X500DistinguishedNameBuilder();
        subject.Add("0.9.2342.19200300.100.1.1", uid, System.Formats.Asn1.UniversalTagNumber.UTF8String);
        subject.AddOrganizationName("Tinh X");
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        if (_responder is not null) request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([_responder], null));
        if (_list is not null) request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([_list]));
        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40);
        using var ca = Root.GetECDsaPrivateKey()!;
        using var made = request.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(ca), from ?? (Root.NotBefore.ToUniversalTime() > _now.AddDays(-200) ? new DateTimeOffset(Root.NotBefore.ToUniversalTime()) : _now.AddDays(-200)), to ?? _now.AddYears(2), serial);
        return made.CopyWithPrivateKey(key);
    }

    private static byte[] NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKey();
    }

    public void Dispose()
    {
        Person.Dispose();
        Organisation.Dispose();
        _root.Dispose();
    }
}
