using DocExchange.Core.Ports;

namespace DocExchange.Core.Alarms;

/// <summary>
/// What operators should look at, raised by whoever notices and gone when one of them acknowledges it. Raising never waits and never fails:
/// the board is memory, and the store's copy follows.
/// </summary>
public sealed class AlarmBoard(IAlarmStore store, TimeProvider time)
{
    /// <summary>Subjects of one kind that are told apart; what is raised of further ones counts under <see cref="Others"/>.</summary>
    public const int MostSubjects = 100;

    public const string Others = "*";

    // An alarm that goes on is written at this pace: a restart forgets at most so much of its count.
    private static readonly TimeSpan SavedEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(AlarmKind Kind, string Subject), Entry> _alarms = [];
    private readonly Lock _lock = new();

    /// <summary>Called with every alarm that was not raised yet.</summary>
    public event Action<Alarm>? Raised;

    /// <summary>Those not acknowledged, the latest first.</summary>
    public IReadOnlyList<Alarm> All
    {
        get
        {
            lock (_lock) return [.. _alarms.Values.Select(e => e.Alarm).OrderByDescending(a => a.Last)];
        }
    }

    /// <summary>Alarms not acknowledged, by the kind's name, zero included: for metrics.</summary>
    public IReadOnlyDictionary<string, int> CountsByKind()
    {
        lock (_lock) return AlarmKind.All.ToDictionary(kind => kind.Name, kind => _alarms.Keys.Count(key => key.Kind == kind));
    }

    /// <summary>Takes up what was raised before the last stop.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var kept = await store.LoadAlarmsAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            foreach (var alarm in kept) _alarms.TryAdd((alarm.Kind, alarm.Subject), new Entry(alarm, alarm.Last));
        }
    }

    public void Raise(AlarmKind kind, string subject, string? detail = null)
    {
        var now = time.GetUtcNow();
        Alarm alarm;
        bool isNew, isDue;
        lock (_lock)
        {
            var key = (kind, Subject: subject);
            if (!_alarms.ContainsKey(key) && _alarms.Keys.Count(k => k.Kind == kind) >= MostSubjects) key.Subject = Others;
            isNew = !_alarms.TryGetValue(key, out var entry);
            alarm = isNew ? new Alarm(kind, key.Subject, now, now, 1, detail) : entry!.Alarm with { Last = now, Times = entry.Alarm.Times + 1, Detail = detail };
            isDue = isNew || now - entry!.SavedAt >= SavedEvery;
            _alarms[key] = new Entry(alarm, isDue ? now : entry!.SavedAt);
        }
        if (isNew) Raised?.Invoke(alarm);
        if (isDue) _ = SaveAsync(alarm);
    }

    /// <summary>False when there is no such alarm. It is raised anew should it happen again.</summary>
    /// <exception cref="StoreUnavailableException">Nothing could be written: it stays.</exception>
    public async Task<bool> AcknowledgeAsync(AlarmKind kind, string subject, string actor, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_alarms.TryGetValue((kind, subject), out entry)) return false;
        }
        await store.AcknowledgeAlarmAsync(entry.Alarm, actor, cancellationToken).ConfigureAwait(false);
        lock (_lock) return _alarms.Remove((kind, subject));
    }

    private async Task SaveAsync(Alarm alarm)
    {
        try
        {
            await store.SaveAlarmAsync(alarm, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // It stands on the board; a store that cannot write is an alarm itself.
        }
    }

    private sealed record Entry(Alarm Alarm, DateTimeOffset SavedAt);
}
