using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing.Trust;

namespace DocExchange.Storage.Sqlite;

/// <summary>The trust list as rows, and its picture in memory.</summary>
public sealed class SqliteTrustStore : ITrustStore
{
    private const int LongestSource = 500;
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;
    private readonly EpochIds _ids;
    private readonly Lock _refreshing = new();

    internal SqliteTrustStore(GroupWriter writer, ReadPool reads, EpochIds ids)
    {
        (_writer, _reads, _ids) = (writer, reads, ids);
        Current.Replace(_reads.Read(ReadBook));
        foreach (var (certificate, answer) in _reads.Read(ReadAnswers)) Current.Revocations.Put(certificate, answer);
    }

    public CurrentTrust Current { get; } = new();

    public async Task<int> AddAsync(IReadOnlyList<TrustedCertificate> certificates, string actor, CancellationToken cancellationToken)
    {
        var added = await _writer.RunAsync(session =>
        {
            var count = 0;
            foreach (var one in certificates)
            {
                if (session.Prepare("SELECT 1 FROM trust_certificate WHERE fingerprint = ?1").Bind(1, one.Fingerprint).RunScalar() is not null) continue;
                session.Prepare("INSERT INTO trust_certificate (fingerprint, der, is_root, source, added_at) VALUES (?1, ?2, ?3, ?4, ?5)")
                    .Bind(1, one.Fingerprint).Bind(2, one.Der.Span).Bind(3, one.IsRoot).Bind(4, one.Source).Bind(5, session.Now).Run();
                Witness(session, actor, $"{(one.IsRoot ? "root" : "intermediate")} {one.Fingerprint} added");
                count++;
            }
            return count;
        }).ConfigureAwait(false);
        Refresh();
        return added;
    }

    public async Task<bool> RemoveAsync(string fingerprint, string actor, CancellationToken cancellationToken)
    {
        var removed = await _writer.RunAsync(session =>
        {
            if (session.Prepare("SELECT 1 FROM trust_certificate WHERE fingerprint = ?1").Bind(1, fingerprint).RunScalar() is null) return false;
            session.Prepare("DELETE FROM trust_certificate WHERE fingerprint = ?1").Bind(1, fingerprint).Run();
            Witness(session, actor, $"{fingerprint} removed");
            return true;
        }).ConfigureAwait(false);
        Refresh();
        return removed;
    }

    /// <summary>Read and replaced in one step: of two changes at once the later one shows what both committed.</summary>
    private void Refresh()
    {
        lock (_refreshing) Current.Replace(_reads.Read(ReadBook));
    }

    public async Task KeepAnswerAsync(RevocationProof proof, IReadOnlyDictionary<string, RevocationAnswer> said, CancellationToken cancellationToken)
    {
        var digest = SHA256.HashData(proof.Answer.Span);
        await _writer.RunAsync(session =>
        {
            var id = session.Prepare("SELECT id FROM revocation_proof WHERE digest = ?1").Bind(1, digest).RunScalar() ?? KeepProof(session, digest, proof, said);
            foreach (var (certificate, answer) in said)
            {
                Due(session, certificate, answer);
                session.Prepare("""
                    INSERT INTO revocation_answer (certificate, status, revoked_at, this_update, next_update, proof) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                    ON CONFLICT (certificate) DO UPDATE SET status = ?2, revoked_at = ?3, this_update = ?4, next_update = ?5, proof = ?6 WHERE this_update <= ?4
                    """).Bind(1, certificate).Bind(2, (long)answer.Status).Bind(3, answer.RevokedAt).Bind(4, answer.ThisUpdate).Bind(5, answer.NextUpdate).Bind(6, id).Run();
            }
            return true;
        }).ConfigureAwait(false);
        foreach (var (certificate, answer) in said) Current.Revocations.Put(certificate, answer);
    }

