using System.Globalization;
using DocExchange.Axis.Connector;
using DocExchange.Core.Malware;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Malware;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.OpenId;
using DocExchange.Hub.Operations.Tls;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Operations;

/// <summary>Sandbox makes sample keys and may hold demo data; Production refuses both.</summary>
public enum HubMode { Sandbox, Production }

/// <summary>
/// All settings of the hub, section <c>DocExchange</c> of appsettings.json, environment (<c>DocExchange__Port</c>) or command line. Checked
/// as a whole at start: a wrong value names its key, what it is and what to write instead.
/// </summary>
public sealed class HubOptions
{
    public const string Section = "DocExchange";

    /// <summary>The hub's name: first part of its evidence log's origin. Letters, digits, dots and hyphens.</summary>
    public string Name { get; set; } = "docexchange";

    public HubMode Mode { get; set; } = HubMode.Sandbox;

    /// <summary>The one data folder.</summary>
    public string Data { get; set; } = "./data";

    /// <summary>Address to listen on. Loopback unless told otherwise, because the axis SDK's protocol has no encryption of its own.</summary>
    public string Address { get; set; } = "127.0.0.1";

    public int Port { get; set; } = 8080;

    /// <summary>Path prefixes that speak the axis SDK's protocol; an empty one serves its operations at the root.</summary>
    public string[] VxpPrefixes { get; set; } = ["/vxp", ""];

    /// <summary>Largest package accepted, megabytes.</summary>
    public int MaxPackageMegabytes { get; set; } = 100;

    /// <summary>Packages up to this size are written inside the commit, kilobytes; larger ones are files.</summary>
    public int SmallPackageKilobytes { get; set; } = 128;

    /// <summary>Items in one mailbox list.</summary>
    [Reloadable]
    public int MailboxListLimit { get; set; } = 1000;

    /// <summary>How long a peer's status or recall waits for the document it speaks of, hours; then an alarm is raised.</summary>
    public int StatusWaitHours { get; set; } = 72;

    /// <summary>Request headers in all, kilobytes: a circular names its receivers there twice.</summary>
    public int MaxHeaderKilobytes { get; set; } = 256;

    /// <summary>Calls one system may make per second in the long run, over all edges; 0 = as many as it likes.</summary>
    [Reloadable]
    public int RequestsPerSecond { get; set; }

    /// <summary>Calls one system may make at once after a pause; at least <see cref="RequestsPerSecond"/>.</summary>
    [Reloadable]
    public int RequestBurst { get; set; } = 100;

    /// <summary>Resumable uploads one system may have open.</summary>
    [Reloadable]
    public int UploadsPerSystem { get; set; } = 100;

    /// <summary>Announced length of them together, megabytes; one alone may always be as long as a package.</summary>
    [Reloadable]
    public int UploadMegabytesPerSystem { get; set; } = 2048;

    /// <summary>Below this much free space the hub is unready, megabytes.</summary>
    [Reloadable]
    public int MinFreeMegabytes { get; set; } = 200;

    /// <summary>The least level of the hub's own log lines.</summary>
    [Reloadable]
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>Agencies, systems, users and documents to try things with.</summary>
    public bool Demo { get; set; }

    /// <summary>Connections to national axes, by a name of one's own; agencies behind one have the route <c>axis:NAME</c>.</summary>
    public Dictionary<string, AxisSettings> Axes { get; set; } = [];

    /// <summary>Base address of an OpenTelemetry collector (OTLP over HTTP); empty = none.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>Seconds between two exports of metrics.</summary>
    public int OtlpSeconds { get; set; } = 60;

    /// <summary>TLS at the hub itself.</summary>
    public TlsSettings Tls { get; set; } = new();

    /// <summary>Tokens of an OAuth 2.0 issuer that systems may call with.</summary>
    public TokenSettings Tokens { get; set; } = new();

    /// <summary>The organisation's own sign-in for people (OpenID Connect).</summary>
    public OpenIdSettings OpenId { get; set; } = new();

    /// <summary>How strictly people are let in and watched.</summary>
    public PeopleSettings People { get; set; } = new();

    /// <summary>Proxies whose forwarded-for header is believed.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>
    /// Whether tokens of the dialects of provincial hubs are taken over plain HTTP from any address. Otherwise they must come over TLS, from an
    /// address listed for the system, or from this machine.
    /// </summary>
    public bool TokensOverPlainHttp { get; set; }

    /// <summary>How often the evidence log's tiles and checkpoint are published, seconds.</summary>
    public int PublishSeconds { get; set; } = 5;

