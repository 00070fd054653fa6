using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Axis.Calls;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Callers;

/// <summary>A system is known by the certificate of its line, and by no other.</summary>
public sealed class ClientCertificateTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    [Fact]
    public async Task A_bound_certificate_opens_the_json_interface_without_any_secret()
    {
        var certificate = fixture.IssueClient("so-01");
        await fixture.BindAsync(await fixture.AddSystemAsync("tls-01"), certificate);

        (await fixture.ListAsync(certificate)).Is(200);
    }

    [Fact]
    public async Task One_that_nobody_bound_is_refused_and_leaves_evidence()
    {
        (await fixture.ListAsync(fixture.IssueClient("nobody"))).Refuses(401, "DX-0001");

        await Polled.UntilAsync(async () => (await EvidenceReads.EventsAsync(fixture.Hub)).Any(e => e is { Event: EvidenceEvents.CallerRefused, Detail: "127.0.0.1" }), "the evidence");
    }

    [Fact]
    public async Task One_that_ended_or_is_made_for_servers_or_comes_from_another_authority_is_refused_though_it_is_bound()
    {
        var system = await fixture.AddSystemAsync("tls-02");
        using var another = fixture.AnotherAuthority();
        X509Certificate2[] wrong = [fixture.IssueEnded("so-02"), fixture.IssueClient("so-02", purpose: "1.3.6.1.5.5.7.3.1"), fixture.IssueClient("so-02", another)];

        foreach (var certificate in wrong)
        {
            await fixture.BindAsync(system, certificate);
            (await fixture.ListAsync(certificate)).Refuses(401, "DX-0001");
        }
    }

    [Fact]
    public async Task Where_one_is_required_the_key_alone_and_anothers_certificate_are_refused()
    {
        var (own, anothers) = (fixture.IssueClient("so-03"), fixture.IssueClient("so-04"));
        await fixture.BindAsync(await fixture.AddSystemAsync("tls-03", requiresCertificate: true), own);
        await fixture.BindAsync(await fixture.AddSystemAsync("tls-04"), anothers);

        (await fixture.ListAsync(bearer: "tls-03." + TestHub.Secret)).Refuses(401, "DX-0080");
        (await fixture.ListAsync(anothers, "tls-03." + TestHub.Secret)).Refuses(401, "DX-0080");
        (await fixture.ListAsync(own, "tls-03." + TestHub.Secret)).Is(200);
    }

    [Fact]
    public async Task The_axis_protocol_asks_for_it_too_where_it_is_required()
    {
        var own = fixture.IssueClient("so-05");
        await fixture.BindAsync(await fixture.AddSystemAsync("tls-05", requiresCertificate: true), own);
        using var plain = fixture.Client();
        using var showing = fixture.Client(own);

        Assert.Contains("DX-0080", (await AxisClient(plain).CountAsync("edoc")).Refusal!.Text, StringComparison.Ordinal);
        Assert.Null((await AxisClient(showing).CountAsync("edoc")).Refusal);

        VxpClient AxisClient(HttpClient http) => new(http, new Uri(fixture.Hub.Address, "vxp"), "tls-05", TestHub.Secret, TimeProvider.System);
    }

    [Fact]
    public async Task The_soap_interface_knows_a_system_by_its_certificate_and_asks_for_it_where_it_is_required()
    {
        var own = fixture.IssueClient("so-10");
        await fixture.BindAsync(await fixture.AddSystemAsync("tls-10", requiresCertificate: true), own);

        (await fixture.ListOverSoapAsync(own)).Ok();
        (await fixture.ListOverSoapAsync(bearer: "tls-10." + TestHub.Secret)).Refuses("DX-0080");
    }

    [Fact]
    public async Task Bound_by_its_names_a_renewed_one_is_taken_without_a_change()
    {
        var (first, renewed, anothers) = (fixture.IssueClient("so-06"), fixture.IssueClient("so-06"), fixture.IssueClient("so-07"));
        await fixture.BindAsync(await fixture.AddSystemAsync("tls-06"), CredentialKind.TlsSubject, ClientCertificates.NamesOf(first));

        (await fixture.ListAsync(renewed)).Is(200);
        (await fixture.ListAsync(anothers)).Refuses(401, "DX-0001");
    }

    [Fact]
    public async Task A_revoked_binding_ends_on_a_connection_that_stands()
    {
        var certificate = fixture.IssueClient("so-08");
        var system = await fixture.AddSystemAsync("tls-08");
        var binding = await fixture.BindAsync(system, certificate);
        using var client = fixture.Client(certificate);
        (await fixture.ListAsync(client)).Is(200);

        await fixture.Hub.PartyStore.EndCredentialAsync(system.Id, binding.Id, null, "test", default);

        (await fixture.ListAsync(client)).Refuses(401, "DX-0001");
    }

    [Fact]
    public async Task A_certificate_named_in_a_header_is_nobodys_word_unless_a_proxy_is_configured_for_it()
    {
        var certificate = fixture.IssueClient("so-09");
        await fixture.BindAsync(await fixture.AddSystemAsync("tls-09"), certificate);
        using var client = fixture.Client();
        client.DefaultRequestHeaders.Add(ClientCertificates.ProxyHeader, $":{Convert.ToBase64String(certificate.RawData)}:");

        (await fixture.ListAsync(client)).Refuses(401, "DX-0002");
    }

    [Fact]
    public async Task Behind_a_proxy_configured_for_it_the_certificate_it_names_counts_as_if_it_were_shown_here()
    {
        await using var hub = await TestHub.StartAsync(configure: options => (options.TrustedProxies, options.Tls.ClientCertificatesFromProxies) = (["127.0.0.1"], true));
        var (own, anothers) = (fixture.IssueClient("so-11"), fixture.IssueClient("so-12"));
        await hub.Hub.Services.GetRequiredService<SystemSecrets>().BindToAsync(hub.Parties.FindSystem(TestHub.Peer)!, CredentialKind.TlsCertificate, "test", own.GetCertHash(HashAlgorithmName.SHA256));

        (await hub.RestAsync(HttpMethod.Get, "inbox", null, null, Named(own))).Is(200);
        (await hub.RestAsync(HttpMethod.Get, "inbox", null, null, Named(anothers))).Refuses(401, "DX-0001");

        static (string, string) Named(X509Certificate2 certificate) => (ClientCertificates.ProxyHeader, $":{Convert.ToBase64String(certificate.RawData)}:");
    }

    [Fact]
    public async Task A_certificate_that_a_proxy_named_for_one_call_says_nothing_of_the_next_on_the_same_line()
    {
        await using var hub = await TestHub.StartAsync(configure: options =>
        {
            (options.TrustedProxies, options.Tls.ClientCertificatesFromProxies) = (["127.0.0.1"], true);
            options.Tls.Certificate = fixture.CertificateFile;
        });
        var own = fixture.IssueClient("so-13");
        await hub.Hub.Services.GetRequiredService<SystemSecrets>().BindToAsync(hub.Parties.FindSystem(TestHub.Peer)!, CredentialKind.TlsCertificate, "test", own.GetCertHash(HashAlgorithmName.SHA256));
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1 };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.Issuer == fixture.Authority.Root.Subject;
        using var proxy = new HttpClient(handler);

        Assert.Equal(200, await StatusAsync($":{Convert.ToBase64String(own.RawData)}:"));
        Assert.Equal(401, await StatusAsync(null));

        async Task<int> StatusAsync(string? named)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, "/api/v1/inbox"));
            if (named is not null) request.Headers.Add(ClientCertificates.ProxyHeader, named);
            using var answer = await proxy.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_server_certificate_put_in_the_old_ones_place_is_shown_without_a_restart()
    {
        var next = fixture.ShowServerCertificate();

        await Polled.UntilAsync(async () =>
        {
            using var socket = new TcpClient(fixture.Hub.Address.Host, fixture.Hub.Address.Port);
            using var line = new SslStream(socket.GetStream(), false, (_, shown, _, _) => shown!.Issuer == fixture.Authority.Root.Subject);
            await line.AuthenticateAsClientAsync("127.0.0.1");
            return ((X509Certificate2)line.RemoteCertificate!).GetCertHashString(HashAlgorithmName.SHA256) == next.GetCertHashString(HashAlgorithmName.SHA256);
        }, "the new certificate");
        await Polled.UntilAsync(async () => (await EvidenceReads.EventsAsync(fixture.Hub)).Any(e => e.Event == EvidenceEvents.TlsCertificateChanged), "the evidence");
    }
}
