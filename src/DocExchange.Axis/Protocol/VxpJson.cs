using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using DocExchange.Core;

namespace DocExchange.Axis.Protocol;

/// <summary>
/// Answers that the SDK can read: pure ASCII, no nulls, and <c>status</c>, <c>ErrorCode</c>, <c>ErrorDesc</c> always there, because it drops an
/// answer that breaks one of these and then reports an empty list as success.
/// </summary>
public static class VxpJson
{
    private const int Flushed = 32 * 1024;

    /// <summary>The content type of every answer but downloadEdoc's.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    public static void Ok(IBufferWriter<byte> output) => Write(output, VxpCodes.Success, VxpNames.SuccessText, static (_, _) => { }, 0);

    /// <summary>A refusal of any operation but sendEdoc.</summary>
    public static void Refused(IBufferWriter<byte> output, int code, string description) => Write(output, code, description, static (_, _) => { }, 0);

    /// <summary>sendEdoc accepted: the document's id.</summary>
    public static void Sent(IBufferWriter<byte> output, string docId) =>
        Write(output, VxpCodes.Success, VxpNames.SuccessText, static (json, id) => json.WriteString("DocId", id), docId);

    /// <summary>sendEdoc refused: the SDK reads <c>DocId</c> here too.</summary>
    public static void SendRefused(IBufferWriter<byte> output, int code, string description) =>
        Write(output, code, description, static (json, _) => json.WriteString("DocId", ""), 0);

    public static void Count(IBufferWriter<byte> output, long count) =>
        Write(output, VxpCodes.Success, VxpNames.SuccessText, static (json, n) => json.WriteNumber("count", Math.Min(n, int.MaxValue)), count);

    public static void ReceivedList(IBufferWriter<byte> output, IEnumerable<ReceivedRow> rows) => List(output, rows, static (json, row) =>
    {
        json.WriteString("docId", row.DocId);
        json.WriteString("serviceType", VxpNames.ServiceEdoc);
        json.WriteString("messageType", row.MessageType);
        json.WriteString("created_time", VietnamTime.Write(row.CreatedAt));
        json.WriteString("updated_time", VietnamTime.Write(row.UpdatedAt));
        json.WriteString("from", row.From ?? "");
        json.WriteString("to", row.To ?? "");
        json.WriteString("status", row.Status);
        json.WriteString("status_desc", row.StatusText ?? "");
    });

    public static void SentList(IBufferWriter<byte> output, IEnumerable<SentRow> rows) => List(output, rows, static (json, row) =>
    {
        json.WriteString("serviceType", VxpNames.ServiceEdoc);
        json.WriteString("messageType", row.MessageType);
        json.WriteString("senderDocId", row.SenderDocId);
        json.WriteString("receiverDocId", row.ReceiverDocId ?? "");
        json.WriteString("fromCode", row.From ?? "");
        json.WriteString("toCode", row.To ?? "");
        json.WriteString("title", row.Title ?? "");
        json.WriteString("notation", row.Notation ?? "");
        json.WriteString("sentTime", VietnamTime.Write(row.SentAt));
        json.WriteString("receivedTime", Time(row.ReceivedAt));
        json.WriteString("sendStatus", row.SendStatus);
        json.WriteString("sendStatusDesc", row.SendStatusText ?? "");
        json.WriteString("receiveStatus", row.ReceiveStatus);
        json.WriteString("receiveStatusDesc", row.ReceiveStatusText ?? "");
    });

    public static Task AgenciesAsync(PipeWriter output, IEnumerable<AgencyRow> rows, CancellationToken cancellationToken) => StreamAsync(output, rows, static (json, row) =>
    {
        json.WriteString("id", row.Id);
        json.WriteString("pid", row.ParentId ?? "");
        json.WriteString("code", row.Code);
        json.WriteString("name", row.Name);
        json.WriteString("mail", row.Mail ?? "");
        json.WriteString("oldCode", row.OldCode ?? "");
    }, cancellationToken);

    public static Task AgenciesQD20Async(PipeWriter output, IEnumerable<AgencyRow> rows, CancellationToken cancellationToken) => StreamAsync(output, rows, static (json, row) =>
    {
        json.WriteString("id", row.Id);
        json.WriteString("code", row.Code);
        json.WriteString("name", row.Name);
        json.WriteString("mail", row.Mail ?? "");
        json.WriteString("code102", row.OldCode ?? "");
    }, cancellationToken);

    public static Task UnitsAsync(PipeWriter output, IEnumerable<AgencyRow> rows, CancellationToken cancellationToken) => StreamAsync(output, rows, static (json, row) =>
    {
        json.WriteString("id", row.Id);
        json.WriteString("pid", row.ParentId ?? "");
        json.WriteString("code", row.Code);
        json.WriteString("name", row.Name);
        json.WriteString("mail", row.Mail ?? "");
        json.WriteNumber("version", row.Version);
        json.WriteString("centerCode", row.CenterCode ?? "");
        json.WriteBoolean("deleted", row.Deleted);
        json.WriteString("modifyDate", Time(row.ChangedAt));
        json.WriteBoolean("isAgency", row.IsAgency);
    }, cancellationToken);

    private static string Time(DateTimeOffset? at) => at is { } time ? VietnamTime.Write(time) : "";

    private static void List<TRow>(IBufferWriter<byte> output, IEnumerable<TRow> rows, Action<Utf8JsonWriter, TRow> write) =>
        Write(output, VxpCodes.Success, VxpNames.SuccessText, static (json, list) =>
        {
            json.WriteStartArray("data");
            foreach (var row in list.rows) Row(json, row, list.write);
            json.WriteEndArray();
        }, (rows, write));

    /// <summary>A list of national size goes out as it is written; <see cref="Flushed"/> bytes are held at most.</summary>
    private static async Task StreamAsync<TRow>(PipeWriter output, IEnumerable<TRow> rows, Action<Utf8JsonWriter, TRow> write, CancellationToken cancellationToken)
    {
        using var json = new Utf8JsonWriter(output);
        Begin(json, VxpCodes.Success, VxpNames.SuccessText);
        json.WriteStartArray("data");
        var sent = 0L;
        foreach (var row in rows)
        {
            Row(json, row, write);
            if (json.BytesCommitted + json.BytesPending - sent < Flushed) continue;
            json.Flush();
            sent = json.BytesCommitted;
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Row<TRow>(Utf8JsonWriter json, TRow row, Action<Utf8JsonWriter, TRow> write)
    {
        json.WriteStartObject();
        write(json, row);
        json.WriteEndObject();
    }

    private static void Write<TState>(IBufferWriter<byte> output, int code, string description, Action<Utf8JsonWriter, TState> rest, TState state)
    {
        // The writer's own encoder escapes every character outside ASCII: the SDK reads sendEdoc's answer as US-ASCII.
        using var json = new Utf8JsonWriter(output);
        Begin(json, code, description);
        rest(json, state);
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, int code, string description)
    {
        json.WriteStartObject();
        json.WriteString("status", code == VxpCodes.Success ? VxpNames.AnswerOk : VxpNames.AnswerFail);
        json.WriteString("ErrorCode", code.ToString(CultureInfo.InvariantCulture));
        json.WriteString("ErrorDesc", description);
    }
}
