using System.Collections.Frozen;
using DocExchange.Axis.Codes;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.EdocRest;

/// <summary>The words of this dialect for <c>errors[].code</c>. Findings in a package keep the dotted codes that all provincial hubs write.</summary>
internal static class EdocRestErrors
{
    public const string InvalidCredentials = "Invalid Credentials";
    private const string InternalServer = "InternalServer";

    private static readonly FrozenDictionary<ProblemKind, string> Words = new Dictionary<ProblemKind, string>
    {
        [ProblemCatalogue.ProtocolWordUnknown] = "MessageType",
        [ProblemCatalogue.DocumentIdTaken] = "ExistDoc",
        [ProblemCatalogue.CodeTaken] = "ExistDoc",
        [ProblemCatalogue.DeliveryNotFound] = "DocID",
        [ProblemCatalogue.Withheld] = "DocID",
        [ProblemCatalogue.RequestTimedOut] = "BadRequest",
    }.ToFrozenDictionary();

    /// <param name="operation">Names the failure where the dialect has no other word; null before the operation is known.</param>
    public static string CodeOf(Problem problem, EdocRestOperation? operation)
    {
        if (problem.Kind.Step == ProblemStep.Fault) return InternalServer;
        if (problem.Kind.Step == ProblemStep.Authenticity && problem.Kind != ProblemCatalogue.HeadersTooLarge && problem.Kind != ProblemCatalogue.RateExceeded) return InvalidCredentials;
        if (Words.TryGetValue(problem.Kind, out var word)) return word;
        var code = AxisErrors.PeerCodeOf(problem);
        // Where other hubs have no word, the hub's own stands in the description.
        return code == problem.Code ? operation?.ErrorCode ?? "BadRequest" : code;
    }
}
