using DocExchange.Core.Parties;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Api;

/// <summary>The JSON interface: receipts and tracking for systems, the directory and dead letters for operators.</summary>
internal static class HubApi
{
    private const string CallerItem = "caller";

    public static void MapHubApi(this WebApplication web)
    {
        var systems = web.MapGroup("/api/v1").AddEndpointFilter(async (context, next) =>
        {
            var callers = context.HttpContext.RequestServices.GetRequiredService<ApiCallers>();
            if (callers.FindSystem(context.HttpContext) is not { } system) return Unauthorised(context.HttpContext, "Bearer");
            context.HttpContext.Items[CallerItem] = system;
            return await next(context).ConfigureAwait(false);
        });
        systems.MapTracking();

        var operators = web.MapGroup("/api/v1").AddEndpointFilter(async (context, next) =>
        {
            var callers = context.HttpContext.RequestServices.GetRequiredService<ApiCallers>();
            if (await callers.FindOperatorAsync(context.HttpContext, context.HttpContext.RequestAborted).ConfigureAwait(false) is not { } account)
            {
                return Unauthorised(context.HttpContext, "Basic realm=\"DocExchange\"");
            }
            context.HttpContext.Items[CallerItem] = account;
            return await next(context).ConfigureAwait(false);
        });
        operators.MapAgencies();
        operators.MapSystems();
        operators.MapDirectoryRequests();
        operators.MapDeadLetters();
    }

    /// <summary>Who acts, by internal id, for the evidence.</summary>
    public static string Actor(HttpContext http) => "account " + ((Account)http.Items[CallerItem]!).Id;

    public static PartnerSystem System(HttpContext http) => (PartnerSystem)http.Items[CallerItem]!;

    private static IResult Unauthorised(HttpContext http, string scheme)
    {
        http.Response.Headers.WWWAuthenticate = scheme;
        var sent = http.Request.Headers.Authorization.Count > 0;
        return ApiProblems.Of(new Problem(sent ? ProblemCatalogue.CallerNotAuthentic : ProblemCatalogue.CredentialsMissing), StatusCodes.Status401Unauthorized);
    }
}
