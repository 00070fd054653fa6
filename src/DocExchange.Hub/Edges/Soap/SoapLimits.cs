namespace DocExchange.Hub.Edges.Soap;

/// <summary>Bounds of one envelope: its package, which streams, apart.</summary>
internal sealed record SoapLimits
{
    public static readonly SoapLimits Default = new();

    /// <summary>Bytes of the envelope without its package. Below, it is read in one go; a signed envelope must be.</summary>
    public int MaxEnvelopeBytes { get; init; } = 1024 * 1024;

    public int MaxDepth { get; init; } = 40;
    public int MaxElements { get; init; } = 10_000;
    public int MaxAttributesPerElement { get; init; } = 64;

    /// <summary>One tag with its attributes.</summary>
    public int MaxTagBytes { get; init; } = 64 * 1024;

    public int MaxNameLength { get; init; } = 256;
}
