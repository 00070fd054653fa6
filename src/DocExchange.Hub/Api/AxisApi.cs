using DocExchange.Axis.Connector;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Axes;

namespace DocExchange.Hub.Api;

/// <summary>The axes for operators: how each is doing, and which of this hub's units it knows.</summary>
internal static class AxisApi
{
    public static void MapAxes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/axes", async (AxisConnections axes) => Results.Json(await axes.ConditionAsync().ConfigureAwait(false)));
        api.MapPut("/axes/{axis}/units/{code}", (string axis, string code, AxisConnections axes, CurrentParties parties, HttpContext http) =>
            ChangeAsync(axis, code, axes, parties, (units, unit, parent) => units.RegisterAsync(unit, parent, HubApi.Actor(http), http.RequestAborted)));
        api.MapDelete("/axes/{axis}/units/{code}", (string axis, string code, AxisConnections axes, CurrentParties parties, HttpContext http) =>
            ChangeAsync(axis, code, axes, parties, (units, unit, _) => units.DeleteAsync(unit, HubApi.Actor(http), http.RequestAborted)));
    }

    private static async Task<IResult> ChangeAsync(string axis, string code, AxisConnections axes, CurrentParties parties, Func<AxisUnits, Agency, Agency, Task<Problem?>> change)
    {
        if (axes.All.FirstOrDefault(c => c.Name == axis) is not { } connection) return ApiProblems.Of(new Problem(ProblemCatalogue.NothingOfThatName, "axis", axis));
        if (parties.Book.Directory.Find(code) is not { } unit) return ApiProblems.Of(new Problem(ProblemCatalogue.NothingOfThatName, "code", code));
        // Somebody else's are the axis' to say, and so is what stands at the top.
        if (unit.Kind != AgencyKind.Local || parties.Book.Directory.Find(unit.ParentId ?? 0) is not { } parent)
            return ApiProblems.Of(new Problem(ProblemCatalogue.AxisUnitNotOurs, "code", unit.Code));
        return await change(connection.Units, unit, parent).ConfigureAwait(false) is { } problem ? ApiProblems.Of(problem) : Results.NoContent();
    }
}
