using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Ports;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>The log as exports read it, in SQLite.</summary>
public sealed class SqliteExportStore : IExportStore
{
    private readonly ReadPool _reads;
    private readonly EpochIds _ids;

    internal SqliteExportStore(ReadPool reads, EpochIds ids) => (_reads, _ids) = (reads, ids);

    public ValueTask<ExportRange?> FindRangeAsync(LogEpoch epoch, ExportFilter filter, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => ExportRanges.Find(database, epoch, filter)));

    public ValueTask<ExportPage> ReadPageAsync(LogEpoch epoch, ExportFilter filter, ExportStretch stretch, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => ExportReads.Page(database, _ids, epoch, filter, stretch)));

    public ValueTask<IReadOnlyList<byte[]>> ChainAsync(string keyId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<byte[]>>(_reads.Read(database => HeadReads.ChainOf(database, keyId)));
}
