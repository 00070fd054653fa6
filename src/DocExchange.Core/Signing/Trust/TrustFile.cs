using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DocExchange.Core.Signing.Trust;

/// <summary>Certificates out of a file as authorities give them: PEM (one or many), DER, or PKCS#7 (.p7b, in either).</summary>
public static class TrustFile
{
    /// <summary>Such a file is never longer.</summary>
    public const int Longest = 4 * 1024 * 1024;

    private const int Most = 2000;

    /// <summary>Empty when the file holds none that may issue certificates: an end entity's own would be believed in everything.</summary>
    public static IReadOnlyList<TrustedCertificate> Read(byte[] file, string source, DateTimeOffset now)
    {
        var found = new List<TrustedCertificate>();
        foreach (var certificate in Certificates(file))
        {
            using (certificate)
            {
                if (found.Count < Most && certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority)) found.Add(TrustedCertificate.Of(certificate, source, now));
            }
        }
        return [.. found.DistinctBy(one => one.Fingerprint)];
    }

    private static X509Certificate2Collection Certificates(byte[] file)
    {
        var all = new X509Certificate2Collection();
        try
        {
            if (file.AsSpan().IndexOf("-----BEGIN "u8) >= 0) AddPem(Encoding.Latin1.GetString(file), all);
            else if (!TryAddMessage(file, all)) all.Add(X509CertificateLoader.LoadCertificate(file));
        }
        catch (CryptographicException)
        {
            // What could be read until then is what the file gives.
        }
        return all;
    }

    private static void AddPem(string text, X509Certificate2Collection all)
    {
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            var der = Convert.FromBase64String(rest[fields.Base64Data].ToString());
            if (rest[fields.Label] is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE") all.Add(X509CertificateLoader.LoadCertificate(der));
            else if (rest[fields.Label] is "PKCS7" or "CMS") TryAddMessage(der, all);
        }
    }

    private static bool TryAddMessage(byte[] der, X509Certificate2Collection all)
    {
        try
        {
            var content = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            if (!content.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)) return false;
            var message = new SignedCms();
            message.Decode(der);
            all.AddRange(message.Certificates);
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
