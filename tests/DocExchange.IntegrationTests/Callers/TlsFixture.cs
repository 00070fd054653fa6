using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Evidence;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.IntegrationTests.Soap;
using DocExchange.Sandbox.Authorities;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Callers;

/// <summary>A hub that speaks TLS with a certificate of the sandbox' authority, whose client certificates it takes too.</summary>
public sealed class TlsFixture : IAsyncLifetime
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder _folder = new();

    public TestHub Hub { get; private set; } = null!;

    public SandboxAuthority Authority { get; private set; } = null!;

    public TestIssuer Issuer { get; private set; } = null!;

    public string CertificateFile => _folder.At("server.pem");

    public async Task InitializeAsync()
    {
        Authority = SandboxAuthority.OpenOrCreate(_folder.At("authority"), TimeProvider.System);
        Issuer = new TestIssuer(_folder.At("jwks.json"));
        ShowServerCertificate();
        Hub = await TestHub.StartAsync(configure: options =>
        {
            (options.Tls.Certificate, options.Tls.ClientRoots) = (CertificateFile, Authority.RootFile);
            Issuer.Configure(options.Tokens);
        });
    }

    public async Task DisposeAsync()
    {
        await Hub.DisposeAsync();
        Issuer.Dispose();
        Authority.Dispose();
        _folder.Dispose();
    }

    /// <summary>Writes another certificate into the server's file.</summary>
    public X509Certificate2 ShowServerCertificate()
    {
        using var key = RSA.Create(2048);
        var certificate = Authority.Issue("127.0.0.1", key, ServerAuthentication, DateTimeOffset.UtcNow);
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return certificate;
    }

    public X509Certificate2 IssueClient(string name, SandboxAuthority? by = null, string purpose = ClientAuthentication)
    {
        using var key = RSA.Create(2048);
        using var issued = (by ?? Authority).Issue(name, key, purpose, DateTimeOffset.UtcNow);
        return Usable(issued);
    }

    /// <summary>One that was fine until an hour ago.</summary>
    public X509Certificate2 IssueEnded(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(Authority.Root, Authority.Root.NotBefore, now.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        return Usable(issued.CopyWithPrivateKey(key));
    }

    public SandboxAuthority AnotherAuthority() => SandboxAuthority.OpenOrCreate(_folder.At("another"), TimeProvider.System);

    public async Task<PartnerSystem> AddSystemAsync(string id, bool requiresCertificate = false) => await Hub.AddSystemAsync(
        new PartnerSystem(0, id, Profile.Agency, true, [new Served(Hub.Agency("H30.12").Id, true)]) { RequiresCertificate = requiresCertificate });

    public async Task<Credential> BindAsync(PartnerSystem system, CredentialKind kind, byte[] name) =>
        await Hub.Hub.Services.GetRequiredService<SystemSecrets>().BindToAsync(system, kind, "test", name);

    public Task<Credential> BindAsync(PartnerSystem system, X509Certificate2 certificate) =>
        BindAsync(system, CredentialKind.TlsCertificate, certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <summary>A client that trusts the authority alone and shows this certificate.</summary>
    public HttpClient Client(X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.Issuer == Authority.Root.Subject;
        handler.SslOptions.TargetHost = "127.0.0.1";
        if (certificate is not null) handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        return new HttpClient(handler);
    }

    /// <summary>Lists what waits for the caller, on a connection of its own.</summary>
    internal async Task<RestReply> ListAsync(X509Certificate2? certificate = null, string? bearer = null)
    {
        using var client = Client(certificate);
        return await ListAsync(client, bearer);
    }

    internal async Task<RestReply> ListAsync(HttpClient client, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Hub.Address, "/api/v1/inbox"));
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var response = await client.SendAsync(request);
        return new RestReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);
    }

    /// <summary>The same over SOAP.</summary>
    internal async Task<SoapReplyRead> ListOverSoapAsync(X509Certificate2? certificate = null, string? bearer = null)
    {
        using var client = Client(certificate);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Hub.Address, "/soap/v1"));
        request.Content = new StringContent(SoapCalls.Envelope("<d:ListInbox/>"), Encoding.UTF8, "text/xml");
        request.Headers.Add("SOAPAction", $"\"{SoapCalls.Contract}/ListInbox\"");
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var response = await client.SendAsync(request);
        return new SoapReplyRead((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers);
    }

    /// <summary>A key that came through PKCS#12, as the platform's TLS wants it.</summary>
    private static X509Certificate2 Usable(X509Certificate2 issued) => X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pkcs12), null);
}
