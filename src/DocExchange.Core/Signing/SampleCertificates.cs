using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>
/// Certificates for trying the hub out. They are marked twice: by an extension no other certificate has, for programs, and by their
/// organisation's name, for people. A hub in Production refuses them.
/// </summary>
public static class SampleCertificates
{
    /// <summary>UUID arc (ITU-T X.667): belongs to this project without registration.</summary>
    public const string MarkOid = "2.25.162352314139816888658575513291232086315";

    public const string Organisation = "SAMPLE - not for production";

    /// <summary>Published on purpose: protects nothing but the form of the files.</summary>
    public const string Passphrase = "sample";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);
    private const int Years = 20;

    public static SampleAuthority CreateAuthority(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, "Sample certification authority", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return new SampleAuthority(request.CreateSelfSigned(now - ClockSkew, now.AddYears(Years)));
    }

    /// <summary>A certificate that signs evidence.</summary>
    public static X509Certificate2 IssueHub(SampleAuthority authority, string hubName, DateTimeOffset now) =>
        Issue(authority, hubName, "Document exchange hub", X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, now);

    /// <summary>A certificate an agency's system signs packages with.</summary>
    public static X509Certificate2 IssueAgency(SampleAuthority authority, string agencyCode, string agencyName, DateTimeOffset now) =>
        Issue(authority, agencyName, agencyCode, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, now);

    /// <summary>
    /// Writes a root, a hub and two agencies into a folder: <c>NAME.pem</c> (certificate) and <c>NAME.p12</c> (certificate, key, root;
    /// passphrase <see cref="Passphrase"/>). Existing files of these names are replaced.
    /// </summary>
    public static void WriteFolder(string directory, DateTimeOffset now)
    {
        Directory.CreateDirectory(directory);
        using var authority = CreateAuthority("DocExchange sample root", now);
        using var root = X509CertificateLoader.LoadCertificate(authority.Certificate.RawData);
        using var hub = IssueHub(authority, "Sample hub", now);
        using var first = IssueAgency(authority, "000.00.01.H99", "Sample agency 1", now);
        using var second = IssueAgency(authority, "000.00.02.H99", "Sample agency 2", now);
        Write(directory, "sample-root", authority.Certificate, []);
        Write(directory, "hub", hub, [root]);
        Write(directory, "agency-1", first, [root]);
        Write(directory, "agency-2", second, [root]);
    }

    private static void Write(string directory, string name, X509Certificate2 certificate, X509Certificate2[] issuers)
    {
        File.WriteAllText(Path.Combine(directory, name + ".pem"), certificate.ExportCertificatePem() + "\n");
        File.WriteAllBytes(Path.Combine(directory, name + ".p12"), KeyStore.ToPkcs12(certificate, issuers, Passphrase));
    }

    /// <summary>Whether a certificate in DER bears the mark.</summary>
    public static bool IsSample(byte[] certificate)
    {
        using var parsed = X509CertificateLoader.LoadCertificate(certificate);
        return IsSample(parsed);
    }

    public static bool IsSample(X509Certificate2 certificate) =>
        certificate.Extensions.Any(extension => extension.Oid?.Value == MarkOid)
        || certificate.Subject.Contains(Organisation, StringComparison.OrdinalIgnoreCase)
        || certificate.Issuer.Contains(Organisation, StringComparison.OrdinalIgnoreCase);

    private static X509Certificate2 Issue(SampleAuthority authority, string name, string unit, X509KeyUsageFlags usage, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, unit, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority.Certificate, true, false));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40);
        var notAfter = now.AddYears(Years) < authority.Certificate.NotAfter ? now.AddYears(Years) : authority.Certificate.NotAfter;
        var notBefore = now - ClockSkew > authority.Certificate.NotBefore ? now - ClockSkew : authority.Certificate.NotBefore;
        using var certificate = request.Create(authority.Certificate, notBefore, notAfter, serial);
        return certificate.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string name, string unit, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCountryOrRegion("VN");
        subject.AddOrganizationName(Organisation);
        subject.AddOrganizationalUnitName(unit);
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(new X509Extension(MarkOid, [0x05, 0x00], false));
        return request;
    }
}

/// <summary>A sample root: its certificate carries its key.</summary>
public sealed class SampleAuthority(X509Certificate2 certificate) : IDisposable
{
    public X509Certificate2 Certificate => certificate;

    public void Dispose() => certificate.Dispose();
}
