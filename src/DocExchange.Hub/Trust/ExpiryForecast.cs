using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Alarms;
using DocExchange.Core.Ports;
using DocExchange.Hub.Evidence;

namespace DocExchange.Hub.Trust;

/// <summary>Says 60, 30 and 7 days ahead which certificate the hub needs is about to expire: its own chain, and the trust list.</summary>
internal sealed class ExpiryForecast(ITrustStore trust, SigningKeyFile key, AlarmBoard alarms, TimeProvider time)
{
    private static readonly int[] Days = [7, 30, 60];

    /// <summary>Raises one alarm for each certificate and step.</summary>
    public void Look()
    {
        foreach (var der in key.Current.Chain.Concat(trust.Current.Book.Certificates.Select(c => c.Der.ToArray())).DistinctBy(der => Convert.ToHexString(der)))
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            var left = certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
            if (Days.FirstOrDefault(days => left <= TimeSpan.FromDays(days)) is not (> 0 and var step)) continue;
            var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            alarms.Raise(AlarmKind.CertificateExpires, string.Create(CultureInfo.InvariantCulture, $"{name} ({step})"),
                string.Create(CultureInfo.InvariantCulture, $"{certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}, serial {certificate.SerialNumber}"));
        }
    }
}
