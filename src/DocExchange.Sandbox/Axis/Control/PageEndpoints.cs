using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.Sandbox.Axis.Control;

/// <summary>The page and what its forms do; each leads back to it.</summary>
internal static class PageEndpoints
{
    public static void MapPage(this RouteGroupBuilder at, AxisServer axis)
    {
        at.MapGet("/", () => Results.Text(SandboxPage.Of(axis), "text/html; charset=utf-8"));
        at.MapPost("/page/fault", http => DoneAsync(http, form => SetFault(axis, form)));
        at.MapPost("/page/letter", http => DoneAsync(http, form => SendAsync(axis, form, http)));
        at.MapPost("/page/clear", http => DoneAsync(http, _ => Clear(axis)));
        at.MapPost("/page/reset", http => DoneAsync(http, _ => axis.ResetAsync()));
    }

    private static async Task DoneAsync(HttpContext http, Func<IFormCollection, Task> act)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false) : FormCollection.Empty;
        try
        {
            await act(form).ConfigureAwait(false);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = "/sandbox";
        }
        catch (ArgumentException refused)
        {
            await ControlBody.Refusal(refused.Message).ExecuteAsync(http).ConfigureAwait(false);
        }
    }

    private static Task SetFault(AxisServer axis, IFormCollection form)
    {
        if (!Enum.TryParse<FaultKind>(form["kind"], out var kind)) throw new ArgumentException("There is no such kind of fault.");
        axis.Faults.Set(new AxisFault(kind)
        {
            Operation = form["operation"].ToString() is { Length: > 0 } operation ? operation : null,
            Times = int.TryParse(form["times"], out var times) ? times : null,
            DelayMs = int.TryParse(form["delay"], out var delay) ? delay : 0,
            AfterProcessing = form.ContainsKey("after"),
        });
        return Task.CompletedTask;
    }

    private static async Task SendAsync(AxisServer axis, IFormCollection form, HttpContext http)
    {
        var letter = new SampleLetter(form["from"].ToString(), form["to"].ToString());
        if (letter.Problem() is { } problem) throw new ArgumentException(problem);
        (await axis.Letters.WriteAsync(letter, http.RequestAborted).ConfigureAwait(false)).Expect();
    }

    private static Task Clear(AxisServer axis)
    {
        axis.Faults.Clear();
        return Task.CompletedTask;
    }
}
