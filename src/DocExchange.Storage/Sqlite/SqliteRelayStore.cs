using DocExchange.Core;
using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Ports;
using DocExchange.Storage.Sqlite.Mailboxes;
using DocExchange.Storage.Sqlite.Relays;

namespace DocExchange.Storage.Sqlite;

/// <summary>Pushed copies in SQLite. An attempt under way is marked with this run's own token until its outcome is kept.</summary>
public sealed class SqliteRelayStore : IRelayStore
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;
    private readonly EpochIds _ids;
    private readonly ArrivalNotices _notices;
    private readonly string _process = Ids.New();

    internal SqliteRelayStore(GroupWriter writer, ReadPool reads, EpochIds ids, ArrivalNotices notices) => (_writer, _reads, _ids, _notices) = (writer, reads, ids, notices);

    public long Head => _writer.Head.Last;

    public Task WaitBeyondAsync(long head, CancellationToken cancellationToken) => _writer.Head.WaitForAsync(head, cancellationToken);

    public ValueTask<IReadOnlyList<WaitingDocument>> ListWaitingAsync(long mailbox, bool oldestFirst, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => RelayReads.Waiting(database, _ids, mailbox, oldestFirst, limit)));

    public ValueTask<IReadOnlyList<RelayCall>> ListOpenAsync(long mailbox, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => RelayReads.Open(database, _ids, mailbox)));

    public Task<RelayCall?> BeginAsync(NewRelay relay, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => RelayWrites.Begin(session, relay, _process) is { } id ? Find(session, id) : null);

    public Task<RelayCall?> BeginAgainAsync(RelayCall call, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => RelayWrites.BeginAgain(session, call, _process) is { } attempts ? call with { Attempts = attempts } : null);

    public Task<IReadOnlyList<RelayCall>> RecordAsync(
        RelayCall call, DeliveryAttempt attempt, RetryDecision decision, string connection, CancellationToken cancellationToken) =>
        _writer.RunAsync<IReadOnlyList<RelayCall>>(session => [.. Record(session, call, attempt, decision, connection).Select(id => Find(session, id))]);

    public ValueTask<RelayBacklog> BacklogAsync(long mailbox, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => RelayReads.Backlog(database, mailbox)));

    public ValueTask<IReadOnlyList<RelayedCall>> ListRelayedAsync(long mailbox, DateTimeOffset since, long after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => RelayReads.Relayed(database, _ids, mailbox, since, after, limit)));

    public Task<bool> ConfirmAsync(long document, int ordinal, bool done, string? text, string connection, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => RelayAnswer.Apply(session, new RelayAnswer.Answer(document, ordinal, done, text, connection), _notices));

    public ValueTask<string?> RecallAsync(string connection, string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => RelayReads.Fact(database, connection, key)));

    public Task RememberAsync(string connection, string key, string value, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        session.Prepare("INSERT INTO connection_fact (connection, key, value) VALUES (?1, ?2, ?3) ON CONFLICT (connection, key) DO UPDATE SET value = ?3")
            .Bind(1, connection).Bind(2, key).Bind(3, value).Run();
        return true;
    });

    private RelayCall Find(WriteSession session, long call) => session.Read(database => RelayReads.Find(database, _ids, call));

    private static IReadOnlyList<long> Record(WriteSession session, RelayCall call, DeliveryAttempt attempt, RetryDecision decision, string connection)
    {
        RelayWrites.AddAttempt(session, call, attempt);
        switch (decision)
        {
            case RetryDecision.Done done:
                if (!RelayWrites.Settle(session, call, done.RemoteId, DeliveryState.Relayed, null)) return [];
                break;
            case RetryDecision.DeadLetter dead:
                if (!RelayWrites.Settle(session, call, null, DeliveryState.Failed, dead.Reason)) return [];
                break;
            case RetryDecision.RetryAfter retry:
                RelayWrites.Postpone(session, call, session.Now + retry.Wait, attempt.Outcome is DeliveryOutcome.Unknown, retry.Counts);
                WithheldCalls.End(session, call.Number);
                return [];
            case RetryDecision.Split:
                var parts = RelayWrites.Split(session, call);
                WithheldCalls.End(session, call.Number);
                return parts;
        }
        RelayEvidence.Settled(session, call, attempt, decision, connection);
        return [];
    }
}
