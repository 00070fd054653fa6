using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Exchange;

namespace DocExchange.Sandbox.Axis.Control;

/// <summary>Documents put in by hand, the readings, and beginning anew.</summary>
internal static class ExchangeEndpoints
{
    private const int MostLetters = 10_000;

    public static void MapExchange(this RouteGroupBuilder at, AxisServer axis)
    {
        at.MapGet("/readings", () => ControlBody.Answer(axis.Settings.Readings));
        at.MapPut("/readings", http => ControlBody.TakeAsync<AxisReadings>(http, readings => axis.Settings.Readings = readings));
        at.MapPost("/letters", http => TakeLetterAsync(axis, http));
        at.MapPost("/packages", async Task<IResult> (HttpContext http, CancellationToken ct) => Taken(await axis.Letters.PutAsync(http.Request.Body, ct).ConfigureAwait(false)));
        at.MapPost("/statuses", http => TakeStatusAsync(axis, http));
        at.MapPost("/reset", async () =>
        {
            await axis.ResetAsync().ConfigureAwait(false);
            return ControlBody.Answer(new { documents = 0 });
        });
    }

    private static Task TakeLetterAsync(AxisServer axis, HttpContext http) => ControlBody.TakeAsync<SampleLetter>(http, letter => WriteAsync(axis, letter, http));

    private static Task TakeStatusAsync(AxisServer axis, HttpContext http) => ControlBody.TakeAsync<StatusWish>(http, wish => ReportAsync(axis, wish));

    private static async Task<object> WriteAsync(AxisServer axis, SampleLetter letter, HttpContext http)
    {
        if (letter.Problem() is { } problem) throw new ArgumentException(problem);
        if (!int.TryParse(http.Request.Query["count"].FirstOrDefault() ?? "1", out var count) || count is < 1 or > MostLetters) throw new ArgumentException($"count is from 1 to {MostLetters}.");
        var ids = new List<string>();
        for (var i = 0; i < count; i++) ids.Add((await axis.Letters.WriteAsync(letter, http.RequestAborted).ConfigureAwait(false)).Expect());
        return new { docIds = ids };
    }

    private static async Task<object> ReportAsync(AxisServer axis, StatusWish wish) =>
        new { docId = await axis.ReportAsync(wish.DocId, wish.Organ, wish.Code, wish.Text).ConfigureAwait(false) };

    private static IResult Taken(TakenPackage taken) =>
        taken.Refusal is { } refusal ? ControlBody.Refusal($"{refusal.Code}: {refusal.Text}") : ControlBody.Answer(new { docId = taken.DocId });

    private sealed record StatusWish(string DocId, string Organ, string Code, string? Text = null);
}
