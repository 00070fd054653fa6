using System.Globalization;
using System.Security.Cryptography;
using DocExchange.Core;
using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Storage.Packages;
using DocExchange.Storage.Sqlite.Documents;
using DocExchange.Storage.Sqlite.LookUp;
using DocExchange.Storage.Sqlite.Mailboxes;

namespace DocExchange.Storage.Sqlite;

/// <summary>The embedded store of one data folder: opened once, by one process, closed at the end.</summary>
public sealed class SqliteStore : IDisposable
{
    private readonly FileStream _lock;
    private readonly Database _database;
    private readonly ReadPool _reads;
    private readonly GroupWriter _writer;
    private readonly MailboxMoves _moves;
    private readonly SharedBodies _smallBodies;
    private bool _disposed;

    private SqliteStore(StoreOptions options, HubKey key, TimeProvider time, CurrentParties parties, FileStream held)
    {
        _lock = held;
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
        (Origin, Ids) = Identify(options, identity, time);
        var evidence = new EvidenceAppender(Ids, Origin, key);
        evidence.Load(_database);
        _reads = new ReadPool(() => Database.Open(path, readOnly: true));
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
        Parties = new SqlitePartyStore(_writer, _reads, parties, _moves);
        Packages = new PackageStore(Bodies, _smallBodies, Exchange, options.SmallLimit);
        Health = new StoreHealth(options, _writer, Bodies);
        if (evidence.NextIndex == Ids.FirstNumber) Start(time);
    }

    public string Origin { get; }

    public SqliteExchangeStore Exchange { get; }

    public SqlitePartyStore Parties { get; }

    public SqliteRelayStore Relays { get; }

    public PackageStore Packages { get; }

    public FileBodies Bodies { get; }

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

    /// <summary>Removes stored files that no document names and that are older than a day. Returns how many.</summary>
    public Task<int> CollectBodiesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        BodyCollection.RunAsync(_writer, Bodies, now, cancellationToken);

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

    private (string Origin, EpochIds Ids) Identify(StoreOptions options, FolderIdentity? identity, TimeProvider time)
    {
        var known = ReadEpochs();
        if (known.Count == 0)
        {
            if (identity is not null)
            {
                throw new StoreRefusedException($"The data folder {options.Folder} belongs to {identity.Origin}, but its store is empty. Restore a backup.");
            }
            var tag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
            known.Add((1, tag, $"{options.HubName}/{tag}"));
            _database.Prepare("INSERT INTO epoch (ordinal, tag, origin, started) VALUES (1, ?1, ?2, ?3)")
                .Bind(1, tag).Bind(2, known[0].Origin).Bind(3, time.GetUtcNow()).Run();
        }
        var current = known[^1];
        if (identity is null) new FolderIdentity(options.HubName, current.Origin).Write(options.Folder);
        else if (identity.Origin != current.Origin)
        {
            throw new StoreRefusedException(
                $"The data folder {options.Folder} belongs to {identity.Origin}, but its store says it is {current.Origin}. One of the two was exchanged; put back what belongs together.");
        }
        return (current.Origin, new EpochIds(known.ToDictionary(e => e.Ordinal, e => e.Tag), current.Ordinal));
    }

    private List<(int Ordinal, string Tag, string Origin)> ReadEpochs()
    {
        var epochs = new List<(int, string, string)>();
        var statement = _database.Prepare("SELECT ordinal, tag, origin FROM epoch ORDER BY ordinal");
        while (statement.Step()) epochs.Add((statement.Int(0), statement.Text(1), statement.Text(2)));
        statement.Reset();
        return epochs;
    }

    /// <summary>The first leaf of an epoch. A restore will name the previous origin and head in it.</summary>
    private void Start(TimeProvider time)
    {
        var started = _writer.RunAsync(session => session.Witness(new EvidenceEntry { Event = EvidenceEvents.LogStarted, Time = session.Now, Detail = Origin }));
        started.GetAwaiter().GetResult();
    }
}
