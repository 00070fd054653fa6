using System.Text.Json;
using System.Text.Json.Serialization;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Api;

/// <summary>A refusal as RFC 9457 problem details, in both languages, with what to do about it.</summary>
/// <param name="Code">Stable, DX-nnnn; docs/problems.md has a section for each.</param>
/// <param name="Path">The field it is about.</param>
/// <param name="ReceiptId">The signed refusal; GET /api/v1/receipts/{id} gives it.</param>
public sealed record ProblemView(
    string Type, string Title, int Status, string Code, string? Path, string Detail,
    [property: JsonPropertyName("detailVi")] string DetailVietnamese, string Fix,
    [property: JsonPropertyName("fixVi")] string FixVietnamese, string? ReceiptId);

/// <summary>Renders refusals.</summary>
internal static class ApiProblems
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(Problem problem, int? status = null, string? receiptId = null) =>
        Results.Json(View(problem, status ?? StatusOf(problem), receiptId), contentType: ContentType, statusCode: status ?? StatusOf(problem));

    public static ProblemView View(Problem problem, int status, string? receiptId) => new(
        $"urn:docexchange:problem:{problem.Code}", problem.Kind.Title, status, problem.Code, problem.Path.Length == 0 ? null : problem.Path,
        problem.English, problem.Vietnamese, problem.FixEnglish, problem.FixVietnamese, string.IsNullOrEmpty(receiptId) ? null : receiptId);

    /// <summary>With a further member (RFC 9457 §3.2) that says more than a sentence can.</summary>
    public static IResult With<T>(Problem problem, string member, T value, JsonSerializerOptions spelling)
    {
        var json = JsonSerializer.SerializeToNode(View(problem, StatusOf(problem), null), spelling)!.AsObject();
        json[member] = JsonSerializer.SerializeToNode(value, spelling);
        return Results.Json(json, contentType: ContentType, statusCode: StatusOf(problem));
    }

    public static IResult NotFound(string id) => Of(new Problem(ProblemCatalogue.DeliveryNotFound, Value: id));

    private static int StatusOf(Problem problem)
    {
        if (problem.Kind == ProblemCatalogue.RateExceeded || problem.Kind == ProblemCatalogue.UploadsOpen) return StatusCodes.Status429TooManyRequests;
        if (problem.Kind == ProblemCatalogue.CallerSuspended || problem.Kind == ProblemCatalogue.Withheld) return StatusCodes.Status403Forbidden;
        if (problem.Kind == ProblemCatalogue.PackageTooLarge) return StatusCodes.Status413PayloadTooLarge;
        if (problem.Kind == ProblemCatalogue.RequestUnreadable || problem.Kind == ProblemCatalogue.RequestIncomplete) return StatusCodes.Status400BadRequest;
        if (problem.Kind == ProblemCatalogue.RequestTimedOut) return StatusCodes.Status408RequestTimeout;
        if (problem.Kind == ProblemCatalogue.UploadOffsetDiffers) return StatusCodes.Status409Conflict;
        if (problem.Kind == ProblemCatalogue.RequestKeyTaken) return StatusCodes.Status422UnprocessableEntity;
        if (problem.Kind == ProblemCatalogue.DeliveryNotFound || problem.Kind == ProblemCatalogue.NothingOfThatName) return StatusCodes.Status404NotFound;
        if (problem.Kind == ProblemCatalogue.ContentGone || problem.Kind == ProblemCatalogue.LostInRestore) return StatusCodes.Status410Gone;
        return problem.Kind.Step switch
        {
            ProblemStep.Authenticity => StatusCodes.Status401Unauthorized,
            ProblemStep.Sender => StatusCodes.Status403Forbidden,
            ProblemStep.Duplicate => StatusCodes.Status409Conflict,
            ProblemStep.Fault => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
    }
}
