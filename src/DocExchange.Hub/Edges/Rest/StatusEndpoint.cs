using System.Text.Json;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Packages;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Received;
using DocExchange.Hub.Edges.Rest.Description;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>What the recipient's office did with a document.</summary>
/// <param name="Code">01 to 06, 15, 16 (docs/statuses.md).</param>
/// <param name="At">When it did it. Required: with the code and the document it says which report this is, so that a repetition is one.</param>
/// <param name="Description">Required for 02 and 16.</param>
public sealed record StatusRequest(string Code, DateTimeOffset At, string? Description = null, StatusStaff? Staff = null);

/// <summary>Who handles it, and how to reach them.</summary>
public sealed record StatusStaff(string? Department = null, string? Name = null, string? Email = null, string? Mobile = null);

/// <summary>Reporting a status without writing edXML. The package the hub writes passes the same desk as one that was sent.</summary>
internal static class StatusEndpoint
{
    private const int Largest = 64 * 1024;

    public static void MapStatuses(this IEndpointRouteBuilder api) => api.MapPost("/inbox/{itemId}/statuses", ReportAsync)
        .WithName("reportStatus").WithSummary("Report a status of a received document")
        .WithDescription("The hub writes the edXML status package from the request and hands it to the sender of the document.")
        .Accepts<StatusRequest>("application/json")
        .WithTags("Receive").WithMetadata(TakenParameters.Key)
        .Produces<SendAnswer>(StatusCodes.Status201Created).Produces<SendAnswer>().Refuses(400, 401, 403, 404, 422, 429, 503);

    private static async Task<IResult> ReportAsync(
        HttpContext http, string itemId, RestCaller caller, IExchangeStore store, IPackageStore packages, PackageLimits limits, IntakeDesk desk, RestRefusals refusals)
    {
        var problem = RestRequest.ReadKey(http, RestRequest.Parameters("statuses", [itemId]), out var key);
        var item = await store.FindItemAsync(caller.Scope, itemId, http.RequestAborted).ConfigureAwait(false);
        if (item is not { Kind: MessageKind.Document }) problem ??= new Problem(ProblemCatalogue.DeliveryNotFound, Value: itemId);
        if (problem is not null) return await refusals.RefuseAsync(caller, "statuses", problem, http.RequestAborted).ConfigureAwait(false);

        using var staging = new RequestStaging(packages, limits with { MaxPackageBytes = Largest }, http.Request.ContentLength);
        problem = await staging.AddAsync("status", null, http.Request.ContentType, http.Request.Body, http.RequestAborted).ConfigureAwait(false);
        StatusRequest? status = null;
        problem ??= Read(staging, out status);
        StatusPackage? package = null;
        if (problem is null && !StatusPackage.TryMake(item!, status!, out package)) problem = new Problem(ProblemCatalogue.RequestUnreadable, "description");
        if (problem is not null) return await refusals.RefuseAsync(caller, "statuses", problem, http.RequestAborted).ConfigureAwait(false);

        var submission = new Submission { Caller = caller.System, Body = http.Request.BodyReader, Key = key };
        var result = await package!.AcceptAsync(desk, submission, staging, http.RequestAborted).ConfigureAwait(false);
        Milestones.Reached(Milestones.BeforeReply);
        return DocumentEndpoints.Answer(http, result);
    }

    private static Problem? Read(RequestStaging staging, out StatusRequest? status)
    {
        status = null;
        try
        {
            status = JsonSerializer.Deserialize<StatusRequest>(staging.First, MultipartDesk.Json);
            return status is null ? new Problem(ProblemCatalogue.RequestIncomplete, "code") : null;
        }
        catch (JsonException fault)
        {
            return new Problem(ProblemCatalogue.RequestIncomplete, MultipartDesk.MemberOf(fault, "status"));
        }
    }
}
