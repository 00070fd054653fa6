namespace DocExchange.Core.Ports;

/// <summary>
/// The original bytes by SHA-256. All are durable before the row that names them is written: small ones are put together and synced
/// by the commit, larger ones are files of their own.
/// </summary>
public interface IPackageStore
{
    /// <summary>Room for one arriving package. Nothing of it survives unless it is kept.</summary>
    IStagedPackage Stage(long? announcedLength);

    /// <summary>The stored original as a seekable stream; null when there is none (purged, or never stored).</summary>
    ValueTask<Stream?> OpenAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken);
}

/// <summary>The bytes of one arriving package until they are kept or dropped.</summary>
public interface IStagedPackage : IPackageBytes
{
    /// <summary>Adds bytes. Not durable.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>A stream over what has been appended and will be: reads wait for the writer until it has ended. One at a time.</summary>
    Stream OpenTail();

    /// <summary>No more bytes will come; waiting readers see the end.</summary>
    void End();

    /// <summary>
    /// Makes the package durable under its digest and pins it against collection until disposal: for a file, its bytes, its name and its
    /// directory have been synced when this returns. Returns the bytes that the commit is to write, when it is small.
    /// </summary>
    ReadOnlyMemory<byte>? Keep(ReadOnlyMemory<byte> digest);
}
