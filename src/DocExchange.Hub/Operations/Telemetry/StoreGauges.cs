using System.Diagnostics.Metrics;
using DocExchange.Core;
using DocExchange.Hub.Evidence;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Operations.Telemetry;

/// <summary>What is measured when somebody asks: queues, sizes, ages and dates. Read from the store at most every few seconds, whoever asks how often.</summary>
internal sealed class StoreGauges : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Meter _meter = new(HubMeter.Name);
    private readonly SqliteStore _store;
    private readonly SigningKeyFile _key;
    private readonly TimeProvider _time;
    private readonly Lock _reading = new();
    private StoreFigures? _figures;
    private StoreCondition? _condition;
    private long _readAt;

    public StoreGauges(SqliteStore store, SigningKeyFile key, TimeProvider time)
    {
        (_store, _key, _time) = (store, key, time);
        _meter.CreateObservableGauge("docexchange.mailbox.items", () => ByKind(w => w.Count), description: "Copies that wait in mailboxes for an answer");
        _meter.CreateObservableGauge("docexchange.mailbox.oldest", () => ByKind(w => Age(w.Oldest)), "s", "Age of the oldest copy that waits for an answer");
        _meter.CreateObservableGauge("docexchange.dead.letters", () => Figures().DeadLetters, description: "Copies whose recipient's system answered that it cannot take them");
        _meter.CreateObservableGauge("docexchange.alarms", Alarms, description: "Alarms that no operator has acknowledged");
        _meter.CreateObservableGauge("docexchange.in.doubt", () => Figures().InDoubt, description: "Copies that a restore found waiting and nothing has happened to since");
        _meter.CreateObservableGauge("docexchange.writer.waiting", () => Condition().Waiting, description: "Operations that wait for the next commit");
        _meter.CreateObservableGauge("docexchange.writer.available", () => Condition().WriterProblem is null ? 1 : 0, description: "1 while the store takes what it is given, 0 after a commit failed");
        _meter.CreateObservableGauge("docexchange.fsync.p99", () => Condition().SyncP99 / 1000, "s", "99th percentile of the last 512 commits' time");
        _meter.CreateObservableGauge("docexchange.store", () => Figures().DatabaseBytes, "By", "Size of the store's file");
        _meter.CreateObservableGauge("docexchange.store.wal", () => Figures().LogFileBytes, "By", "Size of the store's write-ahead log");
        _meter.CreateObservableGauge("docexchange.disk.free", () => Condition().FreeBytes, "By", "Free space on the data folder's disk");
        _meter.CreateObservableGauge("docexchange.log.entries", () => Figures().Entries, description: "Entries in the evidence log of this epoch");
        _meter.CreateObservableGauge("docexchange.epoch", () => _store.Epoch.Ordinal, description: "The epoch's ordinal; it changes when a backup is restored");
        _meter.CreateObservableGauge("docexchange.certificate.expiry", () => (_key.Current.Certificate.NotAfter.ToUniversalTime() - _time.GetUtcNow().UtcDateTime).TotalDays, "d", "Days until the signing certificate ends");
        _meter.CreateObservableGauge("docexchange.backup.age", BackupAge, "s", "Time since the newest backup's moment; absent while there was none");
    }

    public Meter Meter => _meter;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> ByKind(Func<WaitingItems, double> figure) =>
        Figures().Waiting.Select(w => new Measurement<double>(figure(w), new KeyValuePair<string, object?>("kind", w.Kind.ToString().ToLowerInvariant())));

    private IEnumerable<Measurement<int>> Alarms() =>
        _store.Alarms.CountsByKind().Select(kind => new Measurement<int>(kind.Value, new KeyValuePair<string, object?>("kind", kind.Key)));

    private IEnumerable<Measurement<double>> BackupAge() => _store.NewestBackup() is { } taken ? [new Measurement<double>(Age(taken))] : [];

    private double Age(DateTimeOffset? since) => since is { } time ? Math.Max(0, (_time.GetUtcNow() - time).TotalSeconds) : 0;

    private StoreFigures Figures()
    {
        Refresh();
        return _figures!;
    }

    private StoreCondition Condition()
    {
        Refresh();
        return _condition!;
    }

    private void Refresh()
    {
        lock (_reading)
        {
            if (_figures is not null && _time.GetElapsedTime(_readAt) < Fresh) return;
            (_figures, _condition, _readAt) = (_store.ReadFigures(), _store.Health.Now(), _time.GetTimestamp());
        }
    }
}
