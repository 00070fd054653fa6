using System.Net;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Faults;
using DocExchange.Sandbox.Axis.Parties;
using DocExchange.Sandbox.Axis.Seen;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DocExchange.Sandbox.Axis;

/// <summary>
/// A national axis to try systems against, on this machine and in memory: it speaks the axis SDK's protocol as the server and does wrong what it
/// is told to. Several can run in one process. Everything here may be called from any thread.
/// </summary>
public sealed class SandboxAxis : IAsyncDisposable
{
    /// <summary>Below this path, as real adapters have it; any other prefix works as well.</summary>
    public const string Path = "/XrdAdapter/adapter";

    private readonly WebApplication _web;
    private readonly AxisServer _server;

    private SandboxAxis(WebApplication web, AxisServer server) => (_web, _server) = (web, server);

    /// <summary>Where the operations are.</summary>
    public Uri Address => new(new Uri(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Path);

    public SandboxAxisFaults Faults => _server.Faults;

    public SandboxAxisSeen Seen => _server.Seen;

    /// <summary>How the axis reads what the protocol leaves open; takes effect with the next call.</summary>
    public AxisReadings Readings
    {
        get => _server.Settings.Readings;
        set => _server.Settings.Readings = value;
    }

    public UnitSettings Units
    {
        get => _server.Book.Units;
        set => _server.Book.Units = value.Problem() is { } problem ? throw new ArgumentException(problem, nameof(value)) : value;
    }

    /// <summary>Every document held with what became of it at each receiver, in order of arrival.</summary>
    public IReadOnlyList<HeldDocument> Documents => HeldDocument.All(_server.Exchange);

    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<SandboxAxis> StartAsync(SandboxAxisOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            AxisServer.Configure(kestrel);
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var web = builder.Build();
        var server = new AxisServer(options, web.Services.GetRequiredService<ILoggerFactory>());
        server.Map(web);
        var axis = new SandboxAxis(web, server);
        try
        {
            await web.StartAsync().ConfigureAwait(false);
            return axis;
        }
        catch
        {
            await axis.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Adds a system or replaces the one of that id, its secret with it.</summary>
    public void Register(AxisSystem system) => _server.Book.Save(system);

    public void Register(AxisOrgan organ) => _server.Book.Save(organ);

    /// <summary>Sets how an organisation of the sandbox answers.</summary>
    /// <exception cref="ArgumentException">It cannot be; the message says why.</exception>
    public void Set(Correspondent correspondent)
    {
        if (correspondent.Problem() is { } problem) throw new ArgumentException(problem, nameof(correspondent));
        _server.Correspondents.Set(correspondent);
    }

    /// <summary>Puts a package of anybody into its receivers' lists, from the stream's position to its end. Its sender need not be a system here.</summary>
    /// <returns>The axis' id of the document.</returns>
    /// <exception cref="ArgumentException">The axis would refuse it; the message says why.</exception>
    public async Task<string> DeliverAsync(Stream package, CancellationToken ct = default) => (await _server.Letters.PutAsync(package, ct).ConfigureAwait(false)).Expect();

    /// <summary>As the other, for an envelope and its files; a status envelope takes no files.</summary>
    public async Task<string> DeliverAsync(Envelope envelope, IReadOnlyList<AttachmentPayload>? attachments = null, CancellationToken ct = default) =>
        (await _server.Letters.PutAsync(envelope, attachments ?? [], ct).ConfigureAwait(false)).Expect();

    /// <summary>Has a letter written and delivered.</summary>
    public async Task<string> DeliverAsync(SampleLetter letter, CancellationToken ct = default)
    {
        if (letter.Problem() is { } problem) throw new ArgumentException(problem, nameof(letter));
        return (await _server.Letters.WriteAsync(letter, ct).ConfigureAwait(false)).Expect();
    }

    /// <summary>Has an organisation report a status of a document; 13 is reported by the document's sender to <paramref name="organ"/>, every other code by it.</summary>
    /// <exception cref="ArgumentException">The document or the code is unknown, or the axis would refuse the status.</exception>
    public Task<string> ReportAsync(string docId, string organ, string code, string? text = null) => _server.ReportAsync(docId, organ, code, text);

    /// <summary>The bytes of a document as they were sent; null when it is not held.</summary>
    public Stream? OpenReceived(string docId) =>
        _server.Exchange.Look(documents => documents.TryGetValue(docId, out var document) ? Packages.PackageFolder.Open(document.Received) : null);

    /// <summary>No documents, calls and faults, as after a start; systems, organisations, correspondents and readings stay.</summary>
    public Task ResetAsync() => _server.ResetAsync();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }
}
