using DocExchange.Core.Alarms;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;

namespace DocExchange.Storage.Sqlite.Mailboxes;

/// <summary>
/// Items that wait follow their agency: when another system serves it, they go to that system's mailbox; when none does any more, they wait
/// in nobody's until one does. So a mailbox holds what its system may see and nothing else, and its lists and counts need no second look.
/// Done in slices between acceptances, and again at a start if a stop came between.
/// </summary>
internal sealed class MailboxMoves(GroupWriter writer, ReadPool reads, CurrentParties parties, AlarmBoard alarms) : IDisposable
{
    /// <summary>The mailbox of agencies nobody fetches for.</summary>
    private const long Nobody = 0;

    private const int RowsRead = 1000, RowsWritten = 200;
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Where items of this agency belong; null when the directory does not know it.</summary>
    public static long? MailboxOf(PartyBook book, long agency) => book.Directory.Find(agency) is { } known ? book.MailboxOf(known)?.Id ?? Nobody : null;

    /// <summary>To be called in every commit that changes agencies or systems: whatever happens now, the moves will be made.</summary>
    public static void BecomeDue(WriteSession session) => session.Prepare("UPDATE meta SET value = value + 1 WHERE key = 'mailboxes_due'").Run();

    public void Dispose() => _one.Dispose();

    /// <summary>Moves what belongs elsewhere since the directory looked like <paramref name="earlier"/>; null looks through every mailbox.</summary>
    public async Task SettleAsync(PartyBook? earlier, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A commit of its own: what was routed by the earlier picture and is still on its way is in the store when this returns.
            var due = await writer.RunAsync(Due).ConfigureAwait(false);
            var book = parties.Book;
            // More than one change: what an earlier one left undone is not known by what this one changed.
            var left = earlier is null || due > 1 ? [null, .. book.Systems.Select(s => (long?)s.Id)] : book.MailboxesLeftSince(earlier);
            foreach (var mailbox in left)
            {
                foreach (var kind in (MessageKind[])[MessageKind.Document, MessageKind.Status]) await EmptyAsync(mailbox ?? Nobody, kind, book, cancellationToken).ConfigureAwait(false);
            }
            RaiseForSuspended(book);
            await writer.RunAsync(session => session.Prepare("UPDATE meta SET value = '0' WHERE key = 'mailboxes_due' AND value = ?1 RETURNING 1").Bind(1, due.ToString()).RunScalar())
                .ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Makes moves that a stop or a full disk left undone.</summary>
    public async Task SettleIfDueAsync(CancellationToken cancellationToken)
    {
        if (reads.Read(database => Value(database.Prepare(DueSql))) > 0) await SettleAsync(null, cancellationToken).ConfigureAwait(false);
        else RaiseForSuspended(parties.Book);
    }

    private const string DueSql = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'mailboxes_due'";

    private static long Due(WriteSession session) => Value(session.Prepare(DueSql));

    private static long Value(Statement statement) => statement.RunScalar() ?? 0;

    private async Task EmptyAsync(long mailbox, MessageKind kind, PartyBook book, CancellationToken cancellationToken)
    {
        var place = new Row(0, 0, 0, int.MinValue);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = reads.Read(database => Page(database, mailbox, kind, place));
            var moves = page.Where(row => MailboxOf(book, row.Agency) is { } right && right != mailbox);
            foreach (var slice in moves.GroupBy(row => row.Agency).SelectMany(agency => agency.Chunk(RowsWritten)))
            {
                var agency = book.Directory.Find(slice[0].Agency)!;
                var to = book.MailboxOf(agency);
                var moved = await writer.RunAsync(session => Move(session, slice, agency, mailbox, to, Name(book, mailbox))).ConfigureAwait(false);
                if (moved > 0 && to is null) alarms.Raise(AlarmKind.NobodyFetches, agency.Code);
            }
            if (page.Count < RowsRead) return;
            place = page[^1];
        }
    }

    private static int Move(WriteSession session, Row[] rows, Agency agency, long from, PartnerSystem? to, string fromName)
    {
        var moved = 0;
        foreach (var row in rows)
        {
            // Answered meanwhile, it stays where it was answered.
            var found = session.Prepare("UPDATE delivery SET mailbox = ?4 WHERE document = ?1 AND ordinal = ?2 AND mailbox = ?3 AND state < 2 RETURNING 1")
                .Bind(1, row.Document).Bind(2, row.Ordinal).Bind(3, from).Bind(4, to?.Id ?? Nobody).RunScalar();
            if (found is not null) moved++;
        }
        if (moved == 0) return 0;
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.MailboxMoved,
            Time = session.Now,
            Recipient = agency.Code,
            Detail = $"{moved} from {fromName} to {to?.SystemId ?? "nobody"}",
        });
        return moved;
    }

    private void RaiseForSuspended(PartyBook book)
    {
        foreach (var system in book.Systems.Where(s => !s.Enabled))
        {
            var waits = reads.Read(database => database.Prepare("SELECT 1 FROM delivery WHERE mailbox = ?1 AND state < 2 LIMIT 1").Bind(1, system.Id).RunScalar());
            if (waits is not null) alarms.Raise(AlarmKind.NobodyFetches, system.SystemId, "suspended");
        }
    }

    private static string Name(PartyBook book, long mailbox) => book.Systems.FirstOrDefault(s => s.Id == mailbox)?.SystemId ?? "nobody";

    private static List<Row> Page(Database database, long mailbox, MessageKind kind, Row after)
    {
        var rows = new List<Row>();
        var statement = database.Prepare("""
            SELECT document, ordinal, agency_id, lane FROM delivery
            WHERE mailbox = ?1 AND kind = ?2 AND state < 2 AND (lane, document, ordinal) > (?3, ?4, ?5) ORDER BY lane, document, ordinal LIMIT ?6
            """).Bind(1, mailbox).Bind(2, (long)kind).Bind(3, after.Lane).Bind(4, after.Document).Bind(5, after.Ordinal).Bind(6, RowsRead);
        try
        {
            while (statement.Step()) rows.Add(new Row(statement.Long(0), statement.Int(1), statement.Long(2), statement.Int(3)));
        }
        finally
        {
            statement.Reset();
        }
        return rows;
    }

    private sealed record Row(long Document, int Ordinal, long Agency, int Lane);
}
