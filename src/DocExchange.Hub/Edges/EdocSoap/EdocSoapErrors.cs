using DocExchange.Axis.Codes;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>The words of this dialect for <c>Error/Code</c>. Findings in a message keep the dotted codes that all provincial hubs write.</summary>
internal static class EdocSoapErrors
{
    public static string CodeOf(Problem problem, EdocSoapOperation operation)
    {
        // Those that carry a signature block are missed it, the others their two values.
        if (problem.Kind == ProblemCatalogue.CredentialsMissing) return operation.IsSubmission ? "CheckSignature" : "CheckPermission";
        // A document that is not the caller's has a word of its own in one operation only.
        if (problem.Kind == ProblemCatalogue.DeliveryNotFound) return operation.Name == "GetDocument" ? "M.GetDocumentCheckAllow" : operation.ErrorCode;
        var code = AxisErrors.PeerCodeOf(problem);
        return code == problem.Code ? operation.ErrorCode : code;
    }
}
