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
            ChangeAsync(axis, code, axes, parties, (connection, unit) => parties.Book.Directory.Find(unit.ParentId ?? 0) is { } parent
                ? connection.Units.RegisterAsync(unit, parent, HubApi.Actor(http), http.RequestAborted)
                : Task.FromResult<string?>($"{unit.Code} is below nobody: the axis' operator registers provinces")));
        api.MapDelete("/axes/{axis}/units/{code}", (string axis, string code, AxisConnections axes, CurrentParties parties, HttpContext http) =>
            ChangeAsync(axis, code, axes, parties, (connection, unit) => connection.Units.DeleteAsync(unit, HubApi.Actor(http), http.RequestAborted)));
    }

    private static async Task<IResult> ChangeAsync(string axis, string code, AxisConnections axes, CurrentParties parties, Func<AxisConnection, Agency, Task<string?>> change)
    {
        if (axes.All.FirstOrDefault(c => c.Name == axis) is not { } connection) return ApiProblems.NotFound(axis);
        if (parties.Book.Directory.Find(code) is not { } unit) return ApiProblems.NotFound(code);
        // Somebody else's are the axis' to say.
        if (unit.Kind != AgencyKind.Local) return ApiProblems.Of(new Problem(ProblemCatalogue.AxisUnitNotTaken, "code", unit.Code, "it is no unit of this hub"));
        return await change(connection, unit).ConfigureAwait(false) is { } wrong
            ? ApiProblems.Of(new Problem(ProblemCatalogue.AxisUnitNotTaken, "code", unit.Code, wrong.TrimEnd('.')))
            : Results.NoContent();
    }
}
