using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Core.Tracking;
using DocExchange.Storage.Sqlite.Documents;

namespace DocExchange.Storage.Sqlite;

/// <summary>Copies that bear the hub's own signature inside, one for each document and mailbox: made once, so that every fetch gets the same bytes.</summary>
public sealed class SqliteSignedCopies
{
    private readonly GroupWriter _writer;

    internal SqliteSignedCopies(GroupWriter writer) => _writer = writer;

    /// <summary>Keeps a copy unless one was kept meanwhile, with evidence that links it to the package that was accepted.</summary>
    /// <param name="body">Null when the package is delivered as it is, which is then settled too.</param>
    /// <param name="system">Whose mailbox it is for.</param>
    /// <param name="detail">What the entry says beside the two digests.</param>
    public Task KeepAsync(MailboxItem item, StoredBody? body, (long Id, string SystemId) system, string detail) => _writer.RunAsync(session =>
    {
        if (session.Prepare("SELECT 1 FROM relay_copy WHERE document = ?1 AND mailbox = ?2").Bind(1, item.DocumentNumber).Bind(2, system.Id).RunScalar() is not null) return false;
        var kept = body is not null ? Bodies.Ensure(session, body)
            : session.Prepare("SELECT id FROM body WHERE digest = ?1").Bind(1, item.Digest.Span).RunScalar() ?? throw new InvalidOperationException($"The content of document {item.DocId} has no row.");
        session.Prepare("INSERT INTO relay_copy (document, mailbox, body, sender, made_at) VALUES (?1, ?2, ?3, '', ?4)")
            .Bind(1, item.DocumentNumber).Bind(2, system.Id).Bind(3, kept).Bind(4, session.Now).Run();
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.CopySigned, Time = session.Now, Document = item.DocId, Digest = (body?.Digest ?? item.Digest).ToArray(), Size = body?.Length ?? item.Length,
            Caller = system.SystemId, Recipient = item.Recipient, Detail = detail,
        }, item.DocumentNumber, system.Id);
        return true;
    });
}
