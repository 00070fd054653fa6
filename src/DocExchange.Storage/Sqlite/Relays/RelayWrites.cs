using DocExchange.Core.Delivery;
using DocExchange.Core.Ports;
using DocExchange.Storage.Sqlite.Documents;

namespace DocExchange.Storage.Sqlite.Relays;

/// <summary>A call's beginning and what becomes of it, as rows.</summary>
internal static class RelayWrites
{
    /// <summary>Copy, call and recipients in one transaction. The new call's id; null when none of the copies waits any more.</summary>
    public static long? Begin(WriteSession session, NewRelay relay, string process)
    {
        var document = relay.Document;
        var taken = document.Recipients.Where(r => session.Prepare($"""
            UPDATE delivery SET state = ?4, updated_at = ?5 WHERE document = ?1 AND ordinal = ?2 AND mailbox = ?3 AND state < 2 AND {WithheldCalls.NoneFound} RETURNING 1
            """).Bind(1, document.Number).Bind(2, r.Ordinal).Bind(3, relay.Mailbox).Bind(4, (long)DeliveryState.Sending).Bind(5, session.Now).RunScalar() is not null).ToList();
        if (taken.Count == 0) return null;
        KeepCopy(session, relay);
        var call = Insert(session, new Row(relay.Mailbox, document.Number, (long)document.Kind, document.Lane), attempts: 1, process);
        foreach (var recipient in taken) AddRecipient(session, call, recipient);
        // A copy that was made before was sent before: to these, or to others of the document.
        if (document.Copy is not null) InheritDoubt(session, call);
        return call;
    }

    /// <summary>Attempts begun, this one included; null when the call is settled.</summary>
    public static int? BeginAgain(WriteSession session, RelayCall call, string process) =>
        (int?)session.Prepare("UPDATE relay_call SET attempts = attempts + 1, process = ?2, in_doubt = ?3 WHERE id = ?1 AND state = 0 RETURNING attempts")
            .Bind(1, call.Id).Bind(2, process).Bind(3, call.InDoubt).RunScalar();

    /// <summary>An attempt that is recorded again changes nothing; one that did not count leaves its number to the next.</summary>
    public static void AddAttempt(WriteSession session, RelayCall call, DeliveryAttempt attempt)
    {
        var (outcome, text) = attempt.Outcome switch
        {
            DeliveryOutcome.Delivered delivered => (0, delivered.RemoteId),
            DeliveryOutcome.Transient transient => (1, transient.Text),
            DeliveryOutcome.Unknown unknown => (2, unknown.Text),
            DeliveryOutcome.Permanent refused => (3, refused.Text),
            _ => throw new InvalidOperationException("Unknown outcome of an attempt."),
        };
        session.Prepare("INSERT INTO relay_attempt (call, number, started_at, took, outcome, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET started_at = ?3, took = ?4, outcome = ?5, text = ?6")
            .Bind(1, call.Id).Bind(2, attempt.Number).Bind(3, attempt.StartedAt).Bind(4, (long)attempt.Took.TotalMilliseconds).Bind(5, outcome).Bind(6, text).Run();
    }

    /// <param name="counts">False takes the attempt off the count again. Its number says which one, so that recording it twice takes off one.</param>
    public static void Postpone(WriteSession session, RelayCall call, DateTimeOffset due, bool inDoubt, bool counts) =>
        session.Prepare("UPDATE relay_call SET process = NULL, due_at = ?2, in_doubt = in_doubt OR ?3, attempts = CASE WHEN attempts = ?4 AND NOT ?5 THEN attempts - 1 ELSE attempts END WHERE id = ?1 AND state = 0")
            .Bind(1, call.Id).Bind(2, due).Bind(3, inDoubt).Bind(4, call.Attempts).Bind(5, counts).Run();

    /// <summary>The call is settled, and all its copies with it. False when it was settled before: then it stays as it is.</summary>
    public static bool Settle(WriteSession session, RelayCall call, string? remoteId, DeliveryState state, string? text)
    {
        if (!End(session, call, remoteId)) return false;
        foreach (var recipient in call.Recipients) SetState(session, call.Number, recipient.Ordinal, DeliveryState.Sending, state, text);
        return true;
    }

