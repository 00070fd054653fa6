using DocExchange.Core.Packages.Outlines;
using DocExchange.Core.Ports;

namespace DocExchange.Core.Intake;

/// <summary>
/// The request an edge built a package from. It is the original: kept, hashed and receipted; the package is derived from it and nothing
/// else.
/// </summary>
public sealed record ReceivedRequest(IStagedPackage Staged, ReadOnlyMemory<byte> Digest, PackageOutline Outline);
