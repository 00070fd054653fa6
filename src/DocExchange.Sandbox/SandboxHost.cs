using System.Net;
using DocExchange.Sandbox.Authorities;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.OpenId;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DocExchange.Sandbox;

/// <summary>Everything the sandbox serves, on one address of this machine. Each part keeps its files in a folder of its own.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly SandboxAuthority _authority;

    private readonly AxisServer _axis;

    private SandboxHost(WebApplication web, SandboxAuthority authority, AxisServer axis, OpenIdProvider openId) => (_web, _authority, _axis, OpenId) = (web, authority, axis, openId);

    /// <summary>Where people sign in with an organisation's account.</summary>
    public OpenIdProvider OpenId { get; }

    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The root everything the authorities issue chains to.</summary>
    public string RootFile => _authority.RootFile;

    /// <param name="port">0 takes a free one.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<SandboxHost> StartAsync(string folder, int port, TimeProvider time)
    {
        var authority = SandboxAuthority.OpenOrCreate(folder, time);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            AxisServer.Configure(kestrel);
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A port that is taken is answered with one sentence, not with a trace as well.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var web = builder.Build();
        web.MapAuthorities(authority, time);
        var openId = new OpenIdProvider(folder, time);
        web.MapOpenId(openId);
        var axis = new AxisServer(DemoAxis.In(folder) with { Time = time }, web.Services.GetRequiredService<ILoggerFactory>());
        axis.Map(web);
        var host = new SandboxHost(web, authority, axis, openId);
        try
        {
            await web.StartAsync().ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task WaitForShutdownAsync() => _web.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync().ConfigureAwait(false);
        await _axis.DisposeAsync().ConfigureAwait(false);
        _authority.Dispose();
        OpenId.Dispose();
    }
}
