using DocExchange.Core;
using DocExchange.Core.Intake;
using DocExchange.Core.Problems;
using DocExchange.Hub.Api;
using DocExchange.Hub.Edges.Rest.Description;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>What became of a submission.</summary>
/// <param name="DocId">The hub's id of the document.</param>
/// <param name="Repeated">It had been accepted before; this is its first receipt.</param>
/// <param name="Warnings">What deviates from the standard and was accepted all the same.</param>
public sealed record SendAnswer(string DocId, string ReceiptId, bool Repeated, IReadOnlyList<WarningView> Warnings);

public sealed record WarningView(string Code, string Path, string? Value);

/// <summary>Sending: a package as it is, or the parts of one.</summary>
internal static partial class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder api) => api.MapPost("/documents", SendAsync)
        .WithName("sendDocument").WithSummary("Send a package")
        .WithDescription("The body is an edXML package (application/xml or application/octet-stream), or multipart/form-data with a JSON part named metadata followed by parts named file. "
            + "Accepted means durable: 201 with the receipt's id, 200 when the same document had been accepted before. ?to=CODE narrows delivery to some of its receivers.")
        .Accepts<byte[]>("application/xml", "application/octet-stream", "multipart/form-data")
        .WithTags("Send")
        .WithMetadata(TakenParameters.Key, new TakenParameter("to", "query", "Codes of MessageHeader/To to deliver to now, repeated or separated by commas; all of them without it."),
            new TakenParameter("Repr-Digest", "header", "sha-256=:BASE64: of the package; checked against the bytes that arrive. Content-Digest and the older Digest are read too. Not for multipart."))
        .Produces<SendAnswer>(StatusCodes.Status201Created).Produces<SendAnswer>().Refuses(400, 401, 403, 409, 413, 415, 422, 429, 503);

    /// <summary>The result of the desk in this dialect.</summary>
    public static IResult Answer(HttpContext http, IntakeResult result)
    {
        if (result is IntakeResult.Refused refused)
        {
            if (refused.IsForNow) http.Response.Headers.RetryAfter = "30";
            return ApiProblems.Of(refused.Problem, receiptId: refused.Receipt?.Id);
        }
        var accepted = (IntakeResult.Accepted)result;
        if (accepted.Replayed) http.Response.Headers["Idempotency-Replayed"] = "true";
        var answer = AnswerOf(accepted);
        return accepted.Repeated ? Results.Ok(answer) : Results.Created($"/api/v1/documents/{answer.DocId}", answer);
    }

    public static SendAnswer AnswerOf(IntakeResult.Accepted accepted) => new(accepted.Receipt.DocId, accepted.Receipt.Id, accepted.Repeated,
        [.. accepted.Warnings.Select(w => new WarningView(w.Code, w.Path, w.Value is null ? null : Problem.Shown(w.Value)))]);

    private static async Task<IResult> SendAsync(HttpContext http, RestCaller caller, IntakeDesk desk, MultipartDesk multipart, RestRefusals refusals, ILogger<RestEdge> logger)
    {
        var type = (http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("application/xml" or "text/xml" or "application/octet-stream" or "multipart/form-data"))
        {
            return ApiProblems.Of(new Problem(ProblemCatalogue.RequestUnreadable), StatusCodes.Status415UnsupportedMediaType);
        }
        var onlyTo = RestRequest.OnlyTo(http);
        var unreadableKey = RestRequest.ReadKey(http, RestRequest.Parameters("documents", onlyTo), out var key);
        var unreadableDigest = RestRequest.ReadDigest(http, out var digest);
        if ((unreadableKey ?? unreadableDigest) is { } problem) return await refusals.RefuseAsync(caller, null, problem, http.RequestAborted).ConfigureAwait(false);

        var submission = new Submission
        {
            Caller = caller.System,
            Body = http.Request.BodyReader,
            AnnouncedLength = http.Request.ContentLength,
            IsAnnouncedDigest = digest,
            OnlyTo = onlyTo,
            Key = key,
        };
        var result = type == "multipart/form-data"
            ? await multipart.AcceptAsync(http, submission).ConfigureAwait(false)
            : await desk.AcceptAsync(submission, http.RequestAborted).ConfigureAwait(false);
        Milestones.Reached(Milestones.BeforeReply);
        if (result is IntakeResult.Refused refused) LogRefused(logger, refused.Problem.Code, caller.System.SystemId, refused.Receipt?.Id);
        return Answer(http, result);
    }

    [LoggerMessage(EventId = 2311, Level = LogLevel.Information, Message = "Refused {Code} for system {System}, receipt {Receipt}")]
    private static partial void LogRefused(ILogger logger, string code, string system, string? receipt);
}
