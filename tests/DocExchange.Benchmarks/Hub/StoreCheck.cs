using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Benchmarks.Hub;

/// <param name="Receipts">Leaves that were recomputed and found in their batch's signed checkpoint.</param>
/// <param name="Signatures">Checkpoints of which one whole receipt was rendered and verified, signature and chain included.</param>
internal sealed record CheckedStore(int Acknowledged, int Documents, int Receipts, int Signatures, long BodyBytes, TimeSpan Duration);

/// <summary>
/// Opens the folder after its hub has stopped and compares it with what clients were told: every acknowledged document is there once and
/// nothing else is, its bytes have their digest, its leaf is in its batch, and every batch's receipt verifies.
/// </summary>
internal static class StoreCheck
{
    public static async Task<CheckedStore> RunAsync(string folder, IReadOnlyCollection<long> acknowledged)
    {
        var clock = Stopwatch.StartNew();
        await using var hub = await HubApplication.OpenAsync(new HubOptions { Data = folder, Port = 0 }, TimeProvider.System);
        using var database = Database.Open(Path.Combine(folder, "store", "exchange.db"), readOnly: true);
        var documents = CompareAcknowledgements(database, acknowledged);
        var bytes = await CompareBodiesAsync(hub, database);
        var receipts = 0;
        var signatures = 0;
        var acceptances = 0;
        using var root = X509CertificateLoader.LoadCertificate(hub.Key.Chain[^1]);
        foreach (var batch in Batches(database))
        {
            var leaves = CompareLeaves(database, batch);
            receipts += leaves.Count;
            acceptances += leaves.Acceptances;
            if (leaves.LastReceipt is not { } receipt) continue;
            await VerifyAsync(hub, receipt, signatures == 0 ? [root] : null);
            signatures++;
        }
        if (acceptances != documents) throw new BenchmarkFailedException($"{documents} documents, but {acceptances} acceptances in signed batches.");
        return new CheckedStore(acknowledged.Count, documents, receipts, signatures, bytes, clock.Elapsed);
    }

    private static int CompareAcknowledgements(Database database, IReadOnlyCollection<long> acknowledged)
    {
        var told = acknowledged.ToHashSet();
        if (told.Count != acknowledged.Count) throw new BenchmarkFailedException($"{acknowledged.Count} acknowledgements name only {told.Count} documents.");
        var stored = new HashSet<long>();
        Each(database.Prepare("SELECT number FROM document WHERE kind = 0 AND identity LIKE 'BENCH,%'"), row => stored.Add(row.Long(0)));
        var lost = told.Count(number => !stored.Contains(number));
        var extra = stored.Count(number => !told.Contains(number));
        if (lost + extra > 0) throw new BenchmarkFailedException($"{lost} acknowledged documents are not in the store, {extra} in the store were never acknowledged.");
        var doubled = database.Prepare("SELECT count(*) - count(DISTINCT identity) FROM document WHERE kind = 0").RunScalar();
        if (doubled != 0) throw new BenchmarkFailedException($"{doubled} documents are stored twice.");
        return stored.Count;
    }

    /// <summary>Reads every stored original back and hashes it.</summary>
    private static async Task<long> CompareBodiesAsync(HubApplication hub, Database database)
    {
        var bodies = new List<(byte[] Digest, long Size)>();
        Each(database.Prepare("SELECT digest, size FROM body"), row => bodies.Add((row.Blob(0), row.Long(1))));
        long bytes = 0;
        foreach (var (digest, size) in bodies)
        {
            await using var stream = await hub.Store.Packages.OpenAsync(digest, default)
                ?? throw new BenchmarkFailedException($"The bytes of {Convert.ToHexStringLower(digest)} are gone.");
            if (stream.Length != size || !(await SHA256.HashDataAsync(stream)).AsSpan().SequenceEqual(digest))
            {
                throw new BenchmarkFailedException($"The bytes of {Convert.ToHexStringLower(digest)} are not those that were acknowledged.");
            }
            bytes += size;
        }
        return bytes;
    }

    private static List<Batch> Batches(Database database)
    {
        var batches = new List<Batch>();
        Each(database.Prepare("SELECT first, size, note, peaks FROM checkpoint ORDER BY size"),
            row => batches.Add(new Batch(row.Long(0), row.Long(1), row.Blob(2), row.Blob(3))));
        return batches;
    }

    /// <summary>Recomputes every leaf of the batch from its salt and entry and proves it against the batch's checkpoint.</summary>
    private static (int Count, int Acceptances, string? LastReceipt) CompareLeaves(Database database, Batch batch)
    {
        var leaves = new List<byte[]>();
        var acceptances = 0;
        string? last = null;
        Each(database.Prepare("SELECT salt, entry, hash FROM log WHERE idx >= ?1 AND idx < ?2 ORDER BY idx").Bind(1, batch.First).Bind(2, batch.End), row =>
        {
            var leaf = MerkleHash.Leaf(row.Span(0), row.Span(1));
            if (!leaf.AsSpan().SequenceEqual(row.Span(2))) throw new BenchmarkFailedException($"A leaf after {batch.First} does not fit its entry.");
            leaves.Add(leaf);
            var entry = EvidenceEntry.TryParse(row.Span(1)) ?? throw new BenchmarkFailedException($"An entry after {batch.First} cannot be read.");
            if (entry.Event == EvidenceEvents.SubmissionAcceptance) acceptances++;
            last = entry.Receipt ?? last;
        });
        var merkle = new MerkleBatch(MerkleFrontier.Parse(EpochIds.IndexInEpoch(batch.First), batch.Peaks), leaves);
        if (!Checkpoint.TryParse(batch.Note, out var checkpoint) || checkpoint.Size != EpochIds.IndexInEpoch(batch.End))
        {
            throw new BenchmarkFailedException($"The checkpoint at {batch.End} cannot be read.");
        }
        for (var i = 0; i < leaves.Count; i++)
        {
            var index = EpochIds.IndexInEpoch(batch.First) + i;
            if (!InclusionProof.Verify(leaves[i], index, checkpoint.Size, merkle.PathOf(index), checkpoint.Root))
            {
                throw new BenchmarkFailedException($"The receipt at {index} does not verify.");
            }
        }
        return (leaves.Count, acceptances, last);
    }

    /// <summary>Fetches and verifies one receipt of a batch, as anyone who is handed it would.</summary>
    private static async Task VerifyAsync(HubApplication hub, string id, X509Certificate2Collection? roots)
    {
        var parts = await hub.Store.Exchange.FindReceiptAsync(Scope.Everything(), id, default) ?? throw new BenchmarkFailedException($"The receipt {id} cannot be fetched.");
        var verdict = ReceiptVerifier.Verify(ReceiptFormat.Render(parts), roots);
        if (roots is null ? verdict.Valid : verdict.Trusted) return;
        throw new BenchmarkFailedException($"The receipt {id} does not verify: {verdict.Checks.First(c => c.Outcome == CheckOutcome.Failed).English}");
    }

    private static void Each(Statement statement, Action<Statement> read)
    {
        try
        {
            while (statement.Step()) read(statement);
        }
        finally
        {
            statement.Reset();
        }
    }

    private sealed record Batch(long First, long End, byte[] Note, byte[] Peaks);
}
