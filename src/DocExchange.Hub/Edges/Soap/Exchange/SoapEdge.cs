using DocExchange.Core;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// The hub's own SOAP interface: reads the envelope as far as its header, settles who calls, and hands the body to the operation that it and
/// the action name. Whatever goes wrong is answered as a fault.
/// </summary>
internal sealed partial class SoapEdge(RequestDelegate next, EdgeGuard guard, SoapCallers callers, SoapOperations operations, CallRefusals refusals, ILogger<SoapEdge> logger)
{
    public const string Path = "/soap/v1";

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase)) return next(http);
        if (HttpMethods.IsGet(http.Request.Method) && SoapDescription.TryFind(http.Request, out var description)) return SoapDescription.WriteAsync(http, description);
        var version = SoapRequest.VersionOf(http.Request);
        return guard.RunAsync(http, Path, () => RunAsync(http, version), problem => SoapFaults.AnswerAsync(http, version, problem));
    }

    private async Task RunAsync(HttpContext http, SoapVersion expected)
    {
        var (ofTransport, problem) = HttpMethods.IsPost(http.Request.Method) ? await callers.OfTransportAsync(http).ConfigureAwait(false) : (null, new Problem(ProblemCatalogue.RequestUnreadable));
        if (problem is not null)
        {
            await SoapFaults.AnswerAsync(http, expected, problem).ConfigureAwait(false);
            return;
        }
        using var request = await SoapRequest.OpenAsync(http.Request, SoapLimits.Default, http.RequestAborted).ConfigureAwait(false);
        var message = request.Message;
        if (message.FirstNotUnderstood(Understands) is { } header)
        {
            await SoapFaults.AnswerAsync(http, message.Version, new Problem(ProblemCatalogue.SoapHeaderNotUnderstood, Value: header.Name.ToString())).ConfigureAwait(false);
            return;
        }
        var caller = callers.Settle(http, message, ofTransport);
        if (caller.Problem is not null)
        {
            await SoapFaults.AnswerAsync(http, message.Version, caller.Problem).ConfigureAwait(false);
            return;
        }
        await RunAsync(http, request, caller).ConfigureAwait(false);
    }

    private async Task RunAsync(HttpContext http, SoapRequest request, SoapCredentials caller)
    {
        var (message, system) = (request.Message, caller.System!);
        var operation = operations.Find(message.Operation);
        var problem = operation is null ? new Problem(ProblemCatalogue.SoapOperationUnknown, Value: message.Operation?.ToString() ?? "-", Limit: string.Join(", ", operations.Names)) : CheckAction(request);
        if (problem is not null)
        {
            var refused = await refusals.RecordAsync(system, message.Operation?.LocalName ?? "-", problem, null, http.RequestAborted).ConfigureAwait(false);
            await SoapFaults.AnswerAsync(http, message.Version, problem, refused?.Id).ConfigureAwait(false);
            return;
        }
        var book = callers.Book;
        var call = new SoapCall(http, request, system, book, book.ScopeOf(system), caller.Signed);
        await AnswerAsync(call, await RunAsync(call, operation!).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>What shows only while it is read that it is unsound is the caller's all the same, and refused with evidence.</summary>
    private static async Task<SoapReply> RunAsync(SoapCall call, Func<SoapCall, Task<SoapReply>> operation)
    {
        try
        {
            return await operation(call).ConfigureAwait(false);
        }
        catch (MessageRefusedException refused)
        {
            return new SoapReply.Refused(refused.Problem);
        }
    }

    private async Task AnswerAsync(SoapCall call, SoapReply reply)
    {
        switch (reply)
        {
            case SoapReply.Answer answer:
                await SoapAnswers.WriteAsync(call, answer.Body).ConfigureAwait(false);
                break;
            case SoapReply.Package package:
                await using (package.Content.ConfigureAwait(false)) await SoapAnswers.WriteAsync(call, package.Body, package.Content).ConfigureAwait(false);
                Milestones.Reached(Milestones.AfterFetch);
                break;
            case SoapReply.Refused refused:
                var isSubmission = SoapOperations.IsSubmission(call.Operation);
                var receipt = refused.Receipt ?? await refusals.RecordAsync(call.System, isSubmission ? null : call.Operation, refused.Problem, null, call.Cancelled).ConfigureAwait(false);
                LogRefused(logger, refused.Problem.Code, call.System.SystemId, receipt?.Id);
                await SoapFaults.AnswerAsync(call.Http, call.Version, refused.Problem, receipt?.Id).ConfigureAwait(false);
                break;
        }
        Milestones.Reached(Milestones.AfterReply);
    }

    private static bool Understands(System.Xml.Linq.XName name) => name == SoapSecurity.Header || SoapAddressing.Understands(name);

    /// <summary>The body decides; an action beside it that says something else is a mistake or an attempt to get past somebody who reads only that.</summary>
    private static Problem? CheckAction(SoapRequest request)
    {
        var expected = SoapOperations.ActionOf(request.Message.Operation!.LocalName);
        return request.Action is { } action && action != expected
            ? new Problem(ProblemCatalogue.SoapActionDiffers, request.Message.Version.Is12 ? "action" : "SOAPAction", action, expected)
            : SoapAddressing.Check(request.Message, expected);
    }

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "Refused {Code} for system {System}, receipt {Receipt}")]
    private static partial void LogRefused(ILogger logger, string code, string system, string? receipt);
}
