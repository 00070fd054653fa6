using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Callers;

/// <summary>What tells the edges who calls.</summary>
internal static class CallersSetup
{
    public static void AddCallers(this IServiceCollection services, HubOptions options)
    {
        services.AddSingleton<CallerLines>();
        services.AddSingleton<CallerRefusals>();
        services.AddSingleton<SystemSecrets>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<IssuerLine>();
        services.AddSingleton<IssuedTokens>();
        services.AddSingleton(provider => new IssuerKeys(
            options.Tokens.Keys, provider.GetRequiredService<IssuerLine>().Http, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IssuerKeys>>()));
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<SystemCallers>();
    }
}
