using DocExchange.Hub.Edges.Edoc;
using DocExchange.Hub.Edges.EdocRest;
using DocExchange.Hub.Edges.Rest;
using DocExchange.Hub.Edges.Rest.Uploads;
using DocExchange.Hub.Edges.Soap.Exchange;
using DocExchange.Hub.Edges.Vxp;

namespace DocExchange.Hub.Edges;

/// <summary>What the edges are made of.</summary>
internal static class EdgeSetup
{
    public static void AddEdges(this IServiceCollection services)
    {
        services.AddSingleton<CallRefusals>();
        services.AddSingleton<EdgeGuard>();
        services.AddSingleton<VxpCallers>();
        services.AddSingleton<VxpRefusals>();
        services.AddSingleton<SeenSignatures>();
        services.AddSingleton<VxpExchange>();
        services.AddSingleton<VxpDirectory>();
        services.AddEdoc();
        services.AddSingleton<RestRefusals>();
        services.AddSingleton<MultipartDesk>();
        services.AddSingleton<UploadStore>();
        services.AddSingleton<UploadDesk>();
        services.AddSingleton<SeenFile>();
        services.AddSingleton<SeenMessages>();
        services.AddSingleton<SoapSignatures>();
        services.AddSingleton<SoapSecurity>();
        services.AddSingleton<SoapCallers>();
        services.AddSingleton<SendOperation>();
        services.AddSingleton<InboxOperations>();
        services.AddSingleton<StatusOperations>();
        services.AddSingleton<TrackingOperations>();
        services.AddSingleton<SoapOperations>();
    }
}
