using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core;
using DocExchange.Core.Signing;

namespace DocExchange.Sandbox.Authorities;

/// <summary>
/// A certification authority to try things with. Its root, a time-stamping authority and an OCSP responder lie in a folder and are made when
/// absent. All bear the mark of sample certificates.
/// </summary>
public sealed class SandboxAuthority : IDisposable
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private SandboxAuthority(string folder, X509Certificate2 root, TimeProvider time)
    {
        (Folder, Root) = (folder, root);
        Stamper = OpenOrIssue("tsa", "Sandbox time-stamping authority", TimeStamping, time);
        Responder = OpenOrIssue("ocsp", "Sandbox OCSP responder", OcspSigning, time);
    }

    public string Folder { get; }

    public X509Certificate2 Root { get; }

    /// <summary>Signs time-stamps; RSA, as most authorities do.</summary>
    public X509Certificate2 Stamper { get; }

    /// <summary>Signs OCSP answers.</summary>
    public X509Certificate2 Responder { get; }

    public string RootFile => Path.Combine(Folder, "root.pem");

    public static SandboxAuthority OpenOrCreate(string folder, TimeProvider time)
    {
        DurableFile.CreateDirectory(folder);
        var path = Path.Combine(folder, "root.p12");
        if (!File.Exists(path))
        {
            using var made = SampleCertificates.CreateAuthority("Sandbox root", time.GetUtcNow());
            Write(path, made.Certificate);
        }
        var authority = new SandboxAuthority(folder, Read(path), time);
        DurableFile.Write(authority.RootFile, System.Text.Encoding.ASCII.GetBytes(authority.Root.ExportCertificatePem() + "\n"));
        return authority;
    }

    /// <summary>Serial numbers, hex, one to a line of <c>revoked</c>: read at every question, so that revoking is editing a file.</summary>
    public bool IsRevoked(string serial)
    {
        var file = Path.Combine(Folder, "revoked");
        return File.Exists(file) && File.ReadLines(file).Any(line => line.Trim().Equals(serial, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A certificate for a key of the caller's.</summary>
    /// <param name="purpose">Extended key usage, critical; null for none.</param>
    public X509Certificate2 Issue(string name, RSA key, string? purpose, DateTimeOffset now)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCountryOrRegion("VN");
        subject.AddOrganizationName(SampleCertificates.Organisation);
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, true, false));
        request.CertificateExtensions.Add(new X509Extension(SampleCertificates.MarkOid, [0x05, 0x00], false));
        if (purpose is not null) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: true));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40);
        var notBefore = now - ClockSkew > Root.NotBefore ? now - ClockSkew : Root.NotBefore;
        using var rootKey = Root.GetECDsaPrivateKey()!;
        using var certificate = request.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), notBefore, Root.NotAfter, serial);
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        Root.Dispose();
        Stamper.Dispose();
        Responder.Dispose();
    }

    private X509Certificate2 OpenOrIssue(string file, string name, string purpose, TimeProvider time)
    {
        var path = Path.Combine(Folder, file + ".p12");
        if (!File.Exists(path))
        {
            using var key = RSA.Create(2048);
            using var issued = Issue(name, key, purpose, time.GetUtcNow());
            Write(path, issued);
        }
        return Read(path);
    }

    private static void Write(string path, X509Certificate2 certificate) =>
        DurableFile.Write(path, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, SampleCertificates.Passphrase));

    private static X509Certificate2 Read(string path) =>
        X509CertificateLoader.LoadPkcs12FromFile(path, SampleCertificates.Passphrase, X509KeyStorageFlags.Exportable);
}
