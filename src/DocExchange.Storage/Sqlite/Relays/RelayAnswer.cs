using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Storage.Sqlite.Mailboxes;

namespace DocExchange.Storage.Sqlite.Relays;

/// <summary>What the other side says of a recipient's system that it handed a copy to.</summary>
internal static class RelayAnswer
{
    public static bool Apply(WriteSession session, Answer answer, ArrivalNotices notices)
    {
        if (Find(session, answer) is not { State: DeliveryState.Relayed } found) return false;
        RelayWrites.SetState(session, answer.Document, answer.Ordinal, DeliveryState.Relayed, answer.Done ? DeliveryState.Delivered : DeliveryState.Failed, answer.Text);
        RelayEvidence.Confirmed(session, answer.Document, found.Recipient, answer.Done, answer.Connection);
        if (answer.Done && found.Kind == MessageKind.Document) notices.Send(session, answer.Document, found.RecipientId);
        // Nobody waits for anything any more: reconciliation need not look at it again.
        session.Prepare("""
            UPDATE relay_call SET state = 2 WHERE document = ?1 AND state = 1 AND NOT EXISTS (
              SELECT 1 FROM relay_recipient r JOIN delivery v ON v.document = ?1 AND v.ordinal = r.ordinal WHERE r.call = relay_call.id AND v.state = ?2)
            """).Bind(1, answer.Document).Bind(2, (long)DeliveryState.Relayed).Run();
        return true;
    }

    private static Found? Find(WriteSession session, Answer answer)
    {
        var statement = session.Prepare("SELECT v.state, v.kind, v.agency_id, a.code FROM delivery v JOIN agency a ON a.id = v.agency_id WHERE v.document = ?1 AND v.ordinal = ?2")
            .Bind(1, answer.Document).Bind(2, answer.Ordinal);
        try
        {
            return statement.Step() ? new Found((DeliveryState)statement.Int(0), (MessageKind)statement.Int(1), statement.Long(2), statement.Text(3)) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    internal sealed record Answer(long Document, int Ordinal, bool Done, string? Text, string Connection);

    private sealed record Found(DeliveryState State, MessageKind Kind, long RecipientId, string Recipient);
}
