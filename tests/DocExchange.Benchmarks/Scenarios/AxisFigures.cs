namespace DocExchange.Benchmarks.Scenarios;

/// <param name="CeilingPerSecond">The same documents by the same client code, straight to the axis and from it.</param>
internal sealed record RelayFigures(long Size, int Documents, double PerSecond, double CeilingPerSecond)
{
    public double OfCeiling => PerSecond / CeilingPerSecond;
}

/// <summary>Milliseconds: out = from the acknowledgement until the axis has it; in = from there until the other hub has it.</summary>
internal sealed record IdleFigures(int Documents, double OutP50, double OutP99, double InP50, double InP99);

internal sealed record DrainFigures(int Documents, double PerSecond, int Concurrency);

internal sealed record AxisFigures(IReadOnlyList<RelayFigures> Ways, IdleFigures Idle, DrainFigures Drain);