    /// <summary>Changes nothing of a copy that is in another state than <paramref name="from"/>.</summary>
    public static void SetState(WriteSession session, long document, int ordinal, DeliveryState from, DeliveryState state, string? text) =>
        session.Prepare("UPDATE delivery SET state = ?3, state_text = ?4, updated_at = ?5 WHERE document = ?1 AND ordinal = ?2 AND state = ?6")
            .Bind(1, document).Bind(2, ordinal).Bind(3, (long)state).Bind(4, text).Bind(5, session.Now).Bind(6, (long)from).Run();

    /// <summary>A call for each recipient in place of the one for all. Returns their ids; none when it was settled before.</summary>
    public static IReadOnlyList<long> Split(WriteSession session, RelayCall call)
    {
        if (!End(session, call, null)) return [];
        var mailbox = session.Prepare("SELECT mailbox FROM relay_call WHERE id = ?1").Bind(1, call.Id).RunScalar()!.Value;
        var parts = new List<long>(call.Recipients.Count);
        foreach (var recipient in call.Recipients)
        {
            var part = Insert(session, new Row(mailbox, call.Number, (long)call.Kind, call.Lane), attempts: 0, process: null);
            AddRecipient(session, part, recipient);
            InheritDoubt(session, part);
            parts.Add(part);
        }
        return parts;
    }

    private static void KeepCopy(WriteSession session, NewRelay relay)
    {
        if (relay.Document.Copy is not null) return;
        var body = relay.Body is { } made
            ? Bodies.Ensure(session, made)
            : session.Prepare("SELECT id FROM body WHERE digest = ?1").Bind(1, relay.Copy.Digest.Span).RunScalar()
                ?? throw new InvalidOperationException($"The content of document {relay.Document.DocId} has no row.");
        session.Prepare("INSERT INTO relay_copy (document, mailbox, body, sender, made_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
            .Bind(1, relay.Document.Number).Bind(2, relay.Mailbox).Bind(3, body).Bind(4, relay.Copy.Sender).Bind(5, session.Now).Run();
    }

    /// <summary>A call made anew for a recipient is in doubt as long as an earlier one for the same was: what had no answer may have arrived.</summary>
    private static void InheritDoubt(WriteSession session, long call) => session.Prepare("""
        UPDATE relay_call SET in_doubt = 1 WHERE id = ?1 AND EXISTS (
          SELECT 1 FROM relay_call c JOIN relay_recipient r ON r.call = c.id JOIN relay_recipient mine ON mine.call = ?1 AND mine.ordinal = r.ordinal
          WHERE c.document = relay_call.document AND c.mailbox = relay_call.mailbox AND c.id <> ?1
            AND (c.in_doubt OR EXISTS (SELECT 1 FROM relay_attempt t WHERE t.call = c.id AND t.outcome = 2)))
        """).Bind(1, call).Run();

    private static bool End(WriteSession session, RelayCall call, string? remoteId) =>
        session.Prepare("UPDATE relay_call SET state = ?2, process = NULL, remote_id = ?3 WHERE id = ?1 AND state = 0 RETURNING 1")
            .Bind(1, call.Id).Bind(2, remoteId is null ? 2 : 1).Bind(3, remoteId).RunScalar() is not null;

    private static long Insert(WriteSession session, Row row, int attempts, string? process) => session.Prepare("""
        INSERT INTO relay_call (mailbox, document, kind, lane, state, attempts, in_doubt, process, begun_at) VALUES (?1, ?2, ?3, ?4, 0, ?5, 0, ?6, ?7) RETURNING id
        """).Bind(1, row.Mailbox).Bind(2, row.Document).Bind(3, row.Kind).Bind(4, row.Lane).Bind(5, attempts).Bind(6, process).Bind(7, session.Now).RunScalar()!.Value;

    private static void AddRecipient(WriteSession session, long call, RelayRecipient recipient) =>
        session.Prepare("INSERT INTO relay_recipient (call, ordinal) VALUES (?1, ?2)").Bind(1, call).Bind(2, recipient.Ordinal).Run();

    private sealed record Row(long Mailbox, long Document, long Kind, int Lane);
}
