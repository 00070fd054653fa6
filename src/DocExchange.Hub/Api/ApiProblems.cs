using System.Text.Json.Serialization;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Api;

/// <summary>A refusal as RFC 9457 problem details, both languages and the fix included.</summary>
internal static class ApiProblems
{
    public static IResult Of(Problem problem, int? status = null, string? receiptId = null) => Results.Json(
        new Details($"urn:docexchange:problem:{problem.Code}", problem.Kind.Title, status ?? StatusOf(problem), problem.Code, problem.Path.Length == 0 ? null : problem.Path,
            problem.English, problem.Vietnamese, problem.FixEnglish, problem.FixVietnamese, receiptId),
        contentType: "application/problem+json", statusCode: status ?? StatusOf(problem));

    public static IResult NotFound(string id) => Of(new Problem(ProblemCatalogue.DeliveryNotFound, Value: id), StatusCodes.Status404NotFound);

    private static int StatusOf(Problem problem) => problem.Kind.Step switch
    {
        ProblemStep.Authenticity => StatusCodes.Status401Unauthorized,
        ProblemStep.Sender => StatusCodes.Status403Forbidden,
        ProblemStep.Fault => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private sealed record Details(
        string Type, string Title, int Status, string Code, string? Path, string Detail,
        [property: JsonPropertyName("detailVi")] string DetailVietnamese, string Fix,
        [property: JsonPropertyName("fixVi")] string FixVietnamese, string? ReceiptId);
}
