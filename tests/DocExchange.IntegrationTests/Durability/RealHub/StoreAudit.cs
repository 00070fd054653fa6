using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Durability.RealHub;

/// <summary>What an acknowledgement promised: this document, with these bytes; of a confirmation, that its copy is delivered.</summary>
internal sealed record Promise(string DocId, string Digest, bool Delivered = false);

/// <summary>Looks into a data folder past the hub: tables, files and the log as they lie there. Each fault is one sentence.</summary>
internal sealed class StoreAudit : IDisposable
{
    private readonly string _folder;
    private readonly Database _database;
    private readonly List<string> _faults = [];

    private StoreAudit(string folder) =>
        (_folder, _database) = (folder, Database.Open(Path.Combine(folder, "store", "exchange.db"), readOnly: true));

    /// <summary>The promises alone, and the log as a whole.</summary>
    public static IReadOnlyList<string> Check(string folder, IEnumerable<Promise> promises)
    {
        using var audit = new StoreAudit(folder);
        audit._database.Execute("BEGIN");
        foreach (var promise in promises) audit.CheckPromise(promise);
        audit.CheckLog();
        return audit._faults;
    }

    /// <summary>Also that nothing is there twice and nothing besides: the documents are exactly the promised ones.</summary>
    /// <param name="documents">Distinct documents that were acknowledged, status packages not counted.</param>
    public static IReadOnlyList<string> CheckWhole(string folder, IReadOnlyCollection<Promise> promises, int documents)
    {
        using var audit = new StoreAudit(folder);
        audit._database.Execute("BEGIN");
        audit.CheckNothingTwice(documents);
        foreach (var promise in promises) audit.CheckPromise(promise);
        audit.CheckLog();
        return audit._faults;
    }

    public static IReadOnlyList<string> StagingFiles(string folder) => [.. Directory.EnumerateFiles(Path.Combine(folder, "staging"))];

    public void Dispose() => _database.Dispose();

