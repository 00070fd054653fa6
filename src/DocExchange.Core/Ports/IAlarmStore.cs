using DocExchange.Core.Alarms;

namespace DocExchange.Core.Ports;

/// <summary>Keeps raised alarms over a restart. Throws <see cref="StoreUnavailableException"/> when nothing could be written.</summary>
public interface IAlarmStore
{
    ValueTask<IReadOnlyList<Alarm>> LoadAlarmsAsync(CancellationToken cancellationToken);

    /// <summary>Adds the alarm or replaces what is kept under its kind and subject.</summary>
    Task SaveAlarmAsync(Alarm alarm, CancellationToken cancellationToken);

    /// <summary>Forgets the alarm and leaves evidence of who did.</summary>
    Task AcknowledgeAlarmAsync(Alarm alarm, string actor, CancellationToken cancellationToken);
}
