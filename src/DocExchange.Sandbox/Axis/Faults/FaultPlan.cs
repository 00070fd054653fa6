namespace DocExchange.Sandbox.Axis.Faults;

/// <summary>What happens to one call.</summary>
internal sealed class FaultPlan(IReadOnlyList<(AxisFault Fault, ulong Draw)> faults)
{
    public static readonly FaultPlan None = new([]);

    public IReadOnlyList<string> Names => faults.Count == 0 ? [] : [.. faults.Select(hit => hit.Fault.Kind + (hit.Fault.AfterProcessing ? " after processing" : ""))];

    public AxisFault? Find(FaultKind kind) => faults.FirstOrDefault(hit => hit.Fault.Kind == kind).Fault;

    /// <summary>The fault that takes the answer's place before or after processing.</summary>
    public AxisFault? Instead(bool afterProcessing) => faults.FirstOrDefault(hit => IsInstead(hit.Fault.Kind) && hit.Fault.AfterProcessing == afterProcessing).Fault;

    /// <summary>A list's rows as the caller gets them.</summary>
    public IReadOnlyList<T> Disturb<T>(IReadOnlyList<T> rows)
    {
        foreach (var (fault, draw) in faults)
        {
            rows = fault.Kind switch
            {
                FaultKind.Duplicate => [.. rows.SelectMany(row => new[] { row, row })],
                FaultKind.Reorder => [.. rows.Select((row, index) => (Row: row, Key: Draws.Next(draw ^ (ulong)index))).OrderBy(pair => pair.Key).Select(pair => pair.Row)],
                FaultKind.Omit => [.. rows.Where((_, index) => (Draws.Next(draw ^ (ulong)index) & 1) == 0)],
                _ => rows,
            };
        }
        return rows;
    }

    /// <summary>The same for rows that are too many to hold; they are held all the same when a fault needs them.</summary>
    public IEnumerable<T> Disturb<T>(IEnumerable<T> rows) => faults.Count == 0 ? rows : Disturb<T>([.. rows]);

    /// <summary>A stream of <paramref name="length"/> bytes (when known), one of them changed when that fault happens.</summary>
    public Stream Damage(Stream content, long? length)
    {
        foreach (var (fault, draw) in faults)
            if (fault.Kind == FaultKind.Damage) return new DamagedStream(content, (long)(draw % (ulong)Math.Max(1, length ?? 64)));
        return content;
    }

    private static bool IsInstead(FaultKind kind) => kind is FaultKind.Drop or FaultKind.Hang or FaultKind.ServerError or FaultKind.EmptyBody
        or FaultKind.ForeignPage or FaultKind.Maintenance or FaultKind.Refuse;
}
