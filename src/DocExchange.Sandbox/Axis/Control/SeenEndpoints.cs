using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Packages;
using DocExchange.Sandbox.Axis.Seen;

namespace DocExchange.Sandbox.Axis.Control;

/// <summary>Reading back what the axis saw and holds. Lists go on behind the number given as <c>after</c>.</summary>
internal static class SeenEndpoints
{
    private const int Page = 1000;

    public static void MapSeen(this RouteGroupBuilder at, SandboxAxisSeen seen, AxisExchange exchange)
    {
        at.MapGet("/seen", (string? operation, long? after, int? take) => ControlBody.Answer(new
        {
            forgotten = seen.Forgotten,
            calls = (operation is null ? seen.Calls : seen.Of(operation)).Where(call => call.Number > (after ?? 0)).Take(Math.Clamp(take ?? Page, 0, Page)),
        }));
        at.MapDelete("/seen", () =>
        {
            seen.Clear();
            return ControlBody.Answer(new { forgotten = seen.Forgotten });
        });
        at.MapGet("/documents", (int? after, int? take) => ControlBody.Answer(HeldDocument.All(exchange).Skip(after ?? 0).Take(Math.Clamp(take ?? Page, 0, Page))));
        at.MapGet("/documents/{docId}/received", (string docId) => exchange.Look(documents => documents.GetValueOrDefault(docId)) is { } document
            ? Results.Stream(PackageFolder.Open(document.Received), "application/octet-stream")
            : ControlBody.Refusal("There is no such document.", StatusCodes.Status404NotFound));
    }
}
