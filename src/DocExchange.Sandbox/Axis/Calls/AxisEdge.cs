using System.Diagnostics;
using DocExchange.Axis.Protocol;
using DocExchange.Core;
using DocExchange.Sandbox.Axis.Faults;
using DocExchange.Sandbox.Axis.Seen;

namespace DocExchange.Sandbox.Axis.Calls;

/// <summary>
/// The protocol over HTTP, under any prefix: recognises the operation by the last segment of the path, lets faults happen, authenticates, has
/// the operation done, and notes what was seen.
/// </summary>
internal sealed class AxisEdge(RequestDelegate next, AxisCallers callers, AxisOperations operations, SandboxAxisFaults faults, SandboxAxisSeen seen, AxisSettings settings)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (!operations.Has(name, http.Request.Method))
        {
            await next(http).ConfigureAwait(false);
            return;
        }
        var number = seen.NextNumber();
        var started = settings.Time.GetTimestamp();
        var plan = faults.Plan(name, http.Request.Headers[VxpNames.HeaderPrefix + VxpNames.SystemId]);
        var call = new SeenCall
        {
            Number = number, At = settings.Time.GetUtcNow(), Operation = name, Method = http.Request.Method, Path = path,
            SystemId = http.Request.Headers[VxpNames.HeaderPrefix + VxpNames.SystemId], Faults = plan.Names,
        };
        try
        {
            call = await AnswerAsync(http, name, plan, call).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The caller left; what it was told by then is in the note.
            call = call with { Text = call.Text ?? "The caller left." };
        }
        finally
        {
            seen.Add(call with { Took = settings.Time.GetElapsedTime(started) });
        }
    }

    private async Task<SeenCall> AnswerAsync(HttpContext http, string name, FaultPlan plan, SeenCall call)
    {
        if (plan.Find(FaultKind.Latency) is { } latency) await Task.Delay(TimeSpan.FromMilliseconds(latency.DelayMs), settings.Time, http.RequestAborted).ConfigureAwait(false);
        if (plan.Instead(afterProcessing: false) is { } instead) return await FaultAsync(http, name, instead, call).ConfigureAwait(false);

        var (answer, processed) = await ProcessAsync(http, name, plan, call).ConfigureAwait(false);
        return plan.Instead(afterProcessing: true) is { } after
            ? await FaultAsync(http, name, after, processed).ConfigureAwait(false)
            : await SendAsync(http, answer, plan, processed).ConfigureAwait(false);
    }

    private async Task<(AxisAnswer, SeenCall)> ProcessAsync(HttpContext http, string name, FaultPlan plan, SeenCall call)
    {
        var (system, values, problem) = callers.Authenticate(http.Request.Headers);
        var refusesByHttp = settings.Readings.RefusalsHaveHttpStatus;
        if (problem is not null)
        {
            var refused = AxisAnswer.Refused(name, VxpCodes.NotAuthentic, problem, refusesByHttp);
            return (refused, call with { WasProcessed = true, Code = refused.Code, Text = problem });
        }
        var authentic = new AxisCall(http, name, system!, values!, plan);
        AxisAnswer answer;
        try
        {
            answer = await operations.RunAsync(authentic).ConfigureAwait(false);
        }
        catch (InvalidOperationException full)
        {
            answer = AxisAnswer.Refused(name, VxpCodes.SystemError, full.Message, refusesByHttp);
        }
        return (answer, authentic.Note(call with { IsAuthentic = true, Values = values!.All, WasProcessed = true, Code = answer.Code, Text = answer.Text }));
    }

    private async Task<SeenCall> FaultAsync(HttpContext http, string name, AxisFault fault, SeenCall call)
    {
        switch (fault.Kind)
        {
            case FaultKind.Drop:
                http.Abort();
                return call;
            case FaultKind.Hang:
                await HangAsync(http, fault).ConfigureAwait(false);
                http.Abort();
                return call;
            default:
                if (fault.Kind == FaultKind.Maintenance) http.Response.Headers.RetryAfter = "60";
                return await SendAsync(http, InsteadOf(name, fault), FaultPlan.None, call).ConfigureAwait(false);
        }
    }

    private static AxisAnswer InsteadOf(string name, AxisFault fault) => fault.Kind switch
    {
        FaultKind.ServerError => AxisAnswer.Page(StatusCodes.Status500InternalServerError, "Internal Server Error"),
        FaultKind.EmptyBody => AxisAnswer.Empty(StatusCodes.Status200OK),
        FaultKind.ForeignPage => AxisAnswer.Page(StatusCodes.Status200OK, "Sign in"),
        FaultKind.Maintenance => AxisAnswer.Page(StatusCodes.Status503ServiceUnavailable, "Maintenance"),
        FaultKind.Refuse => AxisAnswer.Refused(name, fault.Code, "A fault of the sandbox."),
        _ => throw new UnreachableException(),
    };

    /// <summary>Until the caller has gone, or the time is over.</summary>
    private async Task HangAsync(HttpContext http, AxisFault fault)
    {
        try
        {
            var time = fault.DelayMs > 0 ? TimeSpan.FromMilliseconds(fault.DelayMs) : Timeout.InfiniteTimeSpan;
            await Task.Delay(time, settings.Time, http.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It has gone.
        }
    }

    private async Task<SeenCall> SendAsync(HttpContext http, AxisAnswer answer, FaultPlan plan, SeenCall call)
    {
        http.Response.StatusCode = answer.HttpStatus;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Length;
        var cutAt = plan.Find(FaultKind.Truncate) is { } cut ? answer.Length / 2 ?? cut.PieceBytes : (long?)null;
        var body = new HurtStream(http.Response.Body, cutAt, plan.Find(FaultKind.SlowBody), settings.Time);
        await using (body.ConfigureAwait(false))
        {
            try
            {
                await answer.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
                if (body.WasCut)
                {
                    // What was written must be on the line before the line is cut.
                    await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
                    http.Abort();
                }
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
            {
                return call with { HttpStatus = answer.HttpStatus, AnswerBytes = body.Sent, Text = "The caller left before the answer's end." };
            }
        }
        return call with { HttpStatus = answer.HttpStatus, AnswerBytes = body.Sent };
    }
}
