using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;

namespace DocExchange.Storage.Sqlite;

/// <summary>Raised alarms as rows.</summary>
public sealed class SqliteAlarmStore : IAlarmStore
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;

    internal SqliteAlarmStore(GroupWriter writer, ReadPool reads) => (_writer, _reads) = (writer, reads);

    public ValueTask<IReadOnlyList<Alarm>> LoadAlarmsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_reads.Read(Read));

    public Task SaveAlarmAsync(Alarm alarm, CancellationToken cancellationToken) => _writer.RunAsync(session => session.Prepare("""
        INSERT INTO alarm (kind, subject, first_at, last_at, times, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (kind, subject) DO UPDATE SET first_at = ?3, last_at = ?4, times = ?5, detail = ?6
        """)
        .Bind(1, alarm.Kind.Name).Bind(2, alarm.Subject).Bind(3, alarm.First).Bind(4, alarm.Last).Bind(5, alarm.Times).Bind(6, alarm.Detail).RunScalar());

    public Task AcknowledgeAlarmAsync(Alarm alarm, string actor, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        session.Prepare("DELETE FROM alarm WHERE kind = ?1 AND subject = ?2").Bind(1, alarm.Kind.Name).Bind(2, alarm.Subject).Run();
        return session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.AlarmAcknowledged,
            Time = session.Now,
            Actor = actor,
            Detail = $"{alarm.Kind.Name} {alarm.Subject}, {alarm.Times} times since {EvidenceTime.Write(alarm.First)}",
        });
    });

    private static IReadOnlyList<Alarm> Read(Database database)
    {
        var alarms = new List<Alarm>();
        var statement = database.Prepare("SELECT kind, subject, first_at, last_at, times, detail FROM alarm");
        try
        {
            while (statement.Step())
            {
                // A kind that a later version dropped is nothing to look at.
                if (AlarmKind.Named(statement.Text(0)) is not { } kind) continue;
                alarms.Add(new Alarm(kind, statement.Text(1), statement.Time(2), statement.Time(3), statement.Long(4), statement.TextOrNull(5)));
            }
        }
        finally
        {
            statement.Reset();
        }
        return alarms;
    }
}