    private void CheckPromise(Promise promise)
    {
        var number = long.Parse(promise.DocId.AsSpan(8, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var statement = _database.Prepare("""
            SELECT lower(hex(d.digest)), b.shared_file, b.digest IS NOT NULL, l.entry,
              (SELECT count(*) FROM delivery v WHERE v.document = d.number), (SELECT max(v.state) FROM delivery v WHERE v.document = d.number), b.shared_offset, b.size
            FROM document d LEFT JOIN body b ON b.digest = d.digest LEFT JOIN log l ON l.idx = d.receipt_index WHERE d.number = ?1
            """).Bind(1, number);
        try
        {
            if (!statement.Step())
            {
                _faults.Add($"lost: {promise.DocId} was acknowledged and is not there");
                return;
            }
            if (statement.Text(0) != promise.Digest) _faults.Add($"{promise.DocId} has another digest than was acknowledged");
            if (!statement.Bool(2)) _faults.Add($"{promise.DocId} has no body row");
            else if (Digest(statement, promise.Digest) is var found && found != promise.Digest) _faults.Add($"the body of {promise.DocId} is {found}");
            if (statement.IsNull(3) || !Encoding.UTF8.GetString(statement.Span(3)).Contains(promise.DocId)) _faults.Add($"{promise.DocId} has no entry in the log");
            if (statement.Int(4) != 1) _faults.Add($"{promise.DocId} has {statement.Int(4)} deliveries to one recipient");
            if (promise.Delivered && statement.Int(5) != (int)DeliveryState.Delivered) _faults.Add($"{promise.DocId} was confirmed and is {(DeliveryState)statement.Int(5)}");
        }
        finally
        {
            statement.Reset();
        }
    }

    private string Digest(Statement row, string digest)
    {
        if (!row.IsNull(1)) return DigestOfShared(Path.Combine(_folder, "bodies-small", row.Long(1).ToString("d10", CultureInfo.InvariantCulture)), row.Long(6), row.Int(7));
        var file = Path.Combine(_folder, "bodies", digest[..2], digest);
        return File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) : "missing: no file " + file;
    }

    private static string DigestOfShared(string file, long offset, int size)
    {
        if (!File.Exists(file)) return "missing: no file " + file;
        using var shared = File.OpenRead(file);
        if (shared.Length < offset + size) return $"missing: {file} ends at {shared.Length} before {offset + size}";
        shared.Position = offset;
        var bytes = new byte[size];
        shared.ReadExactly(bytes);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private void CheckNothingTwice(int documents)
    {
        Expect("ok", Text("PRAGMA quick_check"), "quick_check");
        Expect($"{documents}", Text("SELECT count(*) FROM document WHERE kind = 0"), "documents");
        Expect("0", Text("SELECT count(*) FROM (SELECT 1 FROM document GROUP BY digest HAVING count(*) > 1)"), "digests with two documents");
        Expect("0", Text("SELECT count(*) FROM (SELECT 1 FROM delivery GROUP BY document, agency_id HAVING count(*) > 1)"), "recipients with two copies");
        Expect("0", Text("SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM delivery v WHERE v.document = d.number)"), "documents without delivery");
        Expect("0", Text("SELECT count(*) FROM delivery v WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.number = v.document)"), "deliveries without document");
        Expect("0", Text("""
            SELECT count(*) FROM (SELECT 1 FROM status_event WHERE by_hub = 1 GROUP BY document, agency_id, code HAVING count(*) > 1)
            """), "arrivals recorded twice");
        Expect("0", Text("""
            SELECT count(*) FROM delivery v WHERE v.kind = 0 AND v.state = 2
              AND (SELECT count(*) FROM status_event e WHERE e.document = v.document AND e.code = 1) <> 1
            """), "confirmed copies without exactly one status 01");
        Expect("0", Text("SELECT count(*) FROM document d LEFT JOIN log l ON l.idx = d.receipt_index WHERE l.entry IS NULL"), "documents without a leaf");
        Expect("0", Text("SELECT count(*) FROM log l WHERE l.document IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document d WHERE d.number = l.document)"), "leaves without their document");
        Expect("0", Text("""
            SELECT count(*) FROM delivery v WHERE v.kind = 0 AND v.state = 2
              AND NOT EXISTS (SELECT 1 FROM log l WHERE l.document = v.document AND instr(l.entry, CAST('"ContentHandover"' AS BLOB)) > 0)
            """), "confirmed copies without a leaf");
    }

    /// <summary>Every epoch's leaves follow one another and make the root that its newest checkpoint signed.</summary>
    private void CheckLog()
    {
        var epochs = new SortedDictionary<long, MerkleFrontier>();
        var leaves = _database.Prepare("SELECT hash, idx >> 40, idx & ((1 << 40) - 1) FROM log ORDER BY idx");
        while (leaves.Step())
        {
            if (!epochs.TryGetValue(leaves.Long(1), out var frontier)) epochs[leaves.Long(1)] = frontier = MerkleFrontier.Empty();
            if (leaves.Long(2) != frontier.Size) _faults.Add($"the log has a gap before {leaves.Long(2)}");
            if (leaves.Blob(0) is { Length: MerkleHash.Size } hash) frontier.Append(hash);
            else _faults.Add($"leaf {leaves.Long(2)} is damaged");
        }
        leaves.Reset();
        if (epochs.Count == 0) _faults.Add("the log is empty");
        foreach (var (epoch, frontier) in epochs) CheckHead(epoch, frontier);
    }

    private void CheckHead(long epoch, MerkleFrontier frontier)
    {
        var newest = _database.Prepare("SELECT note FROM checkpoint WHERE size >> 40 = ?1 ORDER BY size DESC LIMIT 1").Bind(1, epoch);
        if (!newest.Step()) _faults.Add("the log has no checkpoint");
        else if (!Checkpoint.TryParse(newest.Span(0), out var head)) _faults.Add("the newest checkpoint cannot be read");
        else if (head.Size != frontier.Size || !head.Root.AsSpan().SequenceEqual(frontier.Root())) _faults.Add($"the log has {frontier.Size} leaves and its newest checkpoint {head.Size}, or another root");
        newest.Reset();
    }

    private void Expect(string wanted, string found, string what)
    {
        if (found != wanted) _faults.Add($"{what}: {found}, expected {wanted}");
    }

    private string Text(string sql)
    {
        var statement = _database.Prepare(sql);
        try
        {
            return statement.Step() ? statement.Text(0) : "";
        }
        finally
        {
            statement.Reset();
        }
    }
}
