using DocExchange.Axis.Protocol;
using DocExchange.Core;
using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.Sandbox.Axis.Calls;

/// <summary>sendEdoc and getSentEdocList.</summary>
internal sealed class SendDesk(AxisIntake intake, AxisExchange exchange, AxisSettings settings)
{
    public async Task<AxisAnswer> SendAsync(AxisCall call)
    {
        if (call.Values.MessageType?.ToLowerInvariant() is not (VxpNames.MessageEdoc or VxpNames.MessageStatus)) return Refused(call, new AxisRefusal(VxpCodes.WrongFormat, "messagetype is edoc or status."));
        var body = call.Faults.Damage(call.Http.Request.Body, call.Http.Request.ContentLength);
        var package = new ArrivingPackage(body, call.Values.HashFile ?? "", call.System, call.Values.From ?? "", call.Values.To)
        {
            MessageType = call.Values.MessageType,
            IsTakenTwice = call.Faults.Find(FaultKind.Duplicate) is not null,
        };
        var taken = await intake.TakeAsync(package, call.Cancelled).ConfigureAwait(false);
        call.Note = seen => seen with { Digest = taken.Digest, PackageBytes = taken.Bytes, DocumentId = taken.DocumentId, DocId = taken.DocId };
        return taken.Refusal is { } refusal ? Refused(call, refusal) : AxisAnswer.Json(output => VxpJson.Sent(output, taken.DocId!));
    }

    /// <summary>What became of what the system sent: one row per receiver.</summary>
    public Task<AxisAnswer> ListAsync(AxisCall call)
    {
        var readings = settings.Readings;
        var rows = exchange.Look(documents => documents.Values.Where(document => IsMeant(document, call, readings)).OrderBy(document => document.SentAt).SelectMany(Rows).ToList());
        call.Note = seen => seen with { DocId = call.Values.DocId };
        if (rows.Count == 0 && call.Values.DocId is not null) return Task.FromResult(Refused(call, new AxisRefusal(VxpCodes.UnknownReceiver, "This system sent no such document.")));
        if (readings.ListLimit > 0 && call.Values.DocId is null) rows = rows[..Math.Min(rows.Count, readings.ListLimit)];
        return Task.FromResult(AxisAnswer.Json(output => VxpJson.SentList(output, call.Faults.Disturb(rows))));
    }

    private AxisAnswer Refused(AxisCall call, AxisRefusal refusal) => AxisAnswer.Refused(call.Operation, refusal.Code, refusal.Text, settings.Readings.RefusalsHaveHttpStatus);

    private static bool IsMeant(AxisDocument document, AxisCall call, AxisReadings readings)
    {
        if (!call.System.SystemId.Equals(document.SystemId, StringComparison.OrdinalIgnoreCase)) return false;
        if (call.Values.MessageType is { } type && !type.Equals(document.MessageType, StringComparison.OrdinalIgnoreCase)) return false;
        return call.Values.DocId is not { } id
            || (readings.SentListId != SentListId.DocumentId && document.DocId == id)
            || (readings.SentListId != SentListId.AxisId && document.Envelope.DocumentId == id);
    }

    private IEnumerable<SentRow> Rows(AxisDocument document)
    {
        var shift = settings.Readings.ZoneShift;
        foreach (var item in document.Items)
            foreach (var to in item.To)
                yield return new SentRow(document.MessageType, document.DocId, item.Id, document.From, to, document.Envelope.Subject, document.Envelope.Code,
                    document.SentAt - shift, item.IsAnswered ? item.UpdatedAt - shift : null, VxpNames.StatusDone, "Da gui di thanh cong", item.Status, item.StatusText);
        foreach (var code in document.Unknown)
            yield return new SentRow(document.MessageType, document.DocId, null, document.From, code, document.Envelope.Subject, document.Envelope.Code,
                document.SentAt - shift, null, VxpNames.StatusFail, "Don vi nhan khong ton tai", VxpNames.StatusFail, "Gui den don vi nhan loi");
    }
}
