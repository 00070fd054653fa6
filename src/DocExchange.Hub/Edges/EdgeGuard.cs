using DocExchange.Core;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges;

/// <summary>Runs one call of a protocol with a form of its own for refusals: while the hub stops it takes none, and whatever goes wrong is answered in the protocol's form.</summary>
public sealed partial class EdgeGuard(IHostApplicationLifetime lifetime, ILogger<EdgeGuard> logger)
{
    /// <param name="refuse">Answers in the protocol's form; nothing has been sent when it is called.</param>
    public async Task RunAsync(HttpContext http, string operation, Func<Task> run, Func<Problem, Task> refuse)
    {
        try
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                http.Response.Headers.Connection = "close";
                await refuse(new Problem(ProblemCatalogue.HubStopping)).ConfigureAwait(false);
                return;
            }
            await run().ConfigureAwait(false);
        }
        catch (StoreUnavailableException fault)
        {
            LogUnavailable(logger, fault.Message, fault.InnerException?.Message);
            await RefuseIfPossibleAsync(http, refuse, new Problem(ProblemCatalogue.HubNotReady, Value: "store")).ConfigureAwait(false);
        }
        catch (BadHttpRequestException fault)
        {
            LogUnreadable(logger, fault.Message);
            await RefuseIfPossibleAsync(http, refuse, RejectedRequests.ProblemOf(fault)).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; whatever it sent will come again.
        }
        catch (Exception fault)
        {
            var id = Ids.New();
            LogFault(logger, fault, id, operation);
            await RefuseIfPossibleAsync(http, refuse, new Problem(ProblemCatalogue.HubFault, Value: id)).ConfigureAwait(false);
        }
    }

    private static Task RefuseIfPossibleAsync(HttpContext http, Func<Problem, Task> refuse, Problem problem)
    {
        if (!http.Response.HasStarted) return refuse(problem);
        // A half-sent answer must not look whole.
        http.Abort();
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "The store cannot commit: {Reason} {Cause}")]
    private static partial void LogUnavailable(ILogger logger, string reason, string? cause);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "A request could not be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Error, Message = "Fault {Id} in {Operation}")]
    private static partial void LogFault(ILogger logger, Exception fault, string id, string operation);
}
