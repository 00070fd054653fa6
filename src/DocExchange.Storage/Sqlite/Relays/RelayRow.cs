using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;

namespace DocExchange.Storage.Sqlite.Relays;

/// <summary>A call as a row, with what its copy and its document say.</summary>
internal sealed record RelayRow(
    long Id, long Document, MessageKind Kind, int Lane, int Attempts, bool InDoubt, string? Process, DateTimeOffset BegunAt, DateTimeOffset? DueAt, RelayCopy Copy,
    string? DocumentId, string Subject, string Code, bool HasOwnId)
{
    public const string Columns = """
        SELECT c.id, c.document, c.kind, c.lane, c.attempts, c.in_doubt, c.process, c.begun_at, c.due_at, b.digest, y.sender, d.document_id, d.subject, d.code,
          d.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document o WHERE o.document_id = d.document_id AND o.number <> d.number)
        FROM relay_call c JOIN document d ON d.number = c.document JOIN relay_copy y ON y.document = c.document AND y.mailbox = c.mailbox JOIN body b ON b.id = y.body

        """;

    public static RelayRow Of(Statement row) => new(
        row.Long(0), row.Long(1), (MessageKind)row.Int(2), row.Int(3), row.Int(4), row.Bool(5), row.TextOrNull(6), row.Time(7), row.TimeOrNull(8),
        new RelayCopy(row.Blob(9), row.Text(10)), row.TextOrNull(11), row.Text(12), row.Text(13), row.Bool(14));

    public RelayCall ToCall(Database database, EpochIds ids) =>
        new(Id, Document, ids.Document(Document), Kind, Lane, Copy, RelayReads.Recipients(database, Id, null), Attempts, InDoubt, BegunAt)
        {
            DocumentId = DocumentId,
            Subject = Subject,
            Code = Code,
            HasOwnId = HasOwnId,
            DueAt = DueAt,
        };
}
