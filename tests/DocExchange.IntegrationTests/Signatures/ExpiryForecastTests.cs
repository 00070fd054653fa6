using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Alarms;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Scheduling;
using DocExchange.Hub.Trust;
using DocExchange.IntegrationTests.Evidence;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Signatures;

/// <summary>Every certificate without which something stops is spoken of before it expires.</summary>
public sealed class ExpiryForecastTests
{
    [Fact]
    public async Task Whatever_the_hub_needs_is_named_before_it_expires_and_two_of_one_name_are_two()
    {
        using var folder = new TemporaryFolder();
        using var stamping = Authority("TSA root", 20);
        using var callers = Authority("Callers root", 50);
        using var server = Authority("hub.example.vn", 5);
        using var first = Authority("State CA", 20);
        using var second = Authority("State CA", 20);
        using var lasting = Authority("Lasting CA", 400);
        string Pem(string name, X509Certificate2 certificate)
        {
            var file = Path.Combine(folder.Path, name);
            File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + (name == "tls.pem" ? certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() : ""));
            return file;
        }
        await using var hub = await TestHub.StartAsync(configure: options =>
        {
            options.TimestampRoots = Pem("tsa.pem", stamping);
            options.Tls.ClientRoots = Pem("callers.pem", callers);
            options.Tls.Certificate = Pem("tls.pem", server);
        }, byHand: ForecastExpiryJob.Key);
        await hub.Hub.Store.Trust.AddAsync([.. new[] { first, second, lasting }.Select(c => TrustedCertificate.Of(c, "test", DateTimeOffset.UtcNow))], "test", default);

        hub.Hub.Services.GetRequiredService<ExpiryForecast>().Look();

        Assert.Equal(
            new[] { Named(stamping, 30), Named(callers, 60), Named(server, 7), Named(first, 30), Named(second, 30) }.Order(StringComparer.Ordinal),
            hub.Hub.Store.Alarms.All.Where(a => a.Kind == AlarmKind.CertificateExpires).Select(a => a.Subject).Order(StringComparer.Ordinal));
    }

    private static string Named(X509Certificate2 certificate, int step) => $"{certificate.GetNameInfo(X509NameType.SimpleName, false)}, {certificate.SerialNumber} ({step})";

    private static X509Certificate2 Authority(string name, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddDays(days));
    }
}
