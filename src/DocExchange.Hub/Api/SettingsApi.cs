using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Api;

/// <summary>Settings that a running hub takes over.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this IEndpointRouteBuilder api) =>
        api.MapPost("/settings/reload", async (SettingsReload reload, HttpContext http) =>
        {
            try
            {
                return Results.Json(await reload.RunAsync(HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false));
            }
            catch (StartRefusedException refused)
            {
                return ApiProblems.Of(new Problem(ProblemCatalogue.SettingsRefused, Limit: refused.Message.TrimEnd('.')));
            }
        });
}
