namespace DocExchange.Hub.Edges.Multipart;

/// <summary>Bounds of one multipart message; what its parts hold is bounded by whoever reads them.</summary>
internal sealed record RelatedLimits
{
    /// <summary>RFC 2046 §5.1.1.</summary>
    public const int LongestBoundary = 70;

    public static readonly RelatedLimits Default = new();

    /// <summary>The root among them.</summary>
    public int MaxParts { get; init; } = 256;

    public int MaxHeadersPerPart { get; init; } = 16;

    /// <summary>Bytes of all headers of one part.</summary>
    public int MaxHeaderBytes { get; init; } = 8 * 1024;
}
