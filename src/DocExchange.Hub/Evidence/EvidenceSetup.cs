using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Ports;
using DocExchange.Hub.Evidence.Exports;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Signatures;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Evidence;

/// <summary>What publishes the log, has it time-stamped and collects what witnesses say of it.</summary>
internal static class EvidenceSetup
{
    public const string LogFolderName = "log";

    public static void AddEvidence(this IServiceCollection services, HubOptions options, SqliteStore store, SigningKeyFile key, TimeProvider time)
    {
        services.AddSingleton(_ => key);
        services.AddSingleton<ILogStore>(store.Log);
        services.AddSingleton<IExportStore>(store.Exports);
        services.AddSingleton<ExportDesk>();
        services.AddHostedService<ExportResumption>();
        services.AddSingleton(_ => new LogPublisher(store.Log, FolderOf(options)));
        services.AddSingleton<HttpClient>();
        services.AddSingleton(provider => new HeadStamper(
            store.Log,
            HttpTimestampAuthority.At(options.TimestampAuthorities, provider.GetRequiredService<HttpClient>()),
            () => RootsIn(options.TimestampRoots), time));
        services.AddSingleton(provider => new CosignatureCollector(
            store.Log, [.. options.Witnesses.Select(place => new LogSource(place, provider.GetRequiredService<HttpClient>()))], () => RootsIn(options.WitnessRoots)));
        services.AddSingleton<SupplementDesk>();
        services.AddSignatures(store);
    }

    public static string FolderOf(HubOptions options) => Path.Combine(Path.GetFullPath(options.Data), LogFolderName);

    /// <summary>Witnesses that the hub runs with other settings than before.</summary>
    /// <param name="actor">Who had them changed while the hub runs; null at a start.</param>
    public static Task RecordSettingsAsync(HubOptions options, ILogStore log, string? actor = null) => log.RecordSettingsAsync(
        typeof(HubOptions).GetProperties().ToDictionary(p => p.Name, p => JsonSerializer.Serialize(p.GetValue(options))), actor, CancellationToken.None);

    /// <summary>Read at every use: roots may be exchanged while the hub runs.</summary>
    public static X509Certificate2Collection RootsIn(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return roots;
    }
}
