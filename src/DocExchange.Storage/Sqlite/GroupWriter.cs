using System.Collections.Concurrent;
using DocExchange.Core;
using DocExchange.Core.Ports;
using DocExchange.Storage.Packages;

namespace DocExchange.Storage.Sqlite;

/// <summary>
/// The one writer. Everything queued while the previous commit was being synced goes into the next one: one transaction, one signed
/// checkpoint, one fsync for all of them, and no timer that a single client would wait for. Callers are answered after the sync.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    /// <summary>Operations that may wait for a commit; whoever brings more is told at once.</summary>
    public const int MostWaiting = 8192;

    private const int MostPerCommit = 512;
    private const int WrittenAtOnce = 16;

    private readonly BlockingCollection<Work> _queue = new(new ConcurrentQueue<Work>(), MostWaiting);
    private readonly Database _database;
    private readonly EvidenceAppender _evidence;
    private readonly SharedBodies _smallBodies;
    private readonly TimeProvider _time;
    private readonly Action<string> _endProcess;
    private readonly Thread _thread;
    private DateTimeOffset _now;
    private volatile string? _unavailable;

    public GroupWriter(Database database, EvidenceAppender evidence, SharedBodies smallBodies, TimeProvider time, Action<string> endProcess)
    {
        (_database, _evidence, _smallBodies, _time, _endProcess) = (database, evidence, smallBodies, time, endProcess);
        Head = new LogHead(evidence.NextIndex);
        _thread = new Thread(Loop) { IsBackground = true, Name = "store-writer" };
        _thread.Start();
    }

    /// <summary>Why the last commit failed; null when it succeeded.</summary>
    public string? Unavailable => _unavailable;

    public int Waiting => _queue.Count;

    /// <summary>How far the durable log reaches, for readers that wait for more.</summary>
    public LogHead Head { get; }

    /// <summary>Duration of the last commits' sync, for readiness and metrics.</summary>
    public SyncTimes SyncTimes { get; } = new();

    /// <summary>Runs <paramref name="operation"/> inside the next commit, isolated from the others; completes when that commit is durable. May be run twice, so it must
    /// change nothing but the session.</summary>
    /// <exception cref="StoreUnavailableException">Thrown at once: the store is being closed, or so much waits that waiting behind it would only hold the caller's thread.</exception>
    public Task<T> RunAsync<T>(Func<WriteSession, T> operation)
    {
        var work = new Work<T>(operation);
        try
        {
            if (_queue.TryAdd(work)) return work.Completion;
        }
        catch (InvalidOperationException)
        {
            throw new StoreUnavailableException("The store is being closed.");
        }
        throw new StoreUnavailableException("The store is busier than it can follow; nothing of the request was kept.");
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Loop()
    {
        var batch = new List<Work>(MostPerCommit);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            CommitBatch(batch);
        }
    }

    private void CommitBatch(List<Work> batch)
    {
        var mark = _evidence.Mark();
        try
        {
            if (!TryApplyTogether(batch)) ApplyOneByOne(batch, mark);
            _evidence.SealBatch(_database, _now);
            _smallBodies.Sync();
            var started = _time.GetTimestamp();
            _database.Prepare("COMMIT").Run();
            var took = _time.GetElapsedTime(started);
            SyncTimes.Add(took);
            HubMeter.Committed(batch.Count, took);
            _evidence.Committed();
            Head.MoveTo(_evidence.NextIndex);
            _unavailable = null;
        }
        catch (Exception fault)
        {
            Abandon(batch, mark, fault);
            return;
        }
        Tell(batch);
    }

    /// <summary>
    /// Wakes the callers of a durable batch: in a few pieces on pool threads, each going on with several answers, because a wake-up for every
    /// one of them costs more than the answer.
    /// </summary>
    private static void Tell(List<Work> batch)
    {
        var piece = Math.Max(4, (batch.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount);
        foreach (var works in batch.Chunk(piece))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static told =>
            {
                foreach (var work in told) work.Complete();
            }, works, preferLocal: false);
        }
    }

    /// <summary>
    /// Applies the batch, and what arrives meanwhile, without savepoints: a savepoint copies every page an operation touches, for a case that
    /// hardly ever comes. False when an operation failed: then nothing of the batch has been applied.
    /// </summary>
    private bool TryApplyTogether(List<Work> batch)
    {
        var session = Begin();
        try
        {
            batch[0].Apply(session);
            while (batch.Count < MostPerCommit && _queue.TryTake(out var next))
            {
                batch.Add(next);
                next.Apply(session);
                if (batch.Count % WrittenAtOnce == 0) _smallBodies.Write();
            }
            _smallBodies.Write();
            session.LookUp.Apply(_database);
            return true;
        }
        catch (Exception fault) when (IsOfOneOperation(fault))
        {
            return false;
        }
    }

    /// <summary>Applies the batch again, each operation in a savepoint of its own, so that the one at fault takes no other with it.</summary>
    private void ApplyOneByOne(List<Work> batch, EvidenceMark mark)
    {
        if (!_database.IsIdle) _database.Prepare("ROLLBACK").Run();
        _evidence.ReturnTo(mark);
        _smallBodies.Abandon();
        var session = Begin();
        foreach (var work in batch) ApplyIsolated(work, session);
        session.LookUp.Apply(_database);
    }

    private WriteSession Begin()
    {
        _database.Prepare("BEGIN IMMEDIATE").Run();
        _now = _evidence.NextTime(_time.GetUtcNow());
        return new WriteSession(_database, _evidence, _smallBodies, _now);
    }

    private void ApplyIsolated(Work work, WriteSession session)
    {
        var mark = _evidence.Mark();
        var found = session.LookUp.Mark;
        _database.Prepare("SAVEPOINT one").Run();
        try
        {
            work.Apply(session);
            _database.Prepare("RELEASE one").Run();
        }
        catch (Exception fault) when (IsOfOneOperation(fault) && !_database.IsIdle)
        {
            _database.Prepare("ROLLBACK TO one").Run();
            _database.Prepare("RELEASE one").Run();
            _evidence.ReturnTo(mark);
            session.LookUp.ReturnTo(found);
            work.Fail(fault);
        }
    }

    private static bool IsOfOneOperation(Exception fault) => fault is not SqliteFault { IsNoRoom: true } and not SqliteFault { IsLostSync: true };

    private void Abandon(List<Work> batch, EvidenceMark mark, Exception fault)
    {
        if (fault is SqliteFault { IsLostSync: true })
        {
            // What is on disk is unknown and a second fsync may claim success (Linux drops the dirty pages): only recovery from the log file tells.
            _endProcess("The disk failed to confirm a write (fsync). The hub ends now and recovers its store at the next start.");
        }
        try
        {
            if (!_database.IsIdle) _database.Execute("ROLLBACK");
        }
        catch (SqliteFault again)
        {
            _endProcess("The store could not be rolled back: " + again.Message);
        }
        _smallBodies.Abandon();
        // The head may or may not have been committed: what the store says now is the truth.
        _evidence.ReturnTo(mark);
        _evidence.CheckHead(_database, _endProcess);
        _unavailable = fault.Message;
        var told = new StoreUnavailableException("The store could not commit; nothing of the request was kept.", fault);
        foreach (var work in batch) work.Fail(told);
        Tell(batch);
    }

    private abstract class Work
    {
        public abstract void Apply(WriteSession session);

        public abstract void Complete();

        /// <summary>Notes what to tell the caller; <see cref="Complete"/> tells it.</summary>
        public abstract void Fail(Exception fault);
    }

    private sealed class Work<T>(Func<WriteSession, T> operation) : Work
    {
        private readonly TaskCompletionSource<T> _source = new();
        private T _result = default!;
        private Exception? _fault;

        public Task<T> Completion => _source.Task;

        public override void Apply(WriteSession session) => _result = operation(session);

        public override void Complete()
        {
            if (_fault is not null) _source.TrySetException(_fault);
            else _source.TrySetResult(_result);
        }

        public override void Fail(Exception fault) => _fault = fault;
    }
}
