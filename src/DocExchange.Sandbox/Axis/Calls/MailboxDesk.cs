using DocExchange.Axis.Protocol;
using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Packages;

namespace DocExchange.Sandbox.Axis.Calls;

/// <summary>Listing, fetching and answering.</summary>
internal sealed class MailboxDesk(AxisExchange exchange, PackageCopies copies, AxisSettings settings)
{
    public Task<AxisAnswer> ListAsync(AxisCall call)
    {
        if (!TryBound(call.Values.FromDate, out var from) || !TryBound(call.Values.ToDate, out var to))
            return Task.FromResult(Refused(call, VxpCodes.InvalidFile, "fromDate and toDate are dd/MM/yyyy HH:mm:ss."));
        var rows = exchange.List(call.System.SystemId, new AxisListQuery(call.Values.MessageType, from, to));
        return Task.FromResult(AxisAnswer.Json(output => VxpJson.ReceivedList(output, call.Faults.Disturb(rows))));
    }

    public async Task<AxisAnswer> GetAsync(AxisCall call)
    {
        if (await FetchAsync(call).ConfigureAwait(false) is not { } file) return Unknown(call);
        return new AxisAnswer(VxpCodes.Success, "", StatusCodes.Status200OK, VxpJson.ContentType, EdocAnswer.LengthFor(file.Length), async (output, ct) =>
        {
            var package = call.Faults.Damage(file.Open(), file.Length);
            await using (package.ConfigureAwait(false)) await EdocAnswer.WriteAsync(output, package, ct).ConfigureAwait(false);
        });
    }

    public async Task<AxisAnswer> DownloadAsync(AxisCall call)
    {
        if (!settings.Readings.Downloads || await FetchAsync(call).ConfigureAwait(false) is not { } file) return Unknown(call);
        return new AxisAnswer(VxpCodes.Success, "", StatusCodes.Status200OK, VxpNames.OctetStream, file.Length, async (output, ct) =>
        {
            var package = call.Faults.Damage(file.Open(), file.Length);
            await using (package.ConfigureAwait(false)) await package.CopyToAsync(output, ct).ConfigureAwait(false);
        });
    }

    public Task<AxisAnswer> UpdateStatusAsync(AxisCall call)
    {
        var word = call.Values.Status?.ToLowerInvariant() switch
        {
            VxpNames.StatusDone => VxpNames.StatusDone,
            VxpNames.StatusFail => VxpNames.StatusFail,
            VxpNames.StatusInbox => VxpNames.StatusInbox,
            VxpNames.StatusProcessing or "acceptance" or "rejection" => VxpNames.StatusProcessing,
            _ => null,
        };
        if (exchange.FindItem(call.System.SystemId, call.Values.DocId ?? "") is not { } item) return Task.FromResult(Unknown(call));
        call.Note = Noting(item);
        if (word is null) return Task.FromResult(Refused(call, VxpCodes.InvalidFile, "status is done, fail, inbox or processing."));
        exchange.Answer(item, word, call.Values.Description);
        return Task.FromResult(AxisAnswer.Ok());
    }

    public Task<AxisAnswer> CountAsync(AxisCall call, string messageType) =>
        Task.FromResult(AxisAnswer.Json(output => VxpJson.Count(output, exchange.Count(call.System.SystemId, messageType))));

    private async Task<FetchedCopy?> FetchAsync(AxisCall call)
    {
        if (exchange.FindItem(call.System.SystemId, call.Values.DocId ?? "") is not { } item) return null;
        call.Note = Noting(item);
        if (item.IsAnswered && !settings.Readings.FetchAfterAnswer) return null;
        var copy = await copies.OfAsync(item).ConfigureAwait(false);
        exchange.RecordFetch(item);
        return copy;
    }

    private AxisAnswer Unknown(AxisCall call) => Refused(call, VxpCodes.UnknownReceiver, $"There is no item {call.Values.DocId} for this system.");

    private AxisAnswer Refused(AxisCall call, int code, string text) => AxisAnswer.Refused(call.Operation, code, text, settings.Readings.RefusalsHaveHttpStatus);

    private static Func<Seen.SeenCall, Seen.SeenCall> Noting(AxisItem item) => seen => seen with { DocId = item.Id, DocumentId = item.Document.DocumentId };

    private bool TryBound(string? text, out DateTimeOffset? bound)
    {
        bound = null;
        if (text is null) return true;
        if (!VxpTimes.TryParseBound(text, out var utc)) return false;
        bound = utc + settings.Readings.ZoneShift;
        return true;
    }
}
