using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Soap;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>The operations of the dialect: found by the SOAPAction, or by the message itself where a client sends none.</summary>
internal sealed class EdocSoapOperations
{
    private readonly EdocSoapOperation[] _all;

    public EdocSoapOperations(EdocSoapSubmission submission, EdocSoapInbox inbox, EdocSoapTraces traces, EdocSoapDirectory directory) => _all =
    [
        new("SendDocument", ["Manifest", "edXMLManifest", "AllDocument", "edXMLDocument", "SendDocument"], "M.SendDocument", true, submission.SendAsync),
        new("UpdateTraces", ["Status", "UpdateTraces"], "M.UpdateTraces", true, submission.ReportAsync),
        new("GetPendingDocumentIds", ["GetPendingDocumentIdsRequest", "GetPendingDocumentIds"], "M.GetPendingDocumentIds", false, inbox.ListAsync),
        new("GetDocument", ["GetDocumentRequest", "GetDocument"], "M.GetDocument", false, inbox.GetAsync),
        new("ConfirmReceived", ["ConfirmReceived", "ConfirmReceivedRequest"], "M.ConfirmReceived", false, inbox.ConfirmAsync),
        new("GetTraces", ["GetTraces", "GetTracesRequest"], "M.GetTraces", false, traces.ListAsync),
        new("GetOrganizations", ["GetOrganizations", "GetOrganizationsRequest"], "M.GetOrganizations", false, directory.ListAsync),
        new("CheckPermission", ["CheckPermission"], "M.CheckPermission", false, EdocSoapDirectory.CheckAsync),
    ];

    /// <summary>Null with the operation, or why there is none. An action that asks for something else than the body is refused, not weighed.</summary>
    public Problem? Find(SoapRequest request, out EdocSoapOperation? operation)
    {
        var body = request.Message.Operation?.LocalName;
        var ofBody = Array.Find(_all, o => o.Bodies.Contains(body)) ?? (body is null ? Array.Find(_all, o => request.Message.Headers.Any(h => h.Name.LocalName == o.Name)) : null);
        var action = request.Action is { } written ? written[(written.LastIndexOfAny(['/', '#', ':']) + 1)..] : null;
        operation = action is null ? ofBody : Array.Find(_all, o => o.Name.Equals(action, StringComparison.OrdinalIgnoreCase));
        if (operation is null)
        {
            return new Problem(ProblemCatalogue.SoapOperationUnknown, Value: Problem.Shown(request.Action ?? body ?? "-"), Limit: string.Join(", ", _all.Select(o => o.Name)));
        }
        return ofBody is null || ofBody == operation
            ? null
            : new Problem(ProblemCatalogue.SoapActionDiffers, "SOAPAction", Problem.Shown(request.Action), ofBody.Name);
    }
}
