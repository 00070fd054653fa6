using System.Text;
using DocExchange.Sandbox.Axis.Calls;
using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Faults;
using DocExchange.Sandbox.Axis.Packages;
using DocExchange.Sandbox.Axis.Parties;
using DocExchange.Sandbox.Axis.Seen;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DocExchange.Sandbox.Axis;

/// <summary>The parts of one axis, put together; a web application carries it.</summary>
internal sealed class AxisServer : IDisposable
{
    private const int LargestHeaders = 1024 * 1024;

    public AxisServer(SandboxAxisOptions options)
    {
        Settings = new AxisSettings(options);
        Faults = new SandboxAxisFaults(options.Seed);
        Seen = new SandboxAxisSeen(options.MaxSeenCalls);
        Book = new AxisBook(options.Time);
        foreach (var organ in options.Organs) Book.Save(organ);
        foreach (var system in options.Systems) Book.Save(system);
        Folder = new PackageFolder(options.Folder);
        Exchange = new AxisExchange(Settings, options.MaxDocuments);
        Intake = new AxisIntake(Book, Exchange, Settings, Folder, options.Packages);
        Copies = new PackageCopies(new PackageRewriter(Folder, options.Packages), Settings);
    }

    public AxisSettings Settings { get; }
    public SandboxAxisFaults Faults { get; }
    public SandboxAxisSeen Seen { get; }
    public AxisBook Book { get; }
    public PackageFolder Folder { get; }
    public AxisExchange Exchange { get; }
    public AxisIntake Intake { get; }
    public PackageCopies Copies { get; }

    /// <summary>What the protocol needs of the server: large headers with bytes as they are, bodies of any size and pace.</summary>
    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        kestrel.Limits.MaxRequestHeaderCount = 1000;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
    }

    public void Map(WebApplication web)
    {
        var operations = new AxisOperations(
            new SendDesk(Intake, Exchange, Settings), new MailboxDesk(Exchange, Copies, Settings), new DirectoryDesk(Book, Settings));
        var callers = new AxisCallers(Book, Settings);
        web.Use(next => new AxisEdge(next, callers, operations, Faults, Seen, Settings).InvokeAsync);
    }

    public void Dispose() => Folder.Dispose();
}
