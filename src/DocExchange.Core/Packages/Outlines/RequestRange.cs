namespace DocExchange.Core.Packages.Outlines;

/// <summary>Bytes of a request that stand for a file of the package built from it.</summary>
/// <param name="Offset">From the start of the request as it is kept.</param>
/// <param name="IsText">They are base64 text already and go into the package as they are; otherwise the package holds their base64.</param>
public readonly record struct RequestRange(long Offset, long Length, bool IsText);
