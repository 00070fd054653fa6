using System.Text;
using DocExchange.Core.Tracking;
using DocExchange.Sandbox.Axis.Calls;
using DocExchange.Sandbox.Axis.Control;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Faults;
using DocExchange.Sandbox.Axis.Packages;
using DocExchange.Sandbox.Axis.Parties;
using DocExchange.Sandbox.Axis.Seen;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DocExchange.Sandbox.Axis;

/// <summary>The parts of one axis, put together; a web application carries it.</summary>
internal sealed class AxisServer : IAsyncDisposable
{
    private const int LargestHeaders = 1024 * 1024;

    public AxisServer(SandboxAxisOptions options, ILoggerFactory loggers)
    {
        Settings = new AxisSettings(options);
        Faults = new SandboxAxisFaults(options.Seed);
        Seen = new SandboxAxisSeen(options.MaxSeenCalls);
        Book = new AxisBook(options.Time, options.Seed) { Units = options.Units };
        foreach (var organ in options.Organs) Book.Save(organ);
        foreach (var system in options.Systems) Book.Save(system);
        Folder = new PackageFolder(options.Folder);
        Exchange = new AxisExchange(Settings, options.MaxDocuments);
        Intake = new AxisIntake(Book, Exchange, Settings, Folder, options.Packages);
        Letters = new LetterDesk(Book, Intake, Folder, Settings);
        Correspondents = new CorrespondentDesk(Book, Exchange, Intake, Settings, loggers.CreateLogger<CorrespondentDesk>());
        foreach (var correspondent in options.Correspondents) Correspondents.Set(correspondent);
        Copies = new PackageCopies(new PackageRewriter(Folder, options.Packages), Settings);
    }

    public AxisSettings Settings { get; }
    public SandboxAxisFaults Faults { get; }
    public SandboxAxisSeen Seen { get; }
    public AxisBook Book { get; }
    public PackageFolder Folder { get; }
    public AxisExchange Exchange { get; }
    public AxisIntake Intake { get; }
    public LetterDesk Letters { get; }
    public CorrespondentDesk Correspondents { get; }
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
        web.Use(next => http => IsForeign(http) ? RefuseForeignAsync(http) : next(http));
        var operations = new AxisOperations(
            new SendDesk(Intake, Exchange, Settings), new MailboxDesk(Exchange, Copies, Settings), new DirectoryDesk(Book, Settings));
        var callers = new AxisCallers(Book, Settings);
        web.Use(next => new AxisEdge(next, callers, operations, Faults, Seen, Settings).InvokeAsync);
        var control = web.MapGroup("/sandbox");
        control.MapFaults(Faults);
        control.MapSeen(Seen, Exchange);
        control.MapParties(Book, Correspondents);
        control.MapExchange(this);
        control.MapPage(this);
    }

    /// <summary>Has an organisation report a status of a document; 13 is reported by the document's sender to it.</summary>
    /// <exception cref="ArgumentException">The document or the code is unknown, or the status is refused.</exception>
    public async Task<string> ReportAsync(string docId, string organ, string code, string? text)
    {
        var document = Exchange.Look(documents => documents.GetValueOrDefault(docId)) ?? throw new ArgumentException("There is no such document.", nameof(docId));
        if (!HandlingStatus.TryParse(code, out var status)) throw new ArgumentException($"A code is one of {HandlingStatus.AllTexts}.", nameof(code));
        var sender = document.Envelope.From.OrganId ?? document.From;
        var (from, to) = status == HandlingStatus.RecallAsked ? (sender, organ) : (organ, sender);
        return (await Correspondents.ReportAsync(document.Envelope, from, to, status, text).ConfigureAwait(false)).Expect();
    }

    /// <summary>No documents, calls and faults, as after a start; systems, organisations, correspondents and readings stay.</summary>
    public async Task ResetAsync()
    {
        Faults.Clear();
        foreach (var document in Exchange.Clear()) await PackageFolder.DeleteAsync(document).ConfigureAwait(false);
        Seen.Clear();
    }

    /// <summary>A page of another site must not turn the knobs through somebody's browser. A link may lead here: what is read goes to the reader alone.</summary>
    private static bool IsForeign(HttpContext http) => !HttpMethods.IsGet(http.Request.Method) && http.Request.Headers["Sec-Fetch-Site"] is var site && (site == "cross-site" || site == "same-site");

    private static Task RefuseForeignAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Correspondents.DisposeAsync().ConfigureAwait(false);
        Folder.Dispose();
    }
}
