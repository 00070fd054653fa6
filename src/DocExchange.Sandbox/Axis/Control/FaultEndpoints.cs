using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.Sandbox.Axis.Control;

/// <summary>Setting and clearing faults.</summary>
internal static class FaultEndpoints
{
    public static void MapFaults(this RouteGroupBuilder at, SandboxAxisFaults faults)
    {
        at.MapGet("/faults", () => ControlBody.Answer(faults.Current));
        at.MapPost("/faults", http => ControlBody.TakeAsync<AxisFault>(http, fault => new { id = faults.Set(fault) }));
        at.MapPut("/faults", http => ControlBody.TakeAsync<AxisFault[]>(http, all => Replace(faults, all)));
        at.MapDelete("/faults", () =>
        {
            faults.Clear();
            return ControlBody.Answer(faults.Current);
        });
        at.MapDelete("/faults/{id:int}", (int id) => faults.Remove(id) ? ControlBody.Answer(faults.Current) : ControlBody.Refusal("There is no such fault.", StatusCodes.Status404NotFound));
    }

    private static object Replace(SandboxAxisFaults faults, AxisFault[] all)
    {
        if (all.Select(fault => fault.Problem()).FirstOrDefault(problem => problem is not null) is { } problem) throw new ArgumentException(problem);
        faults.Clear();
        foreach (var fault in all) faults.Set(fault);
        return faults.Current;
    }
}
