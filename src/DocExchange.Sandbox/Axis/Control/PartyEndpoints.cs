using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis.Control;

/// <summary>Who calls, who can be written to, and how the sandbox's own organisations answer.</summary>
internal static class PartyEndpoints
{
    public static void MapParties(this RouteGroupBuilder at, AxisBook book, CorrespondentDesk correspondents)
    {
        at.MapGet("/systems", () => ControlBody.Answer(book.Systems.Select(Shown)));
        at.MapPost("/systems", http => ControlBody.TakeAsync<AxisSystem>(http, system => Save(book, system)));
        at.MapDelete("/systems/{systemId}", (string systemId) => book.Remove(systemId) ? ControlBody.Answer(book.Systems.Select(Shown)) : ControlBody.Refusal("There is no such system.", StatusCodes.Status404NotFound));

        at.MapGet("/organs", () => ControlBody.Answer(book.Listed));
        at.MapPost("/organs", http => ControlBody.TakeAsync<AxisOrgan>(http, organ => Save(book, organ)));
        at.MapGet("/directory", () => ControlBody.Answer(book.Units));
        at.MapPut("/directory", http => ControlBody.TakeAsync<UnitSettings>(http, units => Set(book, units)));

        at.MapGet("/correspondents", () => ControlBody.Answer(correspondents.All));
        at.MapPost("/correspondents", http => ControlBody.TakeAsync<Correspondent>(http, one => Set(correspondents, one)));
        at.MapDelete("/correspondents/{organ}", (string organ) => correspondents.Remove(organ) ? ControlBody.Answer(correspondents.All) : ControlBody.Refusal("There is no such correspondent.", StatusCodes.Status404NotFound));
    }

    /// <summary>A system without its secret.</summary>
    private static object Shown(AxisSystem system) => new { system.SystemId, system.Serves };

    private static object Save(AxisBook book, AxisSystem system)
    {
        if (string.IsNullOrWhiteSpace(system.SystemId) || string.IsNullOrEmpty(system.Secret)) throw new ArgumentException("systemId and secret are needed.");
        book.Save(system with { Serves = system.Serves ?? [] });
        return Shown(system);
    }

    private static AxisOrgan Save(AxisBook book, AxisOrgan organ)
    {
        if (string.IsNullOrWhiteSpace(organ.Code) || string.IsNullOrWhiteSpace(organ.Name)) throw new ArgumentException("code and name are needed.");
        book.Save(organ);
        return organ;
    }

    private static UnitSettings Set(AxisBook book, UnitSettings units)
    {
        if (units.Problem() is { } problem) throw new ArgumentException(problem);
        return book.Units = units;
    }

    private static Correspondent Set(CorrespondentDesk correspondents, Correspondent one)
    {
        if (one.Problem() is { } problem) throw new ArgumentException(problem);
        correspondents.Set(one);
        return one;
    }
}
