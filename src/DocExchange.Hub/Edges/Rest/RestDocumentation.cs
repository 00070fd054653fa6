namespace DocExchange.Hub.Edges.Rest;

/// <summary>What the OpenAPI document says of refusals, in one place.</summary>
internal static class RestDocumentation
{
    /// <summary>Names the statuses an endpoint refuses with; each carries a problem.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) endpoint.Produces<Api.ProblemView>(status, "application/problem+json");
        return endpoint;
    }
}