    public ValueTask<RevocationProof?> FindAnswerAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => database.Prepare("SELECT source, fetched_at, answer FROM revocation_proof WHERE digest = ?1").Bind(1, digest.Span)
            .ReadAll(row => new RevocationProof(row.Text(0), row.Time(1), row.Blob(2))).FirstOrDefault()));

    public ValueTask<byte[]?> ProofOfAsync(string fingerprint, CancellationToken cancellationToken) => ValueTask.FromResult(_reads.Read(database => database
        .Prepare("SELECT p.answer FROM revocation_answer a JOIN revocation_proof p ON p.id = a.proof WHERE a.certificate = ?1").Bind(1, fingerprint).ReadAll(row => row.Blob(0)).FirstOrDefault()));

    public ValueTask<IReadOnlyList<string>> DocumentsOfAsync(string fingerprint, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(_reads.Read(database =>
            database.Prepare("SELECT document FROM signature_certificate WHERE certificate = ?1 ORDER BY document DESC LIMIT ?2").Bind(1, fingerprint).Bind(2, limit).ReadAll(row => _ids.Document(row.Long(0)))));

    private static long KeepProof(WriteSession session, byte[] digest, RevocationProof proof, IReadOnlyDictionary<string, RevocationAnswer> said)
    {
        session.Prepare("INSERT INTO revocation_proof (digest, source, fetched_at, answer) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, digest).Bind(2, proof.Source).Bind(3, proof.FetchedAt).Bind(4, proof.Answer.Span).Run();
        // The address stands in a certificate that anybody may have made.
        var source = proof.Source.Length > LongestSource ? proof.Source[..LongestSource] : proof.Source;
        var detail = string.Join(", ", said.Select(one => $"{one.Value.Status.ToString().ToLowerInvariant()} {one.Key}")) + " " + source;
        session.Witness(new EvidenceEntry { Event = EvidenceEvents.RevocationAnswerKept, Time = session.Now, Digest = digest, Detail = detail });
        return session.Prepare("SELECT id FROM revocation_proof WHERE digest = ?1").Bind(1, digest).RunScalar()!.Value;
    }

    /// <summary>
    /// Documents that rest on the certificate are judged again when it is good after nothing was known of it, those from where the last time ended; and all of
    /// them when it is found to be revoked.
    /// </summary>
    private static void Due(WriteSession session, string certificate, RevocationAnswer answer)
    {
        if (answer.Status == RevocationStatus.Unknown) return;
        var isRevoked = answer.Status == RevocationStatus.Revoked;
        if (isRevoked && session.Prepare("SELECT 1 FROM revocation_answer WHERE certificate = ?1 AND status = 1").Bind(1, certificate).RunScalar() is not null) return;
        session.Prepare("INSERT INTO rejudging (certificate, is_due, done) VALUES (?1, 1, 0) ON CONFLICT (certificate) DO UPDATE SET is_due = 1, done = CASE WHEN ?2 THEN 0 ELSE done END")
            .Bind(1, certificate).Bind(2, isRevoked).Run();
    }

    private static void Witness(WriteSession session, string actor, string detail) =>
        session.Witness(new EvidenceEntry { Event = EvidenceEvents.TrustChanged, Time = session.Now, Actor = actor, Detail = detail });

    private static TrustBook ReadBook(Database database) => new(
        database.Prepare("SELECT fingerprint, der, is_root, source, added_at FROM trust_certificate ORDER BY added_at, fingerprint")
            .ReadAll(row => new TrustedCertificate(row.Text(0), row.Blob(1), row.Bool(2), row.Text(3), row.Time(4))));

    private static List<(string Certificate, RevocationAnswer Answer)> ReadAnswers(Database database) =>
        database.Prepare("SELECT certificate, status, revoked_at, this_update, next_update FROM revocation_answer")
            .ReadAll(row => (row.Text(0), new RevocationAnswer((RevocationStatus)row.Int(1), row.TimeOrNull(2), row.Time(3), row.TimeOrNull(4))));
}