    /// <summary>Whether the published log is served under <c>/log</c> to anyone: hashes and signatures, nothing else.</summary>
    public bool ServeLog { get; set; } = true;

    /// <summary>Addresses of time-stamping authorities (RFC 3161 over HTTP); each stamps the log's newest head.</summary>
    public string[] TimestampAuthorities { get; set; } = [];

    /// <summary>PEM file with the root certificates that time-stamps must chain to.</summary>
    public string TimestampRoots { get; set; } = "";

    /// <summary>How often the newest head is time-stamped, seconds: by so much, at most, somebody with the hub's key could date evidence back.</summary>
    public int TimestampSeconds { get; set; } = 600;

    /// <summary>Where witnesses keep the heads they co-signed: folders, or addresses of them. Co-signatures are collected there, and the hub does not start behind one.</summary>
    public string[] Witnesses { get; set; } = [];

    /// <summary>PEM file with the certificates of those witnesses or their roots.</summary>
    public string WitnessRoots { get; set; } = "";

    /// <summary>What follows when nobody said whether a certificate is revoked: Soft notes it, Hard lets the signature count for information only, Off never asks.</summary>
    public RevocationPolicy SignatureRevocation { get; set; } = RevocationPolicy.Soft;

    /// <summary>Classes of package signature that are refused: <c>NAME=CLASS,CLASS</c>, NAME an agency's code, a system's id or *.</summary>
    public string[] RefusedSignatures { get; set; } = [];

    /// <summary>Agencies whose SHA-1 signatures are still believed.</summary>
    public string[] Sha1Senders { get; set; } = [];

    /// <summary>Hosts that may be asked whether a certificate is revoked (OCSP, CRL), as <c>host</c> or <c>host:port</c>; nobody else is.</summary>
    public string[] RevocationHosts { get; set; } = [];

    /// <summary>How often they are asked for what is missing, seconds.</summary>
    public int RevocationSeconds { get; set; } = 300;

    /// <summary>Where ClamAV's daemon listens: the path of its socket, or <c>host:port</c>; empty = attachments are not scanned.</summary>
    public string Clamd { get; set; } = "";

    /// <summary>How long it may be silent before it counts as not available, seconds.</summary>
    public int ClamdSeconds { get; set; } = 60;

    /// <summary>What becomes of files it cannot scan: Hold tells the sender "not now", Pass accepts them with a mark and scans them later.</summary>
    public ScannerPolicy WithoutScanner { get; set; } = ScannerPolicy.Hold;

    /// <summary>How often it is asked whether recent documents are to be scanned again, minutes.</summary>
    public int RescanMinutes { get; set; } = 15;

    /// <summary>How long after its acceptance a document is scanned again when the scanner's signatures have changed, days; 0 = never.</summary>
    public int RescanDays { get; set; } = 30;

    /// <summary>PEM file with the security officer's certificate, for whom infected originals are kept encrypted; empty = they are not kept.</summary>
    public string QuarantineCertificate { get; set; } = "";

    /// <summary>How long they are kept, days.</summary>
    public int QuarantineDays { get; set; } = 30;

    /// <summary>How much of them is kept, in MB (2^20 bytes).</summary>
    public int QuarantineMegabytes { get; set; } = 1024;

    /// <summary>What happens when there is no room for one more.</summary>
    public QuarantineWhenFull QuarantineFull { get; set; } = QuarantineWhenFull.DropOldest;

