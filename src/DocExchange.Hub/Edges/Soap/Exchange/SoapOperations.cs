using System.Xml.Linq;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>The operations of the interface by name. One that carries a package reads its request itself; the others get it whole.</summary>
internal sealed class SoapOperations
{
    private readonly Dictionary<string, Func<SoapCall, Task<SoapReply>>> _operations;

    public SoapOperations(SendOperation send, InboxOperations inbox, StatusOperations statuses, TrackingOperations tracking) => _operations = new()
    {
        ["SendDocument"] = send.SendAsync,
        ["ListInbox"] = call => ReadAsync(call, inbox.ListAsync),
        ["GetDocument"] = call => ReadAsync(call, inbox.GetAsync),
        ["ConfirmReceived"] = call => ReadAsync(call, inbox.ConfirmAsync),
        ["ReportStatus"] = call => ReadAsync(call, statuses.ReportAsync),
        ["RecallDocument"] = call => ReadAsync(call, statuses.RecallAsync),
        ["GetStatus"] = call => ReadAsync(call, tracking.StatusAsync),
        ["GetReceipt"] = call => ReadAsync(call, tracking.ReceiptAsync),
        ["GetDirectory"] = call => ReadAsync(call, TrackingOperations.DirectoryAsync),
    };

    public IEnumerable<string> Names => _operations.Keys;

    /// <summary>As the description names it: the SOAPAction, the action parameter and wsa:Action.</summary>
    public static string ActionOf(string operation) => $"{SoapFaults.DetailNamespace}/{operation}";

    /// <summary>The operation for a body's child, or null.</summary>
    public Func<SoapCall, Task<SoapReply>>? Find(XName? name) => name?.Namespace == SoapCall.Names ? _operations.GetValueOrDefault(name.LocalName) : null;

    /// <summary>True for the one whose refusals are those of a submission.</summary>
    public static bool IsSubmission(string operation) => operation == "SendDocument";

    private static async Task<SoapReply> ReadAsync(SoapCall call, Func<SoapCall, XElement, Task<SoapReply>> run)
    {
        // Only a package may be signed as something other than what stands in the body.
        if (call.Signed?.Body is not null) return new SoapReply.Refused(new Problem(ProblemCatalogue.MessageSignatureUnsound, "Body"));
        var request = await call.Request.Message.Xml.ReadElementAsync().ConfigureAwait(false);
        await call.Request.EndAsync(call.Cancelled).ConfigureAwait(false);
        return await run(call, request).ConfigureAwait(false);
    }
}
