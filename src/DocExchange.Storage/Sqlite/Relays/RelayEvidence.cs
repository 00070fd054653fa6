using System.Globalization;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;

namespace DocExchange.Storage.Sqlite.Relays;

/// <summary>Leaves about pushed copies: one when a call is settled, none for attempts that will be repeated.</summary>
internal static class RelayEvidence
{
    public static void Settled(WriteSession session, RelayCall call, DeliveryAttempt attempt, RetryDecision decision, string connection)
    {
        var (name, detail) = decision switch
        {
            RetryDecision.Done done => (EvidenceEvents.RelayAcceptance, $"over {connection} as {done.RemoteId}"),
            RetryDecision.DeadLetter { Refused: true } => (EvidenceEvents.RelayRejection, $"by {connection}"),
            _ => (EvidenceEvents.RelayFailure, $"over {connection}"),
        };
        Write(session, call, name, $"{detail}, attempt {attempt.Number.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>A call that is not tried again though nobody refused it.</summary>
    public static void Ended(WriteSession session, RelayCall call, string why) => Write(session, call, EvidenceEvents.RelayFailure, why);

    public static void Confirmed(WriteSession session, long document, string recipient, bool done, string connection) => session.Witness(new EvidenceEntry
    {
        Event = done ? EvidenceEvents.ContentHandover : EvidenceEvents.ContentHandoverFailure,
        Time = session.Now,
        Document = session.Ids.Document(document),
        Recipient = recipient,
        Detail = $"reported by {connection}",
    }, document);

    /// <summary>The digest is that of what was sent: it links a derived copy to the document it was made of.</summary>
    private static void Write(WriteSession session, RelayCall call, string name, string detail) => session.Witness(new EvidenceEntry
    {
        Event = name,
        Time = session.Now,
        Document = call.DocId,
        DocumentId = call.DocumentId,
        Digest = call.Copy.Digest.ToArray(),
        Sender = call.Copy.Sender.Length == 0 ? null : call.Copy.Sender,
        Recipients = [.. call.Recipients.Select(r => r.Code)],
        Detail = detail,
    }, call.Number);
}
