using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Rejected;

/// <summary>
/// A body that shows only while it streams that it is none of this protocol: cut off, a part too many, markup that is not safe to read.
/// Thrown out of the stream, so that whoever reads it takes nothing; the edge answers with the problem.
/// </summary>
internal sealed class MessageRefusedException(Problem problem) : BadHttpRequestException(problem.Code, StatusCodes.Status400BadRequest)
{
    public Problem Problem { get; } = problem;
}
