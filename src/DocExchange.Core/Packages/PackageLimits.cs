namespace DocExchange.Core.Packages;

/// <summary>Bounds that keep one package from costing more than it is worth. Every one is an option; bytes unless said otherwise.</summary>
public sealed record PackageLimits
{
    public static readonly PackageLimits Default = new();

    /// <summary>No legal limit exists; peers allow 50 MB to 500 MB.</summary>
    public long MaxPackageBytes { get; init; } = 100L * 1024 * 1024;

    public int MaxDepth { get; init; } = 32;
    public int MaxElements { get; init; } = 100_000;
    public int MaxAttributesPerElement { get; init; } = 64;
    public int MaxNameLength { get; init; } = 256;

    /// <summary>Characters in one header text (everything but attachment content).</summary>
    public int MaxTextLength { get; init; } = 64 * 1024;

    public int MaxAttachments { get; init; } = 200;
    public int MaxZipEntries { get; init; } = 1_000;

    /// <summary>Expanded over packed size of one ZIP entry.</summary>
    public int MaxZipRatio { get; init; } = 200;

    public long MaxExpandedBytes { get; init; } = 500L * 1024 * 1024;

    /// <summary>Where content too large for memory lies while it is looked at, in files without names. The hub's is in its data folder.</summary>
    public string StagingFolder { get; init; } = Path.GetTempPath();
}
