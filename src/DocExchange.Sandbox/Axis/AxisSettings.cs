namespace DocExchange.Sandbox.Axis;

/// <summary>What can be changed while the axis runs.</summary>
internal sealed class AxisSettings(SandboxAxisOptions options)
{
    private volatile AxisReadings _readings = options.Readings;

    public TimeProvider Time => options.Time;

    public int Seed => options.Seed;

    public AxisReadings Readings
    {
        get => _readings;
        set => _readings = value;
    }
}
