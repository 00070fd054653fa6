using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Alarms;
using DocExchange.Core.Ports;
using DocExchange.Hub.Evidence;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Operations.Tls;

namespace DocExchange.Hub.Trust;

/// <summary>
/// Says 60, 30 and 7 days ahead which certificate the hub needs is about to expire: those of its keys and its TLS line, the trust list, and the roots that time-stamps, witnesses and
/// callers are judged by.
/// </summary>
/// <param name="tls">Null where the hub speaks plain HTTP.</param>
internal sealed class ExpiryForecast(HubOptions options, ITrustStore trust, SigningKeyFile key, AlarmBoard alarms, TimeProvider time, TlsIdentity? tls = null)
{
    private static readonly int[] Days = [7, 30, 60];

    /// <summary>Raises one alarm for each certificate and step.</summary>
    public void Look()
    {
        foreach (var der in Needed().DistinctBy(Convert.ToHexString))
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            var left = certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
            if (Days.FirstOrDefault(days => left <= TimeSpan.FromDays(days)) is not (> 0 and var step)) continue;
            var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            // A renewed certificate has the same name: the number tells it from the one it follows.
            alarms.Raise(AlarmKind.CertificateExpires, string.Create(CultureInfo.InvariantCulture, $"{name}, {certificate.SerialNumber} ({step})"),
                string.Create(CultureInfo.InvariantCulture, $"{certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}"));
        }
    }

    private IEnumerable<byte[]> Needed() =>
    [
        .. key.Current.Chain,
        .. key.ForDocuments.Chain,
        .. OfTls(),
        .. trust.Current.Book.Certificates.Select(c => c.Der.ToArray()),
        .. RootsIn(options.TimestampRoots),
        .. RootsIn(options.WitnessRoots),
        .. RootsIn(options.Tls.ClientRoots),
    ];

    private IEnumerable<byte[]> OfTls() => tls?.Current is { } shown ? shown.IntermediateCertificates.Prepend(shown.TargetCertificate).Select(c => c.RawData) : [];

    private static IEnumerable<byte[]> RootsIn(string file)
    {
        if (file.Length == 0) return [];
        try
        {
            return EvidenceSetup.RootsIn(file).Select(c => c.RawData);
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Whoever needs the file says that it cannot be used; the other certificates expire all the same.
            return [];
        }
    }
}
