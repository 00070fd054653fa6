using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;
using DocExchange.Storage.Sqlite.Documents;

namespace DocExchange.Storage.Sqlite.Mailboxes;

/// <summary>What a recipient's system does with its items: fetch, confirm, fail.</summary>
internal static class AnswerItem
{
    private const int UnansweredFetches = 3;
    private const int LastLane = 10;

    public static bool RecordFetch(WriteSession session, MailboxItem item, string caller)
    {
        // By the state of this moment and not of the list: of two fetches at once only one is the first.
        var first = session.Prepare("UPDATE delivery SET state = 1 WHERE document = ?1 AND ordinal = ?2 AND state = 0 RETURNING 1")
            .Bind(1, item.DocumentNumber).Bind(2, item.Ordinal).RunScalar() is not null;
        // Fetched again after its answer, it keeps the time of the answer: that is what the sender sees.
        session.Prepare("""
            UPDATE delivery SET fetched = fetched + 1,
              updated_at = CASE WHEN state < 2 THEN ?3 ELSE updated_at END,
              lane = CASE WHEN state < 2 AND fetched + 1 >= ?4 THEN ?5 ELSE lane END
            WHERE document = ?1 AND ordinal = ?2
            """)
            .Bind(1, item.DocumentNumber).Bind(2, item.Ordinal).Bind(3, session.Now).Bind(4, UnansweredFetches).Bind(5, LastLane).Run();
        if (!first) return false;
        session.Witness(Entry(session, EvidenceEvents.ContentAccessTracking, item.DocumentNumber, item.Recipient, caller, null), item.DocumentNumber);
        return true;
    }

    public static AnswerOutcome Answer(WriteSession session, Scope scope, MailboxAnswer answer, string caller, ArrivalNotices notices)
    {
        if (!session.Ids.TryParseItem(answer.ItemId, out var document, out var ordinal) || Find(session, document, ordinal) is not { } found || !IsFor(scope, found))
        {
            return AnswerOutcome.NotYours;
        }
        if (answer.Key is { } key && !RequestKeys.Remember(session, key, new ReceiptRef("", ""), repeated: false, []).Fits) return AnswerOutcome.KeyTaken;
        var wanted = answer.Done ? DeliveryState.Delivered : DeliveryState.Failed;
        // Done never goes back: a late "fail" after "done" is a repetition of an answer that has been given.
        if (found.State is DeliveryState.Delivered or DeliveryState.Abandoned || found.State == wanted) return AnswerOutcome.AlreadyRecorded;

        session.Prepare("UPDATE delivery SET state = ?3, state_text = ?4, updated_at = ?5 WHERE document = ?1 AND ordinal = ?2")
            .Bind(1, document).Bind(2, ordinal).Bind(3, (long)wanted).Bind(4, answer.Reason).Bind(5, session.Now).Run();
        var name = answer.Done ? EvidenceEvents.ContentHandover : EvidenceEvents.ContentHandoverFailure;
        session.Witness(Entry(session, name, document, found.Recipient, caller, null), document);
        if (answer.Done && found.Kind == MessageKind.Document) notices.Send(session, document, found.RecipientId);
        return AnswerOutcome.Recorded;
    }

    /// <summary>Puts a dead letter back, into the mailbox its agency has now, or gives it up.</summary>
    public static bool Settle(WriteSession session, string itemId, bool requeue, string actor, PartyBook parties)
    {
        if (!session.Ids.TryParseItem(itemId, out var document, out var ordinal) || Find(session, document, ordinal) is not { State: DeliveryState.Failed } found) return false;
        session.Prepare("""
            UPDATE delivery SET state = ?3, fetched = 0, lane = 4 - (SELECT priority FROM document WHERE number = ?1), updated_at = ?4, mailbox = ?5
            WHERE document = ?1 AND ordinal = ?2
            """)
            .Bind(1, document).Bind(2, ordinal).Bind(3, (long)(requeue ? DeliveryState.Available : DeliveryState.Abandoned)).Bind(4, session.Now)
            .Bind(5, MailboxMoves.MailboxOf(parties, found.RecipientId) ?? found.Mailbox).Run();
        var name = requeue ? EvidenceEvents.DeadLetterRequeued : EvidenceEvents.DeadLetterAbandoned;
        session.Witness(Entry(session, name, document, found.Recipient, null, actor), document);
        return true;
    }

    private static bool IsFor(Scope scope, Found found) =>
        scope.IsUnscoped || (scope.SystemId == found.Mailbox && scope.Allows(found.RecipientId));

    private static EvidenceEntry Entry(WriteSession session, string name, long document, string recipient, string? caller, string? actor) => new()
    {
        Event = name,
        Time = session.Now,
        Document = session.Ids.Document(document),
        Recipient = recipient,
        Caller = caller,
        Actor = actor,
    };

    private static Found? Find(WriteSession session, long document, int ordinal)
    {
        var statement = session.Prepare("""
            SELECT v.agency_id, a.code, v.mailbox, v.kind, v.state FROM delivery v JOIN agency a ON a.id = v.agency_id WHERE v.document = ?1 AND v.ordinal = ?2
            """).Bind(1, document).Bind(2, ordinal);
        try
        {
            return statement.Step()
                ? new Found(statement.Long(0), statement.Text(1), statement.Long(2), (MessageKind)statement.Int(3), (DeliveryState)statement.Int(4))
                : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private sealed record Found(long RecipientId, string Recipient, long Mailbox, MessageKind Kind, DeliveryState State);
}
