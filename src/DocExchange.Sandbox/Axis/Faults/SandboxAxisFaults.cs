namespace DocExchange.Sandbox.Axis.Faults;

/// <summary>The faults that are set. Safe for concurrent use. With the same seed, faults and order of calls the same calls suffer.</summary>
public sealed class SandboxAxisFaults
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _set = [];
    private readonly int _seed;
    private int _ids;

    internal SandboxAxisFaults(int seed) => _seed = seed;

    public IReadOnlyList<SetFault> Current
    {
        get { lock (_gate) return [.. _set.Select(entry => new SetFault(entry.Id, entry.Fault, entry.Matched, entry.Happened))]; }
    }

    /// <summary>Sets a further fault; its id is for <see cref="Remove"/>.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which.</exception>
    public int Set(AxisFault fault)
    {
        if (fault.Problem() is { } problem) throw new ArgumentException(problem, nameof(fault));
        lock (_gate)
        {
            _set.Add(new Entry(++_ids, fault));
            return _ids;
        }
    }

    /// <summary>True when there was such a fault.</summary>
    public bool Remove(int id) { lock (_gate) return _set.RemoveAll(entry => entry.Id == id) > 0; }

    /// <summary>No faults, and draws begin anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _set.Clear();
            _ids = 0;
        }
    }

    /// <summary>What happens to this call.</summary>
    internal FaultPlan Plan(string operation, string? systemId)
    {
        lock (_gate)
        {
            if (_set.Count == 0) return FaultPlan.None;
            var hits = new List<(AxisFault, ulong)>();
            foreach (var entry in _set)
            {
                var fault = entry.Fault;
                if (fault.Operation is not null && !fault.Operation.Equals(operation, StringComparison.OrdinalIgnoreCase)) continue;
                if (fault.SystemId is not null && !fault.SystemId.Equals(systemId, StringComparison.OrdinalIgnoreCase)) continue;
                var number = entry.Matched++;
                if (number < fault.Skip || entry.Happened >= (fault.Times ?? int.MaxValue)) continue;
                var draw = Draws.Of(_seed, entry.Id, number);
                if (Draws.Fraction(draw) >= fault.Probability) continue;
                entry.Happened++;
                hits.Add((fault, draw));
            }
            return hits.Count == 0 ? FaultPlan.None : new FaultPlan(hits);
        }
    }

    private sealed class Entry(int id, AxisFault fault)
    {
        public int Id { get; } = id;
        public AxisFault Fault { get; } = fault;
        public int Matched { get; set; }
        public int Happened { get; set; }
    }
}
