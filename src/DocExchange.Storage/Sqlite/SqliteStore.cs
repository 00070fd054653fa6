using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Storage.Packages;
using DocExchange.Storage.Sqlite.Backups;
using DocExchange.Storage.Sqlite.Documents;
using DocExchange.Storage.Sqlite.Log;
using DocExchange.Storage.Sqlite.LookUp;
using DocExchange.Storage.Sqlite.Mailboxes;

namespace DocExchange.Storage.Sqlite;

/// <summary>The embedded store of one data folder: opened once, by one process, closed at the end.</summary>
public sealed class SqliteStore : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly Database _database;
    private readonly ReadPool _reads;
    private readonly GroupWriter _writer;
    private readonly EvidenceAppender _evidence;
    private readonly MailboxMoves _moves;
    private readonly SharedBodies _smallBodies;
    private bool _disposed;

    private SqliteStore(StoreOptions options, HubKey key, TimeProvider time, CurrentParties parties, FileStream held)
    {
        (_lock, _folder) = (held, options.Folder);
        var path = Path.Combine(options.Folder, "store", "exchange.db");
        DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
        var identity = FolderIdentity.Read(options.Folder);
        if (identity is not null && !File.Exists(path))
        {
            throw new StoreRefusedException(
                $"The data folder {options.Folder} belongs to the hub {identity.Origin}, but its store is missing. Restore a backup; starting empty would forget acknowledged documents.");
        }
        _database = OpenWriter(path, options);
        Migrator.Migrate(_database);
        LookUpIndex.Fill(_database);
        var epochs = Identify(options, identity, time);
        Epoch = epochs[^1];
        Ids = EpochStart.Ids(_database, epochs);
        var evidence = _evidence = new EvidenceAppender(Ids, Origin, key, options.WithoutLog);
        evidence.Load(_database);
        _reads = new ReadPool(() => Database.Open(path, readOnly: true));
        CollectionPause.Prepare(options.Folder);
        Bodies = new FileBodies(options);
        _smallBodies = new SharedBodies(Bodies, options);
        if (Documents.Bodies.EndOfNewestShared(_database) is { } end && !_smallBodies.Holds(end))
        {
            throw new StoreRefusedException($"The small originals in {options.Folder} (bodies-small) are older than the store that names them. Put back what belongs together, or restore a backup.");
        }
        _writer = new GroupWriter(_database, evidence, _smallBodies, time, options.EndProcess);
        var notices = new ArrivalNotices(parties);
        Exchange = new SqliteExchangeStore(_writer, _reads, Ids, parties, notices);
        Relays = new SqliteRelayStore(_writer, _reads, Ids, notices);
        Alarms = new AlarmBoard(new SqliteAlarmStore(_writer, _reads), time);
        _moves = new MailboxMoves(_writer, _reads, parties, Alarms);
        Accounts = new SqliteAccountStore(_writer, _reads);
        Parties = new SqlitePartyStore(_writer, _reads, parties, _moves);
        Packages = new PackageStore(Bodies, _smallBodies, Exchange, options.SmallLimit);
        Trust = new SqliteTrustStore(_writer, _reads, Ids);
        Malware = new SqliteMalwareStore(_writer, _reads, Ids);
        Rejudging = new SqliteRejudgingStore(_writer, _reads, Ids);
        CopySignatures = new SqliteCopySignatures(_writer, _reads);
        SignedCopies = new SqliteSignedCopies(_writer);
        Log = new SqliteLogStore(_writer, _reads, epochs);
        Exports = new SqliteExportStore(_reads, Ids);
        Health = new StoreHealth(options, _writer, Bodies);
        if (evidence.NextIndex == Ids.FirstNumber) _writer.RunAsync(session => EpochStart.Witness(session, Origin)).GetAwaiter().GetResult();
    }

    /// <summary>The life of the data folder that this is.</summary>
    public LogEpoch Epoch { get; }

    public string Origin => Epoch.Origin;

    public SqliteExchangeStore Exchange { get; }

    public SqlitePartyStore Parties { get; }

    public SqliteAccountStore Accounts { get; }

    public SqliteRelayStore Relays { get; }

    public SqliteTrustStore Trust { get; }

    public SqliteMalwareStore Malware { get; }

    public SqliteRejudgingStore Rejudging { get; }

    public SqliteCopySignatures CopySignatures { get; }

    public SqliteSignedCopies SignedCopies { get; }

    public PackageStore Packages { get; }

    public FileBodies Bodies { get; }

    public SqliteLogStore Log { get; }

    public SqliteExportStore Exports { get; }

    public StoreHealth Health { get; }

    public AlarmBoard Alarms { get; }

    internal EpochIds Ids { get; }

    internal GroupWriter Writer => _writer;

    /// <summary>Opens or creates the folder's store. One process at a time.</summary>
    /// <exception cref="StoreRefusedException">The folder is in use, belongs to another hub, was written by a newer version, or has been altered.</exception>
    public static SqliteStore Open(StoreOptions options, HubKey key, TimeProvider time, CurrentParties parties)
    {
        DurableFile.CreateDirectory(options.Folder);
        var held = Lock(options.Folder);
        try
        {
            return new SqliteStore(options, key, time, parties, held);
        }
        catch (SqliteFault fault)
        {
            held.Dispose();
            throw new StoreRefusedException($"The store in {options.Folder} cannot be opened: {fault.Message}. Look at the disk's room, state and permissions.");
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Begins a new epoch in a folder whose hub is stopped: after a restore, a rewind that an operator accepts, or a compromised key. The next
    /// opening writes its first leaf.
    /// </summary>
    /// <param name="seen">What has left the folder: the last head named is the newest of the store's own and these; unknown logs are accepted as lost.</param>
    /// <param name="reason">Why, for the first leaf.</param>
    /// <exception cref="StoreRefusedException">The folder is in use or has no store.</exception>
    public static LogEpoch BeginEpoch(StoreOptions options, TimeProvider time, IReadOnlyCollection<SeenLog> seen, string reason)
    {
        using var held = Lock(options.Folder);
        var path = Path.Combine(options.Folder, "store", "exchange.db");
        if (!File.Exists(path)) throw new StoreRefusedException($"The data folder {options.Folder} has no store.");
        using var database = OpenWriter(path, options);
        Migrator.Migrate(database);
        var current = EpochStart.Read(database).LastOrDefault() ?? throw new StoreRefusedException($"The store of {options.Folder} is empty.");
        var own = HeadReads.Newest(database, current)?.Checkpoint;
        var newest = seen.Select(one => one.Seen).Append(own).Where(head => head?.Origin == current.Origin).MaxBy(head => head!.Size);
        return EpochStart.Prepare(database, options.HubName, time.GetUtcNow(), $"{EpochStart.After(current.Origin, newest)}: {reason}", seen.Select(one => one.Origin));
    }

    /// <summary>Signs with another key from now on. When it completes, the old one is no longer in use.</summary>
    public Task UseKeyAsync(HubKey next)
    {
        _evidence.UseKey(next);
        return _writer.RunAsync(_ => true);
    }

    /// <summary>Removes stored files that no document names and that are older than a day. Returns how many.</summary>
    public Task<int> CollectBodiesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        BodyCollection.RunAsync(_writer, Bodies, _folder, now, cancellationToken);

    /// <summary>Sizes and queues as they are now; costs a walk over the index of open items.</summary>
    public StoreFigures ReadFigures() => _reads.Read(database => StoreFigures.Read(database, Ids, _folder));

    /// <summary>The moment up to which the newest backup of this folder holds everything; null when none was made.</summary>
    public DateTimeOffset? NewestBackup() => BackupMark.Read(_folder);

    /// <summary>Moves items into the mailboxes they belong to, where a stop came between a change of the directory and that.</summary>
    public Task SettleMailboxesAsync(CancellationToken cancellationToken) => _moves.SettleIfDueAsync(cancellationToken);

    /// <summary>Gives up packages whose document has not come since <paramref name="limit"/>, and raises an alarm for those who sent them. Returns how many.</summary>
    public async Task<int> ExpireAwaitedAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        for (var count = 0; ; cancellationToken.ThrowIfCancellationRequested())
        {
            var systems = await _writer.RunAsync(session => AwaitedDocuments.Expire(session, limit)).ConfigureAwait(false);
            foreach (var system in systems) Alarms.Raise(AlarmKind.StatusExpired, system);
            count += systems.Count;
            if (systems.Count < AwaitedDocuments.MostAtOnce) return count;
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _moves.Dispose();
        _writer.Dispose();
        Parties.Dispose();
        _smallBodies.Dispose();
        _reads.Dispose();
        _database.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StoreRefusedException($"The data folder {folder} is in use by another hub process. Stop that one first, or give this one another folder with --data.");
        }
    }

    private static Database OpenWriter(string path, StoreOptions options)
    {
        var database = Database.Open(path, readOnly: false);
        database.Execute($"""
            PRAGMA page_size = 4096;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = {options.Synchronous};
            PRAGMA cache_size = -{options.CacheKilobytes.ToString(CultureInfo.InvariantCulture)};
            PRAGMA temp_store = MEMORY;
            PRAGMA wal_autocheckpoint = {options.CheckpointPages.ToString(CultureInfo.InvariantCulture)};
            """);
        return database;
    }

    /// <summary>The folder's lives; the first one is begun here, and one that a crash left half begun is finished.</summary>
    private List<LogEpoch> Identify(StoreOptions options, FolderIdentity? identity, TimeProvider time)
    {
        var known = EpochStart.Read(_database);
        if (known.Count == 0)
        {
            if (identity is not null)
            {
                throw new StoreRefusedException($"The data folder {options.Folder} belongs to {identity.Origin}, but its store is empty. Restore a backup.");
            }
            known.Add(EpochStart.Prepare(_database, options.HubName, time.GetUtcNow(), "", []));
        }
        var current = known[^1];
        var begun = known.Count > 1 && identity?.Origin == known[^2].Origin && EpochStart.IsPending(_database);
        if (identity is null || begun) new FolderIdentity(options.HubName, current.Origin).Write(options.Folder);
        else if (identity.Origin != current.Origin)
        {
            throw new StoreRefusedException(
                $"The data folder {options.Folder} belongs to {identity.Origin}, but its store says it is {current.Origin}. One of the two was exchanged; put back what belongs together.");
        }
        return known;
    }
}
