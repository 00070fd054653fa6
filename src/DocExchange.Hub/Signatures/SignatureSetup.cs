using DocExchange.Core.Ports;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Trust;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Signatures;

/// <summary>The trust list, what asks about revocation, and the hub's signature over copies.</summary>
internal static class SignatureSetup
{
    public static void AddSignatures(this IServiceCollection services, SqliteStore store)
    {
        services.AddSingleton<ITrustStore>(store.Trust);
        services.AddSingleton<IRejudgingStore>(store.Rejudging);
        services.AddSingleton<PackageRejudging>();
        services.AddSingleton<CopySignatures>();
        services.AddSingleton<SignedCopies>();
        services.AddSingleton<RevocationDesk>();
        services.AddSingleton<ExpiryForecast>();
    }
}
