using DocExchange.Core.Intake;
using DocExchange.Core.Packages.Outlines;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Edges.Received;

/// <summary>A request that was received whole, before its package is built.</summary>
/// <param name="Staged">Whoever has it lets go of it; the desk does for what it is handed.</param>
internal sealed record StagedRequest(IStagedPackage Staged, ReadOnlyMemory<byte> Digest)
{
    /// <summary>With the package that follows from it.</summary>
    public ReceivedRequest Building(PackageOutline package) => new(Staged, Digest, package);
}
