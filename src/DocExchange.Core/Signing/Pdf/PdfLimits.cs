namespace DocExchange.Core.Signing.Pdf;

/// <summary>What one file may cost. What goes beyond is not judged: the verdict says so, and the document travels all the same.</summary>
public sealed record PdfLimits
{
    public static readonly PdfLimits Default = new();

    /// <summary>Signature dictionaries looked at.</summary>
    public int Signatures { get; init; } = 24;

    /// <summary>Objects whose places are remembered, 16 bytes each.</summary>
    public int Objects { get; init; } = 250_000;

    /// <summary>Bytes of one object read as syntax; a signature's reserved room is part of it.</summary>
    public int ObjectBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes read as syntax in all.</summary>
    public long ParsedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes inflated in all: object and cross-reference streams.</summary>
    public long InflatedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Arrays and dictionaries in each other.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Time for everything on all files of one package together.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>What stands at this place is not what PDF says must stand there.</summary>
internal sealed class PdfSyntaxException(long at, string what) : Exception($"At byte {at}: {what}.");
