using DocExchange.Hub.Edges.EdocRest;
using DocExchange.Hub.Edges.EdocSoap;

namespace DocExchange.Hub.Edges.Edoc;

/// <summary>What the dialects of provincial hubs are made of.</summary>
internal static class EdocSetup
{
    public static void AddEdoc(this IServiceCollection services)
    {
        services.AddSingleton<EdocCallers>();
        services.AddSingleton<EdocMailbox>();
        services.AddSingleton<EdocRestExchange>();
        services.AddSingleton<EdocRestDirectory>();
        services.AddSingleton<StatusSubject>();
        services.AddSingleton<Version1Rendering>();
        services.AddSingleton<EdocSoapSubmission>();
        services.AddSingleton<EdocSoapInbox>();
        services.AddSingleton<EdocSoapTraces>();
        services.AddSingleton<EdocSoapDirectory>();
        services.AddSingleton<EdocSoapOperations>();
    }
}
