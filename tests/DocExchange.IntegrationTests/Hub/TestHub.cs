using DocExchange.Axis.Calls;
using System.Net.Sockets;
using System.Text;
using DocExchange.Client;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.Demo;
using DocExchange.Hub.Operations;
using DocExchange.Storage;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>A real hub on a free port with a data folder of its own, the demonstration's directory, and systems with a known secret.</summary>
public sealed class TestHub : IAsyncDisposable
{
    public const string Secret = "0123456789abcdef0123456789abcdef";
    public const string Province = "000.00.00.H30";
    public const string Department = "000.00.12.H30";
    public const string Peer = "truc.mau.01";

    /// <summary>Judged strictly, and serves the bodies that the sample packages name as senders.</summary>
    public const string StrictMinistries = "bo.mau.01";

    private readonly bool _ownsFolder;

    private TestHub(HubApplication hub, string folder, bool ownsFolder) => (Hub, Folder, _ownsFolder) = (hub, folder, ownsFolder);

    public HubApplication Hub { get; }

    public string Folder { get; }

    public HttpClient Http { get; } = new();

    public Uri Address => new(Hub.Address);

    public PartyBook Parties => Hub.Services.GetRequiredService<CurrentParties>().Book;

    public IExchangeStore Store => Hub.Services.GetRequiredService<IExchangeStore>();

    public IPartyStore PartyStore => Hub.Services.GetRequiredService<IPartyStore>();

    public static async Task<TestHub> StartAsync(
        string? folder = null, Action<HubOptions>? configure = null, Func<StoreOptions, StoreOptions>? adjust = null, TimeProvider? time = null,
        Func<HubOptions>? source = null, JobKey? byHand = null)
    {
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("docexchange-test-").FullName;
        var options = new HubOptions { Data = folder, Port = 0 };
        configure?.Invoke(options);
        var hub = await HubApplication.OpenAsync(options, time ?? TimeProvider.System, adjust, source);
        var test = new TestHub(hub, folder, ownsFolder);
        if (test.Parties.Directory.Count == 0) await test.SeedAsync();
        // Every duty has its first turn right after the start: one that a test calls by hand would come between.
        if (byHand is not null) await (await hub.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).PauseJob(byHand);
        await hub.StartAsync();
        return test;
    }

    public VxpClient Client(string system, string? secret = null) =>
        new(Http, new Uri(Address, "vxp"), system, secret ?? Secret, TimeProvider.System);

    public Scope ScopeOf(string system) => Parties.ScopeOf(Parties.FindSystem(system)!);

    public Agency Agency(string code) => Parties.Directory.Find(code)!;

    /// <summary>Ends when something more is committed than now.</summary>
    public Task NextCommitAsync(CancellationToken cancellationToken)
    {
        var relays = Hub.Services.GetRequiredService<IRelayStore>();
        return relays.WaitBeyondAsync(relays.Head, cancellationToken);
    }

    /// <summary>Looks whenever this hub has committed something.</summary>
    internal Task UntilAsync(Func<Task<bool>> holds, string what, int seconds = 120) => Polled.UntilAsync(holds, what, NextCommitAsync, seconds);

    /// <summary>Sends raw bytes over a socket and returns the raw answer; the request is made to close the connection.</summary>
    public Task<RawAnswer> SendRawAsync(byte[] request) => RawAnswer.ToAsync(Address, request);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Hub.StopAsync();
        await Hub.DisposeAsync();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    private async Task SeedAsync()
    {
        var ids = new Dictionary<string, long>();
        foreach (var entry in DemoDirectory.Agencies)
        {
            var agency = new Agency(0, entry.Code, entry.Name, entry.Parent is null ? null : ids[entry.Parent], entry.Kind) { Aliases = entry.Aliases };
            ids[entry.Code] = (await PartyStore.SaveAgencyAsync(agency, "test", default)).Id;
        }
        var external = DemoDirectory.Agencies.Where(a => a.Kind == AgencyKind.External && a.Parent is null).Select(a => new Served(ids[a.Code], true)).ToList();
        await AddSystemAsync(new PartnerSystem(0, Province, Profile.Agency, true, [new Served(ids["H30"], true)]));
        await AddSystemAsync(new PartnerSystem(0, Department, Profile.Agency, true, [new Served(ids["H30.12"], true)]));
        await AddSystemAsync(new PartnerSystem(0, Peer, Profile.Peer, true, external));
        await AddSystemAsync(new PartnerSystem(0, StrictMinistries, Profile.Agency, true, external));
    }

    public async Task<PartnerSystem> AddSystemAsync(PartnerSystem system, string secret = Secret)
    {
        var saved = await PartyStore.SaveSystemAsync(system, "test", default);
        var secrets = Hub.Services.GetRequiredService<SystemSecrets>();
        await secrets.IssueAsync(saved, CredentialKind.Hmac, "test", secret);
        await secrets.IssueAsync(saved, CredentialKind.ApiKey, "test", secret);
        await secrets.IssueAsync(saved, CredentialKind.Token, "test", secret);
        return saved;
    }
}

/// <summary>An HTTP answer as it came over the wire.</summary>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public static async Task<RawAnswer> ToAsync(Uri server, byte[] request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(request);
        return await ReadAsync(stream);
    }

    public static async Task<RawAnswer> ReadAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one) == 0) throw new IOException("The connection ended inside the answer's head: " + Encoding.Latin1.GetString([.. head]));
            head.Add(one[0]);
            // An interim answer (100 Continue) is not the answer.
            if (head.Count >= 4 && head[^2] == '\r' && head[^1] == '\n' && head[^4] == '\r' && Encoding.Latin1.GetString([.. head]).StartsWith("HTTP/1.1 100", StringComparison.Ordinal)) head.Clear();
        }
        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
        {
            var bytes = new byte[int.Parse(length)];
            await stream.ReadExactlyAsync(bytes);
            body.Write(bytes);
        }
        else if (headers.ContainsKey("Transfer-Encoding"))
        {
            await ReadChunksAsync(stream, body);
        }
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1]), headers, body.ToArray());
    }
    private static async Task ReadChunksAsync(Stream stream, MemoryStream body)
    {
        using var lines = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        while (int.Parse((await lines.ReadLineAsync())!, System.Globalization.NumberStyles.HexNumber) is > 0 and var length)
        {
            var chunk = new char[length];
            await lines.ReadBlockAsync(chunk);
            body.Write(Encoding.Latin1.GetBytes(chunk));
            await lines.ReadLineAsync();
        }
    }
}
