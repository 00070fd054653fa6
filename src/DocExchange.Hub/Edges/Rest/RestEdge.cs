using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.Edges.Rejected;
using DocExchange.Hub.Api;
using DocExchange.Hub.Operations;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>
/// What every call of the JSON interface passes: who calls is settled before a byte of the body is read, and whatever goes wrong is
/// answered as a problem (RFC 9457).
/// </summary>
internal sealed partial class RestEdge(RequestDelegate next, SystemCallers systems, ApiCallers callers, Permissions permissions, CallRates rates, IHostApplicationLifetime lifetime, ILogger<RestEdge> logger)
{
    public const string Prefix = "/api";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Prefix))
        {
            await next(http).ConfigureAwait(false);
            return;
        }
        try
        {
            if (await AdmitAsync(http).ConfigureAwait(false) is { } refusal)
            {
                await refusal.ExecuteAsync(http).ConfigureAwait(false);
                return;
            }
            await next(http).ConfigureAwait(false);
            // The framework's own refusals have no body.
            if (!http.Response.HasStarted && http.Response.ContentType is null && http.Response.StatusCode is 404 or 405 or 415)
            {
                await ApiProblems.Of(new Problem(ProblemCatalogue.RequestUnreadable), http.Response.StatusCode).ExecuteAsync(http).ConfigureAwait(false);
            }
        }
        catch (StoreUnavailableException fault)
        {
            LogUnavailable(logger, fault.Message, fault.InnerException?.Message);
            await AnswerAsync(http, new Problem(ProblemCatalogue.HubNotReady, Value: "store")).ConfigureAwait(false);
        }
        catch (CallersBusyException)
        {
            await AnswerAsync(http, new Problem(ProblemCatalogue.HubBusy)).ConfigureAwait(false);
        }
        catch (BadHttpRequestException fault)
        {
            LogUnreadable(logger, fault.Message);
            await AnswerAsync(http, RejectedRequests.ProblemOf(fault), fault.StatusCode).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; whatever it sent will come again.
        }
        catch (Exception fault)
        {
            var id = Ids.New();
            LogFault(logger, fault, id, http.Request.Path);
            await AnswerAsync(http, new Problem(ProblemCatalogue.HubFault, Value: id), StatusCodes.Status500InternalServerError).ConfigureAwait(false);
        }
    }

    /// <summary>Why the call goes no further; null when it may.</summary>
    private async Task<IResult?> AdmitAsync(HttpContext http)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close";
            return ApiProblems.Of(new Problem(ProblemCatalogue.HubStopping));
        }
        // No endpoint, or the framework's own for a wrong method: it answers by itself.
        if (http.GetEndpoint() is not RouteEndpoint endpoint) return null;
        switch (KindOf(http, endpoint))
        {
            case CallerKind.Anyone:
                return null;
            case CallerKind.System:
                var (system, problem) = await systems.FindAsync(http).ConfigureAwait(false);
                if (system is null) return Unauthorised(http, "Bearer", problem!);
                if (!rates.TryTake(system, out var retryAfter))
                {
                    http.Response.Headers.RetryAfter = retryAfter;
                    return ApiProblems.Of(new Problem(ProblemCatalogue.RateExceeded));
                }
                http.Items[RestCaller.Item] = system;
                return null;
            case (CallerKind.Operator or CallerKind.SecurityOfficer or CallerKind.Approver or CallerKind.Auditor) and var kind:
                if (await callers.FindPersonAsync(http, http.RequestAborted).ConfigureAwait(false) is not { } account)
                {
                    return Unauthorised(http, "Basic realm=\"DocExchange\"", new Problem(http.Request.Headers.Authorization.Count > 0 ? ProblemCatalogue.CallerNotAuthentic : ProblemCatalogue.CredentialsMissing));
                }
                if (await permissions.FindObjectionAsync(account, kind, http).ConfigureAwait(false) is { } objection) return ApiProblems.Of(objection, StatusCodes.Status403Forbidden);
                http.Items[RestCaller.Item] = account;
                return null;
            default:
                // An endpoint that says nothing of its callers is nobody's.
                return ApiProblems.Of(new Problem(ProblemCatalogue.RequestUnreadable), StatusCodes.Status404NotFound);
        }
    }

    private static CallerKind? KindOf(HttpContext http, RouteEndpoint endpoint)
    {
        var kind = endpoint.Metadata.GetMetadata<CallerNeeded>()?.Kind;
        if (kind != CallerKind.SystemOrOperator) return kind;
        return http.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? CallerKind.Operator : CallerKind.System;
    }

    private static IResult Unauthorised(HttpContext http, string scheme, Problem problem)
    {
        http.Response.Headers.WWWAuthenticate = scheme;
        return ApiProblems.Of(problem, StatusCodes.Status401Unauthorized);
    }

    private static Task AnswerAsync(HttpContext http, Problem problem, int? status = null)
    {
        if (http.Response.HasStarted)
        {
            // A half-sent answer must not look whole.
            http.Abort();
            return Task.CompletedTask;
        }
        http.Response.Clear();
        if (problem.Kind.Step == ProblemStep.Fault && status is null) http.Response.Headers.RetryAfter = "30";
        return ApiProblems.Of(problem, status).ExecuteAsync(http);
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Error, Message = "The store cannot commit: {Reason} {Cause}")]
    private static partial void LogUnavailable(ILogger logger, string reason, string? cause);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Information, Message = "A request could not be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Error, Message = "Fault {Id} in {Path}")]
    private static partial void LogFault(ILogger logger, Exception fault, string id, string path);
}

/// <summary>Endpoint metadata: who may call it.</summary>
internal sealed record CallerNeeded(CallerKind Kind);
