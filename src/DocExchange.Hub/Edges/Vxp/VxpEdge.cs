using DocExchange.Axis.Protocol;
using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>
/// The axis SDK's protocol under its prefixes: recognises the operation, authenticates, and hands over. Every answer below a prefix carries
/// what the SDK needs to read it, whatever went wrong.
/// </summary>
public sealed class VxpEdge
{
    private readonly RequestDelegate _next;
    private readonly VxpCallers _callers;
    private readonly CallRates _rates;
    private readonly EdgeGuard _guard;
    private readonly string[] _prefixes;
    private readonly Dictionary<string, Operation> _operations;

    public VxpEdge(
        RequestDelegate next, HubOptions options, VxpCallers callers, CallRates rates, VxpExchange exchange, VxpDirectory directory, EdgeGuard guard)
    {
        (_next, _callers, _rates, _guard) = (next, callers, rates, guard);
        _prefixes = [.. options.VxpPrefixes.OrderByDescending(p => p.Length)];
        _operations = new Dictionary<string, Operation>(StringComparer.OrdinalIgnoreCase)
        {
            [VxpOperations.GetAgenciesList] = new("POST", directory.ListAsync),
            [VxpOperations.GetAgenciesListQD20] = new("POST", directory.ListQD20Async),
            [VxpOperations.GetSynchronizeUnit] = new("POST", directory.ListUnitsAsync),
            [VxpOperations.RegisterAgency] = new("POST", directory.RegisterAsync),
            [VxpOperations.DeleteAgency] = new("POST", directory.DeleteAsync),
            [VxpOperations.SendEdoc] = new("POST", exchange.SendAsync),
            [VxpOperations.GetReceivedEdocList] = new("POST", exchange.ListReceivedAsync),
            [VxpOperations.GetEdoc] = new("POST", exchange.GetAsync),
            [VxpOperations.DownloadEdoc] = new("GET", exchange.DownloadAsync),
            [VxpOperations.UpdateStatus] = new("POST", exchange.UpdateStatusAsync),
            [VxpOperations.GetSentEdocList] = new("POST", exchange.ListSentAsync),
            [VxpOperations.CountReceiveEdoc] = new("POST", exchange.CountDocumentsAsync),
            [VxpOperations.CountReceiveStatus] = new("POST", exchange.CountStatusesAsync),
        };
    }

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        foreach (var prefix in _prefixes)
        {
            if (!path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || (path.Length > prefix.Length && path[prefix.Length] != '/')) continue;
            var name = path.Length > prefix.Length ? path[(prefix.Length + 1)..] : "";
            if (_operations.TryGetValue(name, out var operation)) return AnswerAsync(http, name, operation);
            // Below a named prefix nothing else lives; at the root other pages do, which nobody asks for with this protocol's headers.
            if (prefix.Length > 0 || http.Request.Headers.ContainsKey(VxpNames.HashHeader)) return VxpAnswers.RefuseAsync(http, name, new Problem(ProblemCatalogue.RequestUnreadable));
        }
        return _next(http);
    }

    private Task AnswerAsync(HttpContext http, string name, Operation operation) =>
        _guard.RunAsync(http, name, () => RunAsync(http, name, operation), problem => VxpAnswers.RefuseAsync(http, name, problem));

    private Task RunAsync(HttpContext http, string name, Operation operation)
    {
        if (!HttpMethods.Equals(http.Request.Method, operation.Method)) return VxpAnswers.RefuseAsync(http, name, new Problem(ProblemCatalogue.RequestUnreadable));
        var (call, problem) = _callers.Authenticate(http);
        if (problem is null && !_rates.TryTake(call!.System, out var retryAfter))
        {
            http.Response.Headers.RetryAfter = retryAfter;
            problem = new Problem(ProblemCatalogue.RateExceeded);
        }
        return problem is not null ? VxpAnswers.RefuseAsync(http, name, problem) : operation.Run(call!);
    }

    private sealed record Operation(string Method, Func<VxpCall, Task> Run);
}
