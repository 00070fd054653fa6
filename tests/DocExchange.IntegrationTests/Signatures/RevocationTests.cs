using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Trust;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Sandbox.Authorities;
using DocExchange.UnitTests.Signing.Pdf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Signatures;

/// <summary>The sandbox's responder over HTTP: asked behind the acceptance, and only where the operator named it.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
    private SandboxAuthority _authority = null!;
    private WebApplication _web = null!;
    private PdfTrust _parties = null!;
    private int _asked;

    public async Task InitializeAsync()
    {
        _authority = SandboxAuthority.OpenOrCreate(_folder, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.Use(async (http, next) =>
        {
            Interlocked.Increment(ref _asked);
            await next(http);
        });
        _web.MapAuthorities(_authority, TimeProvider.System);
        await _web.StartAsync();
        _parties = new PdfTrust(DateTimeOffset.UtcNow, _authority.Root, Address + "/ocsp");
    }

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        _parties.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_not_known_is_asked_for_behind_the_acceptance_and_counts_for_the_next_document()
    {
        await using var hub = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority]);
        Assert.Contains("revocation-pending", await RemarksAsync(hub));
        Assert.Equal(0, _asked);

        Assert.Empty(await Desk(hub).AskAsync(default));
        Assert.DoesNotContain("revocation-pending", await RemarksAsync(hub));

        await File.WriteAllTextAsync(Path.Combine(_folder, "revoked"), _parties.Organisation.SerialNumber.TrimStart('0'));
        await using var later = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority]);
        await RemarksAsync(later);
        await Desk(later).AskAsync(default);
        Assert.Contains("revoked", await RemarksAsync(later));
    }

    [Fact]
    public async Task A_host_nobody_named_is_never_asked_whatever_a_certificate_says()
    {
        await using var hub = await StartAsync(options => options.RevocationHosts = ["ocsp.example.vn"]);
        await RemarksAsync(hub);

        await Desk(hub).AskAsync(default);

        Assert.Equal(0, _asked);
        Assert.Empty(hub.Hub.Store.Trust.Current.Revocations.Wanted);
    }

    [Fact]
    public async Task Answers_and_the_trust_list_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
        await using (var hub = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority], folder))
        {
            await RemarksAsync(hub);
            await Desk(hub).AskAsync(default);
        }
        await using (var again = await TestHub.StartAsync(folder)) Assert.DoesNotContain("revocation-pending", await RemarksAsync(again));
        Directory.Delete(folder, recursive: true);
    }

    private string Address => _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static RevocationDesk Desk(TestHub hub) => hub.Hub.Services.GetRequiredService<RevocationDesk>();

    private async Task<TestHub> StartAsync(Action<HubOptions> configure, string? folder = null)
    {
        var hub = await TestHub.StartAsync(folder, options =>
        {
            // The test asks when it is time to.
            options.RevocationSeconds = 86_400;
            configure(options);
        });
        await hub.Hub.Store.Trust.AddAsync([TrustedCertificate.Of(_authority.Root, "sandbox", DateTimeOffset.UtcNow)], "test", default);
        return hub;
    }

    private async Task<string[]> RemarksAsync(TestHub hub)
    {
        var sent = (await hub.PostPackageAsync(new Letter { File = PdfMaker.Sign(PdfMaker.Plain(), 1, _parties.ByOrganisation) }.Bytes)).Is(201);
        var signature = (await hub.GetAsync("documents/" + sent.DocId, TestHub.Province)).Json.GetProperty("signatures").GetProperty("signatures")[0];
        return [.. signature.GetProperty("remarks").EnumerateArray().Select(r => r.GetProperty("code").GetString()!)];
    }
}
