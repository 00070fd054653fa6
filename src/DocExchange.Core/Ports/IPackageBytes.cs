namespace DocExchange.Core.Ports;

/// <summary>A whole package while it is judged, wherever its bytes are.</summary>
public interface IPackageBytes : IDisposable
{
    long Length { get; }

    /// <summary>The bytes when they are few and in memory, until disposal; null when they are read from a file.</summary>
    ReadOnlyMemory<byte>? InMemory { get; }

    /// <summary>A seekable stream over the package.</summary>
    Stream OpenRead();
}
