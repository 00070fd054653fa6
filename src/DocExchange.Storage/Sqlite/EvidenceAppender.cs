using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;
using DocExchange.Storage.Sqlite.Log;

namespace DocExchange.Storage.Sqlite;

internal readonly record struct EvidenceMark(MerkleFrontier Frontier, int Leaves);

/// <summary>
/// Appends leaves in the writer's transaction and signs one checkpoint per batch before it commits. Nothing of a batch leaves the
/// process before that commit is durable. Belongs to the writer's thread.
/// </summary>
internal sealed class EvidenceAppender(EpochIds ids, string origin, HubKey key, bool withoutLog = false)
{
    private static readonly byte[] NoHash = new byte[MerkleHash.Size];
    private volatile HubKey _key = key;
    private MerkleFrontier _committed = MerkleFrontier.Empty();
    private MerkleFrontier _frontier = MerkleFrontier.Empty();
    private MerkleFrontier? _pending;
    private int _leaves;
    private DateTimeOffset _lastTime;
    private IReadOnlyList<byte[]>? _signer;
    private IReadOnlyList<byte[]>? _pendingSigner;

    public EpochIds Ids => ids;

    /// <summary>The number, epoch included, that the next leaf gets.</summary>
    public long NextIndex => ids.FirstNumber + _frontier.Size;

    /// <summary>Signs with this key from the next checkpoint on; the one in hand is not changed. Any thread.</summary>
    public void UseKey(HubKey next) => _key = next;

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
        _signer = NewestSigner(database);
        var statement = database.Prepare("SELECT size, first, note, peaks FROM checkpoint WHERE size > ?1 ORDER BY size DESC LIMIT 1").Bind(1, ids.FirstNumber);
        try
        {
            if (!statement.Step())
            {
                RefuseUnwitnessed(database);
                _lastTime = TimeOfEarlierEpochs(database);
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
        _leaves++;
        if (withoutLog)
        {
            _frontier.Append(NoHash);
            return index;
        }
        var salt = Core.Ids.Salt();
        var bytes = entry.ToCanonicalBytes();
        var hash = MerkleHash.Leaf(salt, bytes);
        database.Prepare("INSERT INTO log (idx, hash, salt, entry, document, system) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, index).Bind(2, hash).Bind(3, salt).Bind(4, bytes).Bind(5, document).Bind(6, system).Run();
        _frontier.Append(hash);
        return index;
    }

    /// <summary>
    /// Signs the head of this batch and writes it into the open transaction; nothing when the batch witnessed nothing. The first batch of another
    /// key or certificate says so in a leaf of its own.
    /// </summary>
    public void SealBatch(Database database, DateTimeOffset now)
    {
        if (_leaves == 0) return;
        if (!withoutLog) Seal(database, _key, now);
        _leaves = 0;
        _pending = _frontier.Clone();
    }

    private void Seal(Database database, HubKey signing, DateTimeOffset now)
    {
        _pendingSigner = signing.Chain;
        if (!ReferenceEquals(_signer, signing.Chain)) ChangeSigner(database, signing, now);
        var note = new Checkpoint(origin, _frontier.Size, _frontier.Root(), now).ToText();
        database.Prepare("INSERT INTO checkpoint (size, first, note, peaks, signature, key_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, ids.FirstNumber + _frontier.Size).Bind(2, ids.FirstNumber + _committed.Size).Bind(3, note)
            .Bind(4, _committed.ToBytes()).Bind(5, signing.Sign(note, now)).Bind(6, signing.ChainId).Run();
    }

    /// <summary>The batch is durable.</summary>
    public void Committed()
    {
        if (_pending is null) return;
        (_committed, _pending, _signer) = (_pending, null, _pendingSigner);
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

    private void ChangeSigner(Database database, HubKey signing, DateTimeOffset now)
    {
        if (_signer is { Count: > 0 } before && HubKey.ChainIdOf(before) != signing.ChainId)
        {
            Append(database, new EvidenceEntry { Event = EvidenceEvents.SigningKeyChanged, Time = now, Detail = $"{HubKey.KeyIdOf(before[0])} {signing.KeyId}" }, null, null);
        }
        for (var place = 0; place < signing.Chain.Count; place++)
        {
            database.Prepare("INSERT OR IGNORE INTO signer (key_id, place, certificate) VALUES (?1, ?2, ?3)")
                .Bind(1, signing.ChainId).Bind(2, place).Bind(3, signing.Chain[place]).Run();
        }
    }

    /// <summary>The chain behind the newest checkpoint of any epoch; null before the first.</summary>
    private static List<byte[]>? NewestSigner(Database database) =>
        database.Prepare("SELECT key_id FROM checkpoint ORDER BY size DESC LIMIT 1").ReadAll(row => row.Text(0)) is [var id] ? HeadReads.ChainOf(database, id) : null;

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

    private static DateTimeOffset TimeOfEarlierEpochs(Database database) =>
        database.Prepare("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1").ReadAll(row => Checkpoint.TryParse(row.Span(0), out var head) ? head.Time : default).FirstOrDefault();

    private static List<byte[]> LeavesFrom(Database database, long first, long end) => database
        .Prepare("SELECT hash FROM log WHERE idx >= ?1 AND idx < ?2 ORDER BY idx").Bind(1, first).Bind(2, end).ReadAll(row => row.Blob(0));
}
