using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;

namespace DocExchange.Storage.Sqlite;

internal readonly record struct EvidenceMark(MerkleFrontier Frontier, int Leaves);

/// <summary>
/// Appends leaves in the writer's transaction and signs one checkpoint per batch before it commits. Nothing of a batch leaves the
/// process before that commit is durable. Belongs to the writer's thread.
/// </summary>
internal sealed class EvidenceAppender(EpochIds ids, string origin, HubKey key)
{
    private MerkleFrontier _committed = MerkleFrontier.Empty();
    private MerkleFrontier _frontier = MerkleFrontier.Empty();
    private MerkleFrontier? _pending;
    private int _leaves;
    private DateTimeOffset _lastTime;
    private bool _signerKnown;

    public EpochIds Ids => ids;

    /// <summary>The number, epoch included, that the next leaf gets.</summary>
    public long NextIndex => ids.FirstNumber + _frontier.Size;

    public EvidenceMark Mark() => new(_frontier.Clone(), _leaves);

    public void ReturnTo(EvidenceMark mark) => (_frontier, _leaves) = (mark.Frontier, mark.Leaves);

    /// <summary>Evidence time never runs backwards, whatever the clock does; whole milliseconds.</summary>
    public DateTimeOffset NextTime(DateTimeOffset clock)
    {
        var whole = DateTimeOffset.FromUnixTimeMilliseconds(clock.ToUnixTimeMilliseconds());
        return _lastTime = whole > _lastTime ? whole : _lastTime;
    }

    /// <summary>Takes up the log where the store says it is.</summary>
    public void Load(Database database)
    {
        var statement = database.Prepare("SELECT size, first, note, peaks FROM checkpoint WHERE size > ?1 ORDER BY size DESC LIMIT 1").Bind(1, ids.FirstNumber);
        try
        {
            if (!statement.Step())
            {
                RefuseUnwitnessed(database);
                // Time does not run backwards from epoch to epoch either.
                if (LogCheck.NewestHead(database) is { } before) _lastTime = before.Time;
                return;
            }
            if (!Checkpoint.TryParse(statement.Span(2), out var head)) throw new StoreRefusedException("The store's newest checkpoint cannot be read.");
            var first = statement.Long(1);
            var frontier = MerkleFrontier.Parse(EpochIds.IndexInEpoch(first), statement.Span(3));
            foreach (var leaf in LeavesFrom(database, first, statement.Long(0))) frontier.Append(leaf);
            if (!frontier.Root().AsSpan().SequenceEqual(head.Root) || database.Prepare("SELECT max(idx) FROM log").RunScalar() >= statement.Long(0))
            {
                throw new StoreRefusedException("The store's log does not match its newest signed checkpoint: entries were removed or altered. Restore a backup.");
            }
            (_committed, _frontier, _lastTime) = (frontier.Clone(), frontier, head.Time);
        }
        catch (Exception damage) when (damage is FormatException or ArgumentException)
        {
            throw new StoreRefusedException("The store's log is damaged: " + damage.Message + " Restore a backup.");
        }
        finally
        {
            statement.Reset();
        }
    }

    public long Append(Database database, EvidenceEntry entry, long? document, long? system)
    {
        var index = NextIndex;
        var salt = Core.Ids.Salt();
        var bytes = entry.ToCanonicalBytes();
        var hash = MerkleHash.Leaf(salt, bytes);
        database.Prepare("INSERT INTO log (idx, hash, salt, entry, document, system) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, index).Bind(2, hash).Bind(3, salt).Bind(4, bytes).Bind(5, document).Bind(6, system).Run();
        _frontier.Append(hash);
        _leaves++;
        return index;
    }

    /// <summary>Signs the head of this batch and writes it into the open transaction; nothing when the batch witnessed nothing.</summary>
    public void SealBatch(Database database, DateTimeOffset now)
    {
        if (_leaves == 0) return;
        if (!_signerKnown) WriteSigner(database);
        var note = new Checkpoint(origin, _frontier.Size, _frontier.Root(), now).ToText();
        database.Prepare("INSERT INTO checkpoint (size, first, note, peaks, signature, key_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, ids.FirstNumber + _frontier.Size).Bind(2, ids.FirstNumber + _committed.Size).Bind(3, note)
            .Bind(4, _committed.ToBytes()).Bind(5, key.Sign(note, now)).Bind(6, key.KeyId).Run();
        _leaves = 0;
        _pending = _frontier.Clone();
    }

    /// <summary>The batch is durable.</summary>
    public void Committed()
    {
        if (_pending is null) return;
        (_committed, _pending, _signerKnown) = (_pending, null, true);
    }

    /// <summary>After a commit of unknown outcome: what the store holds is the head, whatever we thought.</summary>
    public void CheckHead(Database database, Action<string> endProcess)
    {
        (_pending, _leaves) = (null, 0);
        try
        {
            (_committed, _frontier) = (MerkleFrontier.Empty(), MerkleFrontier.Empty());
            Load(database);
        }
        catch (Exception fault) when (fault is SqliteFault or StoreRefusedException)
        {
            endProcess("The head of the log could not be read again after a failed commit: " + fault.Message);
        }
    }

    private void WriteSigner(Database database)
    {
        for (var place = 0; place < key.Chain.Count; place++)
        {
            database.Prepare("INSERT OR IGNORE INTO signer (key_id, place, certificate) VALUES (?1, ?2, ?3)")
                .Bind(1, key.KeyId).Bind(2, place).Bind(3, key.Chain[place]).Run();
        }
    }

    /// <summary>Rows without a log above them: the log was emptied. Starting it anew would sign a second history in the same name.</summary>
    private void RefuseUnwitnessed(Database database)
    {
        var first = ids.FirstNumber;
        if (database.Prepare("SELECT 1 FROM log WHERE idx >= ?1 LIMIT 1").Bind(1, first).RunScalar() is not null
            || database.Prepare("SELECT 1 FROM document WHERE number > ?1 LIMIT 1").Bind(1, first).RunScalar() is not null)
        {
            throw new StoreRefusedException("The store holds documents, but its log has no signed checkpoint: entries were removed. Restore a backup.");
        }
    }

    private static List<byte[]> LeavesFrom(Database database, long first, long end)
    {
        var leaves = new List<byte[]>();
        var statement = database.Prepare("SELECT hash FROM log WHERE idx >= ?1 AND idx < ?2 ORDER BY idx").Bind(1, first).Bind(2, end);
        try
        {
            while (statement.Step()) leaves.Add(statement.Blob(0));
        }
        finally
        {
            statement.Reset();
        }
        return leaves;
    }
}
