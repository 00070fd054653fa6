using System.Collections.Frozen;
using DocExchange.Axis.Codes;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>The words of this dialect for <c>Error/Code</c>. Findings in a message keep the dotted codes that all provincial hubs write.</summary>
internal static class EdocSoapErrors
{
    private static readonly FrozenDictionary<ProblemKind, string> Words = new Dictionary<ProblemKind, string>
    {
        [ProblemCatalogue.CallerNotAuthentic] = "Permission",
        [ProblemCatalogue.CredentialsMissing] = "CheckPermission",
    }.ToFrozenDictionary();

    public static string CodeOf(Problem problem, EdocSoapOperation operation)
    {
        // A document that is not the caller's has a word of its own in one operation only.
        if (problem.Kind == ProblemCatalogue.DeliveryNotFound) return operation.Name == "GetDocument" ? "M.GetDocumentCheckAllow" : operation.ErrorCode;
        if (Words.TryGetValue(problem.Kind, out var word)) return word;
        var code = AxisErrors.PeerCodeOf(problem);
        return code == problem.Code ? operation.ErrorCode : code;
    }
}
