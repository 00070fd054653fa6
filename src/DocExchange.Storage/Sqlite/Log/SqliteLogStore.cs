using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>The log and what others say of it, in SQLite.</summary>
public sealed class SqliteLogStore : ILogStore
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;

    internal SqliteLogStore(GroupWriter writer, ReadPool reads, IReadOnlyList<LogEpoch> epochs)
    {
        (_writer, _reads, Epochs) = (writer, reads, epochs);
        AcceptedOrigins = [.. epochs.SkipLast(1).Select(epoch => epoch.Origin), .. reads.Read(EpochStart.AcceptedOrigins)];
    }

    public IReadOnlyList<LogEpoch> Epochs { get; }

    public IReadOnlyCollection<string> AcceptedOrigins { get; }

    public ValueTask<SignedHead?> HeadAsync(LogEpoch epoch, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => HeadReads.Newest(database, epoch)));

    public ValueTask<SignedHead?> HeadAtAsync(LogEpoch epoch, long size, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => HeadReads.OfSize(database, epoch, size)));

    public ValueTask<IReadOnlyList<byte[]>> LeavesAsync(LogEpoch epoch, long from, int most, CancellationToken cancellationToken)
    {
        var first = EpochIds.FirstOf(epoch.Ordinal);
        return ValueTask.FromResult<IReadOnlyList<byte[]>>(_reads.Read(database => database
            .Prepare("SELECT hash FROM log WHERE idx >= ?1 AND idx < ?2 ORDER BY idx").Bind(1, first + from).Bind(2, first + from + most).ReadAll(row => row.Blob(0))));
    }

    public Task<string> RecordAsync(EvidenceEntry entry, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        var receipt = session.NextReceiptId;
        session.Witness(entry with { Time = session.Now, Receipt = receipt });
        return receipt;
    });

    public Task<bool> RecordSettingsAsync(IReadOnlyDictionary<string, string> settings, string? actor, CancellationToken cancellationToken)
    {
        var sorted = new SortedDictionary<string, string>(settings.ToDictionary(), StringComparer.Ordinal);
        return _writer.RunAsync(session => SettingsRecord.Record(session, sorted, actor));
    }

    public Task AddStampAsync(LogEpoch epoch, HeadStamp stamp, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        session.Prepare("INSERT OR IGNORE INTO time_stamp (head, authority, stamped_at, token) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, EpochIds.FirstOf(epoch.Ordinal) + stamp.Size).Bind(2, stamp.Authority).Bind(3, stamp.Time).Bind(4, stamp.Token).Run();
        return true;
    });

    public Task AddCosignatureAsync(LogEpoch epoch, Cosignature cosignature, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        session.Prepare("INSERT OR IGNORE INTO cosignature (head, witness, signed_at, signature, chain) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(1, EpochIds.FirstOf(epoch.Ordinal) + cosignature.Size).Bind(2, cosignature.Witness).Bind(3, cosignature.Time)
            .Bind(4, cosignature.Signature).Bind(5, StoredChain.Join(cosignature.Chain)).Run();
        return true;
    });

    public ValueTask<IReadOnlyList<HeadStamp>> StampsAsync(LogEpoch epoch, long atLeast, bool newest, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => ProofReads.Stamps(database, epoch, atLeast, newest)));

    public ValueTask<IReadOnlyList<Cosignature>> CosignaturesAsync(LogEpoch epoch, long atLeast, bool newest, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => ProofReads.Cosignatures(database, epoch, atLeast, newest)));
}
