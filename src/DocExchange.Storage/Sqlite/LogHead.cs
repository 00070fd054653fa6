namespace DocExchange.Storage.Sqlite;

/// <summary>The end of the durable log, and a way to wait until it moves. Costs the writer one comparison while nobody waits.</summary>
internal sealed class LogHead(long next)
{
    private long _next = next;
    private TaskCompletionSource? _moved;

    /// <summary>Index of the last durable entry.</summary>
    public long Last => Interlocked.Read(ref _next) - 1;

    /// <summary>Called after the commit: everything below <paramref name="next"/> is durable.</summary>
    public void MoveTo(long next)
    {
        Interlocked.Exchange(ref _next, next);
        Interlocked.Exchange(ref _moved, null)?.TrySetResult();
    }

    /// <summary>Completes when the log holds an entry behind <paramref name="after"/>.</summary>
    public async Task WaitForAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var moved = Volatile.Read(ref _moved);
            if (moved is null)
            {
                var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = Interlocked.CompareExchange(ref _moved, mine, null) ?? mine;
            }
            // Looked at only now: a commit before it shows here, one after it completes the task.
            if (Interlocked.Read(ref _next) > after + 1) return;
            await moved.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
