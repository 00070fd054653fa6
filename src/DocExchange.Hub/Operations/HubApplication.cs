using System.Diagnostics;
using System.Net;
using System.Text;
using DocExchange.Core.Intake;
using DocExchange.Core.Malware;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Ports;
using DocExchange.Core.Routing;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Tracking;
using DocExchange.Core.Validation;
using DocExchange.Core.Validation.Papers;
using DocExchange.Hub.Agencies;
using DocExchange.Hub.Api;
using DocExchange.Hub.Axes;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Sessions;
using DocExchange.Hub.Demo;
using DocExchange.Hub.Edges;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.Edges.Edoc;
using DocExchange.Hub.Edges.EdocRest;
using DocExchange.Hub.Edges.EdocSoap;
using DocExchange.Hub.Edges.Rejected;
using DocExchange.Hub.Edges.Rest;
using DocExchange.Hub.Edges.Rest.Description;
using DocExchange.Hub.Edges.Rest.Uploads;
using DocExchange.Hub.Edges.Soap.Exchange;
using DocExchange.Hub.Edges.Vxp;
using DocExchange.Hub.Operations.Telemetry;
using DocExchange.Hub.Operations.Tls;
using DocExchange.Hub.Evidence;
using DocExchange.Hub.Malware;
using DocExchange.Hub.OpenId;
using DocExchange.Hub.Operator;
using DocExchange.Hub.People;
using DocExchange.Hub.Scheduling;
using DocExchange.Hub.Signatures;
using DocExchange.Storage;
using DocExchange.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DocExchange.Hub.Operations;

/// <summary>The hub as one object: a data folder, the pipeline and the edges on a web server. The composition root.</summary>
public sealed partial class HubApplication : IAsyncDisposable
{
    private readonly WebApplication _web;
    private IDisposable? _rejected;

    private readonly SigningKeyFile _signing;

    private HubApplication(WebApplication web, HubOptions options, SqliteStore store, SigningKeyFile signing)
    {
        (_web, Options, Store, _signing) = (web, options, store, signing);
    }

    public HubOptions Options { get; }

    public SqliteStore Store { get; }

    public HubKey Key => _signing.Current;

    public IServiceProvider Services => _web.Services;

