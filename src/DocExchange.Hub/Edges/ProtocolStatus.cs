using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges;

/// <summary>The HTTP status of a refusal in the older protocols: 200 for what their answers have words for, the true one where a client must stop or wait.</summary>
internal static class ProtocolStatus
{
    public static int Of(Problem problem)
    {
        if (problem.Kind == ProblemCatalogue.CredentialsMissing) return StatusCodes.Status401Unauthorized;
        if (problem.Kind == ProblemCatalogue.PackageTooLarge) return StatusCodes.Status413PayloadTooLarge;
        if (problem.Kind == ProblemCatalogue.HeadersTooLarge) return StatusCodes.Status431RequestHeaderFieldsTooLarge;
        if (problem.Kind == ProblemCatalogue.RateExceeded) return StatusCodes.Status429TooManyRequests;
        if (problem.Kind == ProblemCatalogue.RequestTimedOut) return StatusCodes.Status408RequestTimeout;
        if (problem.Kind == ProblemCatalogue.RequestUnreadable) return StatusCodes.Status400BadRequest;
        if (problem.Kind == ProblemCatalogue.HubFault) return StatusCodes.Status500InternalServerError;
        return problem.Kind.Step == ProblemStep.Fault ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
    }
}
