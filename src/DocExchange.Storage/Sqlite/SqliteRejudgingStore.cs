using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Storage.Sqlite.Documents;

namespace DocExchange.Storage.Sqlite;

/// <summary>Later verdicts as rows; which certificates are due is written with the answers themselves (<see cref="SqliteTrustStore"/>).</summary>
public sealed class SqliteRejudgingStore : IRejudgingStore
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;
    private readonly EpochIds _ids;

    internal SqliteRejudgingStore(GroupWriter writer, ReadPool reads, EpochIds ids) => (_writer, _reads, _ids) = (writer, reads, ids);

    public ValueTask<RejudgingPage?> NextAsync(int limit, CancellationToken cancellationToken) => ValueTask.FromResult(_reads.Read(database =>
    {
        var due = database.Prepare("SELECT certificate, done FROM rejudging WHERE is_due = 1 ORDER BY certificate LIMIT 1").ReadAll(row => (Certificate: row.Text(0), Done: row.Long(1)));
        if (due.Count == 0) return null;
        var documents = database.Prepare("""
            SELECT c.document, d.accepted_at, coalesce(l.record, v.record)
            FROM signature_certificate c JOIN document d ON d.number = c.document JOIN signature_verdict v ON v.document = c.document LEFT JOIN later_verdict l ON l.document = c.document
            WHERE c.certificate = ?1 AND c.document > ?2 ORDER BY c.document LIMIT ?3
            """).Bind(1, due[0].Certificate).Bind(2, due[0].Done).Bind(3, limit)
            .ReadAll(row => new JudgedDocument(row.Long(0), _ids.Document(row.Long(0)), row.Time(1), new VerdictRecord(row.Blob(2))));
        return new RejudgingPage(due[0].Certificate, due[0].Done, documents, documents.Count < limit);
    }));

    public Task RecordAsync(RejudgingPage page, IReadOnlyList<(JudgedDocument Document, VerdictRecord Record)> later, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        foreach (var (document, record) in later) Record(session, document.Number, document.DocId, new JudgedSignatures(record.Read(), record), actor: null);
        // A revocation that became known meanwhile has set it back to the beginning: then it stays due from there.
        session.Prepare("UPDATE rejudging SET done = ?3, is_due = ?4 WHERE certificate = ?1 AND done = ?2").Bind(1, page.Certificate).Bind(2, page.After)
            .Bind(3, page.Documents.Count > 0 ? page.Documents[^1].Number : page.After).Bind(4, !page.IsLast).Run();
        return true;
    });

    public Task RecordAsync(string docId, JudgedSignatures judged, string actor, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        if (!_ids.TryParse(docId, out var number)) return false;
        Record(session, number, docId, judged, actor);
        SignatureVerdicts.RestOn(session, number, judged.Verdict);
        return true;
    });

    private static void Record(WriteSession session, long number, string docId, JudgedSignatures judged, string? actor)
    {
        session.Prepare("INSERT OR REPLACE INTO later_verdict (document, record, judged_at) VALUES (?1, ?2, ?3)").Bind(1, number).Bind(2, judged.Record.Bytes.Span).Bind(3, session.Now).Run();
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.SignaturesJudgedAgain,
            Time = session.Now,
            Actor = actor,
            Receipt = session.NextReceiptId,
            Document = docId,
            Detail = SignatureVerdicts.DetailOf(judged),
        }, number);
    }

    public Task RememberAsync(IReadOnlyList<WantedAnswer> met, CancellationToken cancellationToken) => met.Count == 0 ? Task.CompletedTask : _writer.RunAsync(session =>
    {
        foreach (var one in met)
        {
            session.Prepare("INSERT INTO met_certificate (certificate, der, issuer, met_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (certificate) DO NOTHING")
                .Bind(1, one.Key).Bind(2, one.Certificate).Bind(3, one.Issuer).Bind(4, session.Now).Run();
        }
        return true;
    });

    public ValueTask<IReadOnlyList<WantedAnswer>> LapsedAsync(DateTimeOffset since, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<WantedAnswer>>(_reads.Read(database => database.Prepare("""
            SELECT m.certificate, m.der, m.issuer FROM met_certificate m LEFT JOIN revocation_answer a ON a.certificate = m.certificate
            WHERE m.met_at >= ?1 AND (a.certificate IS NULL OR (a.status <> 1 AND (a.status = 2 OR coalesce(a.next_update, a.this_update + 86400000) <= ?2))) ORDER BY m.met_at DESC LIMIT ?3
            """).Bind(1, since).Bind(2, now).Bind(3, limit).ReadAll(row => new WantedAnswer(row.Text(0), row.Blob(1), row.Blob(2), DateTimeOffset.MinValue))));
}
