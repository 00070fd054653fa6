using System.Security.Cryptography;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Routing;
using DocExchange.Core.Tracking;
using DocExchange.Storage.Sqlite.Documents;

namespace DocExchange.Storage.Sqlite.Mailboxes;

/// <summary>
/// Status 01 (arrived), recorded by the hub when a recipient's system confirms, and told to the sender as a status package through its own
/// mailbox (NĐ 30/2020 art. 21.2c). That system's own 01 is then a repetition. The hub never writes any other status in somebody's name.
/// </summary>
internal sealed class ArrivalNotices(CurrentParties parties)
{
    private const string Text = "Hệ thống nhận đã lấy văn bản (ghi nhận bởi trục liên thông)";

    public void Send(WriteSession session, long document, long recipientId)
    {
        if (StatusHistory.Has(session, document, recipientId, HandlingStatus.Arrived.Code)) return;
        var book = parties.Book;
        if (Read(session, document) is not { } about || book.Directory.Find(recipientId) is not { } recipient) return;

        if (book.Directory.Find(about.SenderId) is not { } sender || book.MailboxOf(sender) is not { } mailbox)
        {
            StatusHistory.Record(session, new RecordedStatus(document, recipientId, HandlingStatus.Arrived.Code, Text, session.Now, null, ByHub: true));
            return;
        }
        var envelope = Envelope(session, about, sender, recipient);
        using var bytes = new MemoryStream();
        PackageWriter.WriteStatus(bytes, envelope);
        var original = bytes.ToArray();
        var body = new StoredBody(SHA256.HashData(original), original.Length, original);
        var identity = $"{document}|01|{session.Now.ToUnixTimeMilliseconds()}|hub";
        var number = DocumentRow.Insert(session, new NewDocument(envelope, recipientId, identity, body, 0, Profile.Agency, []) { About = document, Code = about.Code });
        Deliveries.Insert(session, number, 1, [new Route(sender, mailbox, [sender.Code])], MessageKind.Status, about.Priority);
        StatusHistory.Record(session, new RecordedStatus(document, recipientId, HandlingStatus.Arrived.Code, Text, session.Now, number, ByHub: true));
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.StatusReported,
            Time = session.Now,
            Receipt = session.NextReceiptId,
            Document = session.Ids.Document(document),
            DocumentId = about.DocumentId,
            Kind = "status",
            Digest = body.Digest.ToArray(),
            Recipients = [sender.Code],
            StatusCode = HandlingStatus.Arrived.Text,
            Reporter = recipient.Code,
            Detail = "recorded by the hub",
        }, number);
    }

    private static Envelope Envelope(WriteSession session, About about, Agency sender, Agency recipient) => new()
    {
        Kind = MessageKind.Status,
        From = new Organ(recipient.Code, null, recipient.Name),
        ResponseFor = [new Reference(sender.Code, about.Code, about.PromulgationDate, about.DocumentId ?? session.Ids.Document(about.Number))],
        Status = new StatusReport(HandlingStatus.Arrived.Text, Text, VietnamTime.Write(session.Now), null),
    };

    private static About? Read(WriteSession session, long document)
    {
        var statement = session.Prepare("SELECT sender_id, document_id, code, promulgation_date, priority FROM document WHERE number = ?1").Bind(1, document);
        try
        {
            return statement.Step()
                ? new About(document, statement.Long(0), statement.TextOrNull(1), statement.Text(2), statement.TextOrNull(3), statement.Int(4))
                : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private sealed record About(long Number, long SenderId, string? DocumentId, string Code, string? PromulgationDate, int Priority);
}