    /// <summary>Every setting that cannot be used, one sentence each.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Require(Name.Length is > 0 and <= 64 && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'),
            nameof(Name), Name, "1 to 64 letters, digits, dots or hyphens, such as docexchange.haugiang");
        Require(Port is >= 0 and <= 65535, nameof(Port), Port, "a port from 1 to 65535, or 0 for a free one");
        Require(System.Net.IPAddress.TryParse(Address, out _), nameof(Address), Address, "an IP address, such as 127.0.0.1 or 0.0.0.0");
        Require(Data.Length > 0, nameof(Data), Data, "the path of the data folder");
        Require(MaxPackageMegabytes is >= 1 and <= 4096, nameof(MaxPackageMegabytes), MaxPackageMegabytes, "1 to 4096");
        Require(SmallPackageKilobytes is >= 0 and <= 1024, nameof(SmallPackageKilobytes), SmallPackageKilobytes, "0 to 1024");
        Require(MailboxListLimit is >= 10 and <= 100_000, nameof(MailboxListLimit), MailboxListLimit, "10 to 100000");
        Require(StatusWaitHours is >= 1 and <= 8760, nameof(StatusWaitHours), StatusWaitHours, "1 to 8760");
        Require(MaxHeaderKilobytes is >= 16 and <= 4096, nameof(MaxHeaderKilobytes), MaxHeaderKilobytes, "16 to 4096");
        Require(RequestsPerSecond is >= 0 and <= 100_000, nameof(RequestsPerSecond), RequestsPerSecond, "1 to 100000, or 0 for no limit");
        Require(RequestBurst is >= 1 and <= 1_000_000, nameof(RequestBurst), RequestBurst, "1 to 1000000");
        Require(UploadsPerSystem is >= 1 and <= 100_000, nameof(UploadsPerSystem), UploadsPerSystem, "1 to 100000");
        Require(UploadMegabytesPerSystem is >= 1 and <= 1_000_000, nameof(UploadMegabytesPerSystem), UploadMegabytesPerSystem, "1 to 1000000");
        Require(MinFreeMegabytes >= 0, nameof(MinFreeMegabytes), MinFreeMegabytes, "0 or more");
        Require(OtlpEndpoint.Length == 0 || (Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var otlp) && otlp.Scheme is ("http" or "https")),
            nameof(OtlpEndpoint), OtlpEndpoint, "an address such as http://127.0.0.1:4318, or nothing");
        Require(OtlpSeconds is >= 1 and <= 3600, nameof(OtlpSeconds), OtlpSeconds, "1 to 3600");
        Require(VxpPrefixes.All(p => p.Length == 0 || (p[0] == '/' && p[^1] != '/')), nameof(VxpPrefixes), string.Join(", ", VxpPrefixes),
            "paths such as /vxp, starting with a slash and not ending with one, or an empty text for the root");
        Require(!(Mode == HubMode.Production && Demo), nameof(Demo), Demo, "false: Production refuses demo data");
        Require(TrustedProxies.All(p => System.Net.IPAddress.TryParse(p, out _)), nameof(TrustedProxies), string.Join(", ", TrustedProxies), "IP addresses");
        problems.AddRange(SignatureOptions.Problems(this));
        problems.AddRange(MalwareOptions.Problems(this));
        Require(RevocationSeconds is >= 1 and <= 86400, nameof(RevocationSeconds), RevocationSeconds, "1 to 86400");
        Require(PublishSeconds is >= 1 and <= 3600, nameof(PublishSeconds), PublishSeconds, "1 to 3600");
        Require(TimestampSeconds is >= 1 and <= 86_400, nameof(TimestampSeconds), TimestampSeconds, "1 to 86400");
        Require(TimestampAuthorities.All(IsHttp), nameof(TimestampAuthorities), string.Join(", ", TimestampAuthorities), "addresses such as http://tsa.example/");
        Require(TimestampAuthorities.Length == 0 || TimestampRoots.Length > 0, nameof(TimestampRoots), TimestampRoots, "the PEM file with the roots of the time-stamping authorities");
        Require(Witnesses.All(w => w.Length > 0), nameof(Witnesses), string.Join(", ", Witnesses), "folders, or addresses such as http://witness.example:9090/");
        Require(Witnesses.Length == 0 || WitnessRoots.Length > 0, nameof(WitnessRoots), WitnessRoots, "the PEM file with the witnesses' certificates");
        foreach (var (name, axis) in Axes)
        {
            if (name.Length is 0 or > 32 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                problems.Add($"{Section}:{nameof(Axes)}:{name}: write a name of 1 to 32 small letters, digits or hyphens, such as national.");
            AddOf($"{nameof(Axes)}:{name}", axis.Problems());
        }
        AddOf(nameof(Tls), Tls.Problems(TrustedProxies.Length > 0));
        AddOf(nameof(Tokens), Tokens.Problems());
        AddOf(nameof(OpenId), OpenId.Problems(Mode));
        return problems;

        void AddOf(string section, IEnumerable<(string Key, object Value, string Instead)> wrong) =>
            problems.AddRange(wrong.Select(each => $"{Section}:{section}:{each.Key} is \"{each.Value}\"; write {each.Instead}."));

        static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

        void Require(bool holds, string key, object value, string instead)
        {
            if (!holds) problems.Add($"{Section}:{key} is \"{Convert.ToString(value, CultureInfo.InvariantCulture)}\"; write {instead}.");
        }
    }
}

/// <summary>The hub will not start; the message says why and what to do.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);
