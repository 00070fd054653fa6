using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Limits;
using DocExchange.Benchmarks.Scenarios;

namespace DocExchange.Benchmarks.Reporting;

/// <summary>All that one run found out.</summary>
internal sealed class Figures(Machine machine, Disk disk, double seconds)
{
    public Machine Machine { get; } = machine;

    public Disk Disk { get; } = disk;

    public double Seconds { get; } = seconds;

    public Machine? Finished { get; set; }

    public List<Cell> Cells { get; } = [];

    public List<CheckedStore> Checks { get; } = [];

    public double? RestartSeconds { get; set; }

    public List<DoorFigures> Doors { get; } = [];

    public FanOutFigures? FanOut { get; private set; }

    public MemoryFigures? Memory { get; private set; }

    public DirectoryFigures? Directory { get; private set; }

    public EvidenceFigures? Evidence { get; set; }

    public AxisFigures? Axis { get; set; }

    public SignatureFigures? Signatures { get; set; }

    public PaperFigures? Papers { get; set; }

    public StartFigures? Start { get; set; }

    public void Add((IReadOnlyList<DoorFigures> Figures, CheckedStore Checked) result)
    {
        Doors.AddRange(result.Figures);
        Checks.Add(result.Checked);
    }

    public void Add((FanOutFigures Figures, CheckedStore Checked) result)
    {
        FanOut = result.Figures;
        Checks.Add(result.Checked);
    }

    public void Add((DirectoryFigures Figures, CheckedStore Checked) result)
    {
        Directory = result.Figures;
        Checks.Add(result.Checked);
    }

    public void Add((MemoryFigures Figures, CheckedStore Checked) result)
    {
        Memory = result.Figures;
        Checks.Add(result.Checked);
    }
}
