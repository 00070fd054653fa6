using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Edoc;

namespace DocExchange.Hub.Edges.EdocRest;

/// <summary>
/// The REST dialect of provincial hubs: recognises the operation, authenticates, and hands over. Every answer below its address is in its form,
/// whatever went wrong.
/// </summary>
public sealed class EdocRestEdge
{
    public const string Prefix = "/EdocService";
    private static readonly string[] Post = ["POST"];

    /// <summary>Clients ask for lists with either method.</summary>
    private static readonly string[] GetOrPost = ["GET", "POST"];

    private readonly RequestDelegate _next;
    private readonly EdocCallers _callers;
    private readonly EdgeGuard _guard;
    private readonly Dictionary<string, EdocRestOperation> _operations;

    public EdocRestEdge(RequestDelegate next, EdocCallers callers, EdocRestExchange exchange, EdocRestDirectory directory, EdgeGuard guard)
    {
        (_next, _callers, _guard) = (next, callers, guard);
        _operations = new[]
        {
            new EdocRestOperation(EdocRestOperation.SendDocument, "SendDocument", Post, exchange.SendAsync),
            new EdocRestOperation(EdocRestOperation.GetPendingDocIds, "GetPending", GetOrPost, exchange.ListPendingAsync),
            new EdocRestOperation(EdocRestOperation.GetDocument, "GetDocument", Post, exchange.GetAsync),
            new EdocRestOperation(EdocRestOperation.ConfirmReceived, "ConfirmReceived", Post, exchange.ConfirmAsync),
            new EdocRestOperation(EdocRestOperation.GetOrganizations, "GetOrganizations", GetOrPost, directory.ListAsync),
            new EdocRestOperation(EdocRestOperation.CheckExistDocument, "CheckExistDocumentException", Post, directory.CheckExistAsync),
        }.ToDictionary(o => o.Name, StringComparer.OrdinalIgnoreCase);
    }

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Prefix, out var rest)) return _next(http);
        var operation = _operations.GetValueOrDefault(rest.Value!.Trim('/'));
        return operation is not null && operation.Methods.Contains(http.Request.Method)
            ? _guard.RunAsync(http, operation.Name, () => RunAsync(http, operation), problem => EdocRestAnswers.RefuseAsync(http, operation, problem))
            : EdocRestAnswers.RefuseAsync(http, operation, new Problem(ProblemCatalogue.RequestUnreadable));
    }

    private Task RunAsync(HttpContext http, EdocRestOperation operation)
    {
        var headers = http.Request.Headers;
        var (caller, problem) = _callers.Authenticate(http, Dialects.EdocRest, headers[EdocRestCall.OrganId], headers.Authorization);
        return problem is not null ? EdocRestAnswers.RefuseAsync(http, operation, problem) : operation.Run(new EdocRestCall(http, operation, caller!));
    }
}
