using DocExchange.Core.Packages.Outlines;
using DocExchange.Core.Ports;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Storage.Packages;

/// <summary>Originals: small ones one behind the other in shared files, larger ones as files of their own.</summary>
public sealed class PackageStore : IPackageStore
{
    private readonly FileBodies _files;
    private readonly SharedBodies _small;
    private readonly SqliteExchangeStore _store;
    private readonly int _inlineLimit;

    internal PackageStore(FileBodies files, SharedBodies small, SqliteExchangeStore store, int inlineLimit) =>
        (_files, _small, _store, _inlineLimit) = (files, small, store, inlineLimit);

    /// <summary>In the data folder; emptied at every start.</summary>
    public string StagingFolder => _files.Staging;

    public IStagedPackage Stage(long? announcedLength) => new StagedPackage(_files, _inlineLimit);

    public ValueTask<Stream?> OpenAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) => ValueTask.FromResult(Open(digest));

    private Stream? Open(ReadOnlyMemory<byte> digest) => _store.FindBody(digest.Span) switch
    {
        { Place: { } place, Size: var size } => new MemoryStream(_small.Read(place, (int)size), writable: false),
        { Inline: { } bytes } => new MemoryStream(bytes, writable: false),
        { Derived: { } derived } => Open(derived.Original) is { } request ? PackageOutline.Parse(derived.Outline).Open(request) : null,
        _ => _files.Open(Convert.ToHexStringLower(digest.Span)),
    };
}
