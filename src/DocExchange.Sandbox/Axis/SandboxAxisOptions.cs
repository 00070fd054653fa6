using DocExchange.Core.Packages;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis;

/// <summary>How a sandbox axis starts. Everything but port and folder can be changed while it runs.</summary>
public sealed record SandboxAxisOptions
{
    /// <summary>0 takes a free one. Only this machine is listened to.</summary>
    public int Port { get; init; }

    /// <summary>Where a folder is made for packages while it runs, and removed with the axis; null for the system's place of temporary files.</summary>
    public string? Folder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What faults, correspondents and generated units are drawn from: the same seed and the same calls give the same answers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Who may call. Codes they serve that no organisation has are added to the directory.</summary>
    public IReadOnlyList<AxisSystem> Systems { get; init; } = [];

    public IReadOnlyList<AxisOrgan> Organs { get; init; } = SampleOrgans.All;

    /// <summary>Generated units beside the organisations, to synchronise a directory of national size.</summary>
    public UnitSettings Units { get; init; } = new();

    public AxisReadings Readings { get; init; } = new();

    /// <summary>Organisations that answer by themselves; all others of the sandbox take what they get in silence.</summary>
    public IReadOnlyList<Correspondent> Correspondents { get; init; } = [];

    public PackageLimits Packages { get; init; } = PackageLimits.Default;

    /// <summary>Documents kept; when there are more, the oldest that were answered by all receivers are forgotten. At twice as many nothing more is taken (code 20).</summary>
    public int MaxDocuments { get; init; } = 100_000;

    /// <summary>Calls remembered; when there are more, the oldest are forgotten.</summary>
    public int MaxSeenCalls { get; init; } = 50_000;
}
