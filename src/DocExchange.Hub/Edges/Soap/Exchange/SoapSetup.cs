namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>What the SOAP interface is made of.</summary>
internal static class SoapSetup
{
    public static void AddSoap(this IServiceCollection services)
    {
        services.AddSingleton<SeenMessages>();
        services.AddSingleton<SoapSecurity>();
        services.AddSingleton<SoapCallers>();
        services.AddSingleton<SendOperation>();
        services.AddSingleton<InboxOperations>();
        services.AddSingleton<StatusOperations>();
        services.AddSingleton<TrackingOperations>();
        services.AddSingleton<SoapOperations>();
    }
}
