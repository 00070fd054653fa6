using System.Xml.Linq;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Edoc;
using DocExchange.Hub.Edges.Rejected;
using DocExchange.Hub.Edges.Soap;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// The SOAP dialect of provincial hubs (edXML 1.0): reads the envelope as far as it must to know what is asked and by whom, and hands over.
/// Known calls are answered with a report, whatever became of them; what is no call of this dialect with a fault.
/// </summary>
internal sealed class EdocSoapEdge(RequestDelegate next, EdocCallers callers, EdocSoapOperations operations, CallRefusals refusals, EdgeGuard guard)
{
    public const string Path = "/soap/edoc";

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase)) return next(http);
        var version = SoapRequest.VersionOf(http.Request);
        return guard.RunAsync(http, Path, () => RunAsync(http, version), problem => SoapFaults.AnswerAsync(http, version, problem));
    }

    private async Task RunAsync(HttpContext http, SoapVersion expected)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            await SoapFaults.AnswerAsync(http, expected, new Problem(ProblemCatalogue.RequestUnreadable)).ConfigureAwait(false);
            return;
        }
        EnvelopeTap? envelope = null;
        using var request = await SoapRequest.OpenAsync(http.Request, SoapLimits.Default, http.RequestAborted, bytes => envelope = new EnvelopeTap(bytes)).ConfigureAwait(false);
        EdocSoapOperation? operation = null;
        var problem = request.Message.FirstNotUnderstood(Understands) is { } header
            ? new Problem(ProblemCatalogue.SoapHeaderNotUnderstood, Value: header.Name.ToString())
            : operations.Find(request, out operation);
        if (problem is not null) await SoapFaults.AnswerAsync(http, request.Message.Version, problem).ConfigureAwait(false);
        else await AnswerAsync(http, operation!, request, envelope!).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http, EdocSoapOperation operation, SoapRequest request, EnvelopeTap envelope)
    {
        XElement? body = null;
        if (!operation.IsSubmission)
        {
            if (request.Message.Operation is not null) body = await request.Message.Xml.ReadElementAsync().ConfigureAwait(false);
            await request.EndAsync(http.RequestAborted).ConfigureAwait(false);
        }
        var (organId, token) = EdocSoapCredentials.Find(request.Message, body);
        var (caller, problem) = callers.Authenticate(http, Dialects.EdocSoap, organId, token);
        var call = new EdocSoapCall(http, operation, request, envelope, caller!, body, token ?? "");
        if (problem is not null) await EdocSoapAnswer.RefuseAsync(call, problem, null).ConfigureAwait(false);
        else await RunAsync(call).ConfigureAwait(false);
    }

    /// <summary>What shows only while it is read that it is unsound is the caller's all the same, and refused with evidence.</summary>
    private async Task RunAsync(EdocSoapCall call)
    {
        try
        {
            await call.Operation.Run(call).ConfigureAwait(false);
        }
        catch (MessageRefusedException refused) when (!call.Http.Response.HasStarted)
        {
            var receipt = await refusals.RecordAsync(call.Caller.System, call.Operation.IsSubmission ? null : call.Operation.Name, refused.Problem, null, call.Cancelled).ConfigureAwait(false);
            await EdocSoapAnswer.RefuseAsync(call, refused.Problem, receipt).ConfigureAwait(false);
        }
    }

    /// <summary>The dialect's own blocks, by whatever namespace a writer gives them.</summary>
    private static bool Understands(XName name) => name.LocalName is "MessageHeader" or "TraceHeaderList" or "Signature" or "ErrorList" or "CheckPermission" or "Token";
}