    /// <summary>Where it listens; with port 0, the port it was given.</summary>
    public string Address => _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Opens the data folder and prepares the edges; nothing listens yet.</summary>
    /// <param name="source">Where settings are read again; null = they stay as they are.</param>
    /// <param name="adjust">How tests open the store differently; null in the product.</param>
    /// <exception cref="StartRefusedException">A setting or the data folder cannot be used.</exception>
    public static async Task<HubApplication> OpenAsync(HubOptions options, TimeProvider time, Func<StoreOptions, StoreOptions>? adjust = null, Func<HubOptions>? source = null)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new StartRefusedException(string.Join(Environment.NewLine, problems));
        var (store, key, box, parties) = OpenFolder(options, time, adjust ?? (o => o));
        var signing = OpenKeys(options, store, key);
        var unreachable = await CheckStartAsync(options, store, signing).ConfigureAwait(false);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            // The builder would watch that folder and all below it for changed settings, which nobody reads; a data folder in there would pay for it with every write.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        var identity = options.Tls.Certificate.Length > 0 ? new TlsIdentity(options.Tls, time) : null;
        if (identity is not null) builder.Services.AddSingleton(identity);
        Listen(builder, options, parties, identity);
        builder.Logging.ClearProviders();
        if (options.Mode == HubMode.Production) builder.Logging.AddJsonConsole();
        else builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("DocExchange", level => level >= options.LogLevel)
            // While this category is on, the server makes an activity with ids of its own for every request; nothing here reads them, and faults are logged elsewhere.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // The session keys lie in the data folder, readable by its owner only, like all other keys; there is nothing to warn of.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        AddHub(builder.Services, options, time, store, signing, box, parties);
        builder.Services.AddSingleton(new SettingsSource(source ?? (() => options)));
        var web = builder.Build();
        var hub = new HubApplication(web, options, store, signing);
        foreach (var witness in unreachable) LogWitnessSilent(web.Logger, witness);
        await store.Parties.LoadAsync(CancellationToken.None).ConfigureAwait(false);
        await web.Services.GetRequiredService<AxisConnections>().EnsureSystemsAsync().ConfigureAwait(false);
        await web.Services.GetRequiredService<SignInGate>().OpenAsync().ConfigureAwait(false);
        await AlarmLog.OpenAsync(store.Alarms, web.Services.GetRequiredService<ILoggerFactory>()).ConfigureAwait(false);
        hub._rejected = RejectedAnswer.Listen(web.Services.GetRequiredService<DiagnosticListener>(), options);
        web.MapHealth();
        MetricsPage.Map(web);
        _ = web.Services.GetRequiredService<OtlpExport>();
        // Before routing and the pages' sign-in, which the server would otherwise put in front of everything: this protocol has an own way for both.
        web.UseMiddleware<VxpEdge>();
        web.UseRouting();
        web.UseAuthentication();
        web.UseMiddleware<RestEdge>();
        web.UseMiddleware<EdocRestEdge>();
        web.UseMiddleware<SoapEdge>();
        web.UseMiddleware<EdocSoapEdge>();
        web.MapLog();
        web.MapHubApi();
        web.MapClerkPages();
        if (options.Demo) await DemoData.EnsureAsync(hub).ConfigureAwait(false);
        return hub;
    }

    public Task StartAsync() => _web.StartAsync();

    public Task WaitForShutdownAsync() => _web.WaitForShutdownAsync();

    public Task StopAsync() => _web.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync().ConfigureAwait(false);
        _rejected?.Dispose();
        Store.Dispose();
        _signing.Dispose();
    }

    private static SigningKeyFile OpenKeys(HubOptions options, SqliteStore store, HubKey key)
    {
        try
        {
            return new SigningKeyFile(options, store, key);
        }
        catch (KeyStoreException fault)
        {
            store.Dispose();
            key.Dispose();
            throw new StartRefusedException(fault.Message, fault);
        }
    }

    /// <summary>Nothing may be signed before the store is known to be the newest.</summary>
    private static async Task<IReadOnlyList<string>> CheckStartAsync(HubOptions options, SqliteStore store, SigningKeyFile signing)
    {
        try
        {
            var unreachable = await StartCheck.RunAsync(options, store.Log).ConfigureAwait(false);
            await EvidenceSetup.RecordSettingsAsync(options, store.Log).ConfigureAwait(false);
            return unreachable;
        }
        catch
        {
            store.Dispose();
            signing.Dispose();
            throw;
        }
    }

    [LoggerMessage(EventId = 3107, Level = LogLevel.Warning, Message = "Whether this store is the newest could not be asked of the witness {Witness}")]
    private static partial void LogWitnessSilent(ILogger logger, string witness);

    private static (SqliteStore Store, HubKey Key, SecretBox Box, CurrentParties Parties) OpenFolder(
        HubOptions options, TimeProvider time, Func<StoreOptions, StoreOptions> adjust)
    {
        var folder = Path.GetFullPath(options.Data);
        var keys = Path.Combine(folder, "keys");
        try
        {
            var credentials = Path.Combine(folder, DemoData.CredentialsFile);
            if (options.Mode == HubMode.Production && File.Exists(credentials))
            {
                throw new StartRefusedException($"{HubOptions.Section}:{nameof(HubOptions.Mode)} is Production, but {credentials} says that this folder holds demo data. Give Production a folder of its own with --data.");
            }
            Core.DurableFile.CreateDirectory(folder);
            Core.DurableFile.CloseToOthers(folder);
            var parties = new CurrentParties();
            var key = KeyStore.OpenOrCreate(keys, options.Name, time, allowSample: options.Mode == HubMode.Sandbox);
            if (options.Mode == HubMode.Production && key.IsSample)
            {
                throw new StartRefusedException($"{HubOptions.Section}:{nameof(HubOptions.Mode)} is Production, but the signing key in {keys} is a sample. Put the hub's own PKCS#12 file there.");
            }
            var box = KeyStore.OpenOrCreateSecretBox(keys);
            var store = SqliteStore.Open(adjust(new StoreOptions(folder, options.Name) { SmallLimit = options.SmallPackageKilobytes * 1024 }), key, time, parties);
            return (store, key, box, parties);
        }
        catch (Exception fault) when (fault is StoreRefusedException or KeyStoreException or UnauthorizedAccessException or IOException)
        {
            throw new StartRefusedException(fault.Message, fault);
        }
    }

    private static void Listen(WebApplicationBuilder builder, HubOptions options, CurrentParties parties, TlsIdentity? identity)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port, listen =>
            {
                if (identity is not null) listen.UseTls(identity, parties, options.Tls);
                listen.Use(RejectedAnswer.Wrap);
            });
            // The packages' own limit is counted while they stream; the header limit is enforced in the edge, where the answer can be worded.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestHeadersTotalSize = options.MaxHeaderKilobytes * 1024 * 4;
            // Many short ones are too many bytes before they are too many: again so that the answer can be worded.
            kestrel.Limits.MaxRequestHeaderCount = options.MaxHeaderKilobytes * 256;
            // The axis SDK sends the low bytes of characters outside ASCII; UTF-8 decoding would answer them with an empty 400.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
    }

    private static void AddHub(
        IServiceCollection services, HubOptions options, TimeProvider time, SqliteStore store, SigningKeyFile signing, SecretBox box, CurrentParties parties)
    {
        var limits = PackageLimits.Default with { MaxPackageBytes = options.MaxPackageMegabytes * 1024L * 1024, StagingFolder = store.Packages.StagingFolder };
        services.AddSingleton(options);
        services.AddSingleton(limits);
        services.AddSingleton(time);
        services.AddSingleton(parties);
        services.AddSingleton(box);
        services.AddSingleton(store);
        services.AddSingleton(store.Health);
        services.AddSingleton(store.Alarms);
        services.AddSingleton<IExchangeStore>(store.Exchange);
        services.AddSingleton<IPartyStore>(store.Parties);
        services.AddSingleton<IAccountStore>(store.Accounts);
        services.AddSingleton<IRelayStore>(store.Relays);
        services.AddSingleton(new Rejudging(store.Rejudging, store.Trust.Current, time));
        services.AddSingleton<IPackageStore>(store.Packages);
        var malware = services.AddMalware(options, store, limits, time);
        services.AddSingleton(provider => new SignatureDesk(store.Trust.Current, options.ToSignatureSettings(), limits, time, SignatureFaults.Into(provider)));
        services.AddSingleton(provider => Pipeline(options, time, store, limits, malware, provider.GetRequiredService<SignatureDesk>()));
        services.AddSingleton<IntakeDesk>();
        services.AddCallers(options);
        services.AddEdges();
        services.AddSingleton<ApiCallers>();
        services.AddPeople();
        services.AddOpenId();
        services.AddSingleton<ImportDesk>();
        services.AddSingleton<WaitingFiles>();
        services.AddSingleton<CallRates>();
        services.AddSingleton<StoreGauges>();
        services.AddSingleton<MetricsPage>();
        services.AddSingleton(_ => new OtlpExport(options, store.Epoch.Origin));
        services.AddSingleton<SettingsReload>();
        services.AddApiDescription();
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(form => form.MultipartBodyLengthLimit = ImportDesk.LargestFile);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        SessionCookies.Add(services, options);
        services.AddAxes();
        services.AddEvidence(options, store, signing, time);
        services.AddSchedule(options);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull);
    }

    private static ExchangePipeline Pipeline(HubOptions options, TimeProvider time, SqliteStore store, PackageLimits limits, (MalwareDesk? Desk, Quarantine? Quarantine) malware, SignatureDesk signatures) => new(
    [
        new UnpackStage(store.Packages, limits),
        new AuthoriseStage(),
        new DeduplicateStage(store.Exchange),
        new ValidateStage(ValidationRules.Default, ValidationSettings.Default, new SecretPapers(limits)),
        new VerifyStage(signatures),
        new RouteStage(),
        new ScanStage(malware.Desk, options.WithoutScanner, malware.Quarantine, store.Alarms),
        new SealStage(),
        new CommitStage(store.Exchange),
    ]);
}
