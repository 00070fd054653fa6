using DocExchange.Core.Ports;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Storage.Packages;

/// <summary>Originals: small ones inside the exchange store's commit, larger ones as files.</summary>
public sealed class PackageStore(FileBodies files, SqliteExchangeStore store, int inlineLimit) : IPackageStore
{
    public IStagedPackage Stage(long? announcedLength) => new StagedPackage(files, inlineLimit);

    public ValueTask<Stream?> OpenAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        Stream? stream = store.FindInlineBody(digest.Span) is { } bytes
            ? new MemoryStream(bytes, writable: false)
            : files.Open(Convert.ToHexStringLower(digest.Span));
        return ValueTask.FromResult(stream);
    }
}
