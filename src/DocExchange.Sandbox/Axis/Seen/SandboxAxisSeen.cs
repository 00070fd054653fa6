namespace DocExchange.Sandbox.Axis.Seen;

/// <summary>The calls that reached the axis and have ended, for assertions. Safe for concurrent use.</summary>
public sealed class SandboxAxisSeen
{
    private readonly Lock _gate = new();
    private readonly Queue<SeenCall> _calls = new();
    private readonly int _max;
    private long _number;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SandboxAxisSeen(int max) => _max = max;

    /// <summary>Calls that were forgotten to keep memory bounded.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Every call that is remembered, in order of arrival.</summary>
    public IReadOnlyList<SeenCall> Calls { get { lock (_gate) return [.. _calls.OrderBy(call => call.Number)]; } }

    /// <summary>The calls of one operation, in order of arrival.</summary>
    public IReadOnlyList<SeenCall> Of(string operation) => [.. Calls.Where(call => call.Operation.Equals(operation, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Ends when one more call has ended: what was looked for here and not found may be there then. Ask for it before looking.</summary>
    public Task NextAsync(CancellationToken cancellationToken = default) { lock (_gate) return _next.Task.WaitAsync(cancellationToken); }

    public void Clear()
    {
        lock (_gate)
        {
            _calls.Clear();
            Forgotten = 0;
        }
    }

    internal long NextNumber() => Interlocked.Increment(ref _number);

    internal void Add(SeenCall call)
    {
        TaskCompletionSource ended;
        lock (_gate)
        {
            _calls.Enqueue(call);
            if (_calls.Count > _max)
            {
                _calls.Dequeue();
                Forgotten++;
            }
            (ended, _next) = (_next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        ended.SetResult();
    }
}
