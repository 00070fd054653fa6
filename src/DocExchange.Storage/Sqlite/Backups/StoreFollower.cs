using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>
/// Follows the store of a folder while another process writes it, without missing a page: there is always a read transaction that keeps
/// the log from being begun anew over what was not read yet (docs/decisions/0015-following-backup.md). Never used inside the hub's own
/// process: closing a file there would let go of the locks that SQLite holds on it (fcntl).
/// </summary>
internal sealed class StoreFollower : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(12);
    private readonly Database _checkpointer;
    private readonly Database[] _readers;
    private readonly List<SafeFileHandle> _files = [];
    private readonly WalTail _tail;
    private int _holding;

    private StoreFollower(string path)
    {
        Path = path;
        _checkpointer = Database.Open(path, readOnly: false);
        // The first read makes the log and its index where no hub is running.
        _checkpointer.Prepare("SELECT count(*) FROM sqlite_schema").RunScalar();
        _readers = [Database.Open(path, readOnly: false), Database.Open(path, readOnly: false)];
        Store = OpenFile(path);
        _tail = new WalTail(OpenFile(path + "-wal"), OpenFile(path + "-shm"));
        // Others write all the time; a turn that does not come soon is tried again in a later round.
        foreach (var reader in _readers) reader.Execute("PRAGMA busy_timeout = 500");
    }

    public string Path { get; }

    /// <summary>The store's file for copying. Torn pages in a copy are those the log holds whole.</summary>
    public SafeFileHandle Store { get; }

    /// <summary>How long the log has grown since it was begun anew, bytes.</summary>
    public long LogBytes => _tail.Length;

    /// <exception cref="StoreRefusedException">There is no store, or it cannot be read.</exception>
    public static StoreFollower Open(string folder)
    {
        var path = System.IO.Path.Combine(folder, "store", "exchange.db");
        if (!File.Exists(path)) throw new StoreRefusedException($"{folder} is no data folder of a hub: there is no {path}.");
        try
        {
            using (var database = Database.Open(path, readOnly: false))
            {
                if (!Migrator.IsCurrent(database)) throw new StoreRefusedException($"The store in {folder} was written by another version. Start its hub with this one first, or use the program that wrote it.");
            }
            return new StoreFollower(path);
        }
        catch (SqliteFault fault)
        {
            throw new StoreRefusedException($"The store in {folder} cannot be read: {fault.Message}.");
        }
    }

    /// <summary>
    /// Begins to follow from now on: everything committed before is in the store's file when this returns, for whoever copies it afterwards.
    /// False when somebody was reading just then; a later try will do.
    /// </summary>
    public bool TryBegin() => Checkpoint() && Alone(() =>
    {
        if (!CheckpointAll()) return false;
        Hold(_readers[_holding]);
        _tail.StartHere();
        return true;
    });

    /// <summary>Hands on everything committed since the last call, and lets the store reuse what was handed on before.</summary>
    public void Read(Action<WalPiece> take)
    {
        // Begun before reading and ended only after the next has begun and been read up to: between the two nothing can be overwritten.
        var next = _readers[1 - _holding];
        Hold(next);
        try
        {
            _tail.Read(take);
        }
        catch
        {
            next.Execute("COMMIT");
            throw;
        }
        _readers[_holding].Execute("COMMIT");
        _holding = 1 - _holding;
    }

    /// <summary>
    /// Lets a log that never gets a pause be begun anew: the writer is held up while the last few pages are read and moved into the store.
    /// False when somebody was reading just then; a later try will do.
    /// </summary>
    public bool MakeRoom(Action<WalPiece> take)
    {
        Read(take);
        Checkpoint();
        Read(take);
        // What is read while the writer waits is kept in memory: where it goes may be slow.
        var waiting = new List<WalPiece>();
        var moved = Alone(() =>
        {
            _tail.Read(piece => waiting.Add(piece with { Bytes = piece.Bytes.ToArray() }));
            _readers[_holding].Execute("COMMIT");
            var all = CheckpointAll();
            Hold(_readers[_holding]);
            LetReadersGo();
            return all;
        });
        waiting.ForEach(take);
        return moved;
    }

    /// <summary>A short read of the store as it is now, at or after everything handed on.</summary>
    public T Query<T>(Func<Database, T> query) => query(_checkpointer);

    /// <summary>A read of the store as it was at the last <see cref="Read"/>: everything it finds was handed on.</summary>
    public T QueryRead<T>(Func<Database, T> query) => query(_readers[_holding]);

    public void Dispose()
    {
        foreach (var reader in _readers) reader.Dispose();
        _checkpointer.Dispose();
        // After the connections: see above.
        foreach (var file in _files) file.Dispose();
    }

    /// <summary>Runs something while nobody can commit; false when the turn does not come.</summary>
    private bool Alone(Func<bool> run)
    {
        var blocker = _readers[1 - _holding];
        try
        {
            blocker.Execute("BEGIN IMMEDIATE");
        }
        catch (SqliteFault busy) when (busy.IsNoRoom)
        {
            return false;
        }
        try
        {
            return run();
        }
        finally
        {
            blocker.Execute("ROLLBACK");
        }
    }

    /// <summary>Tries for a moment: readers of an older state, or the hub's own tidying up, may be in the way.</summary>
    private bool CheckpointAll()
    {
        var began = Stopwatch.GetTimestamp();
        while (!Checkpoint())
        {
            if (Stopwatch.GetElapsedTime(began) > Moment) return false;
            Thread.Yield();
        }
        return true;
    }

    /// <summary>Who reads the log keeps it from being begun anew; whoever begins to read now reads the store alone.</summary>
    private static void LetReadersGo()
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Moment / 4) Thread.Yield();
    }

    /// <summary>Moves what is in the log into the store; true when all of it was.</summary>
    private bool Checkpoint()
    {
        var statement = _checkpointer.Prepare("PRAGMA wal_checkpoint(PASSIVE)");
        try
        {
            return statement.Step() && statement.Int(0) == 0 && statement.Int(1) == statement.Int(2);
        }
        finally
        {
            statement.Reset();
        }
    }

    private static void Hold(Database reader)
    {
        reader.Execute("BEGIN");
        reader.Prepare("SELECT count(*) FROM sqlite_schema").RunScalar();
    }

    private SafeFileHandle OpenFile(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _files.Add(file);
        return file;
    }
}
