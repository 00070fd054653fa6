using DocExchange.Core.Envelopes;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Tracking;
using DocExchange.Storage.Sqlite.Documents;
using DocExchange.Storage.Sqlite.LookUp;
using DocExchange.Storage.Sqlite.Mailboxes;

namespace DocExchange.Storage.Sqlite;

/// <summary>Documents, deliveries, statuses and evidence in SQLite; writes through the one writer, reads on connections of their own.</summary>
public sealed class SqliteExchangeStore : IExchangeStore
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;
    private readonly EpochIds _ids;
    private readonly CurrentParties _parties;
    private readonly ArrivalNotices _notices;

    internal SqliteExchangeStore(GroupWriter writer, ReadPool reads, EpochIds ids, CurrentParties parties, ArrivalNotices notices) =>
        (_writer, _reads, _ids, _parties, _notices) = (writer, reads, ids, parties, notices);

    public Task<CommitOutcome> AcceptDocumentAsync(DocumentAcceptance acceptance, CancellationToken cancellationToken)
    {
        // Made here because callers are many and the writer is one.
        var texts = DocumentTexts.Of(acceptance);
        return _writer.RunAsync(session => AcceptDocument.Apply(session, acceptance, texts, _parties.Book));
    }

    public Task<CommitOutcome> AcceptStatusAsync(StatusAcceptance acceptance, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AcceptStatus.Apply(session, acceptance, _parties.Book.MailboxOf));

    public Task<ReceiptRef> RefuseAsync(Refusal refusal, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => RefuseSubmission.Apply(session, refusal));

    public Task<RememberedRequest> RememberRequestAsync(KeyedRequest request, ReceiptRef receipt, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => RequestKeys.Remember(session, request, receipt, repeated: true, []));

    public ValueTask<EventPage> ReadEventsAsync(Scope scope, long after, int limit, CancellationToken cancellationToken)
    {
        var book = _parties.Book;
        return ValueTask.FromResult(_reads.Read(database => EventReads.Read(database, _ids, scope, book.Directory, after, limit)));
    }

    public Task WaitForEventsAsync(long after, CancellationToken cancellationToken) => _writer.Head.WaitForAsync(after, cancellationToken);

    public ValueTask<ReceiptRef?> FindAcceptedAsync(
        long senderId, ReadOnlyMemory<byte> digest, IReadOnlyCollection<string> addressed, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => DocumentReads.FindAccepted(database, _ids, senderId, digest.Span, addressed)));

    public ValueTask<ReceiptRef?> FindSentAsync(long senderId, Envelope envelope, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => DocumentReads.FindSent(database, _ids, senderId, envelope)));

    public ValueTask<MailboxPage> ListMailboxAsync(Scope scope, MailboxQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => MailboxReads.List(database, _ids, scope, query)));

    public ValueTask<int> CountMailboxAsync(Scope scope, MailboxQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => MailboxReads.Count(database, scope, query)));

    public ValueTask<MailboxItem?> FindItemAsync(Scope scope, string itemId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => MailboxReads.Find(database, _ids, scope, itemId)));

    public ValueTask<IReadOnlyList<MailboxItem>> FindItemsAsync(Scope scope, long documentNumber, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => MailboxReads.FindAll(database, _ids, scope, documentNumber)));

    public Task RecordFetchAsync(Scope scope, MailboxItem item, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AnswerItem.RecordFetch(session, item, CallerOf(scope)));

    public Task<AnswerOutcome> AnswerAsync(Scope scope, MailboxAnswer answer, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AnswerItem.Answer(session, scope, answer, CallerOf(scope), _notices));

    public ValueTask<IReadOnlyList<SentItem>> ListSentAsync(Scope scope, SentQuery query, CancellationToken cancellationToken)
    {
        var book = _parties.Book;
        IReadOnlyList<long> senders = query.DocId is not null ? [] : [.. book.Directory.All.Where(a => scope.Allows(a.Id)).Select(a => a.Id)];
        return ValueTask.FromResult(_reads.Read(database => DocumentReads.ListSent(database, _ids, scope, senders, query)));
    }

    public ValueTask<ReceiptParts?> FindReceiptAsync(Scope scope, string receiptId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => ReceiptReads.Find(database, _ids, scope, receiptId)));

    public ValueTask<bool> IsLostAsync(string id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => LostIds.IsLost(database, _ids, id)));

    public ValueTask<DocumentTrack?> TrackAsync(Scope scope, string docId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => DocumentReads.Track(database, _ids, scope, docId)));

    public ValueTask<IReadOnlyList<string>> FindDocumentsAsync(Scope scope, string documentId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => DocumentReads.FindByDocumentId(database, _ids, scope, documentId)));

    public ValueTask<SearchPage> SearchAsync(Scope scope, DocumentSearch search, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => LookUpReads.Search(database, _ids, scope, search)));

    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(Scope scope, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => MailboxReads.DeadLetters(database, _ids, scope)));

    public Task<bool> SettleDeadLetterAsync(string itemId, bool requeue, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AnswerItem.Settle(session, itemId, requeue, actor, _parties.Book));

    public Task RecordEventAsync(EvidenceEntry entry, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => session.Witness(entry with { Time = session.Now }));

    /// <summary>Where the original of this digest is.</summary>
    internal BodyRow? FindBody(ReadOnlySpan<byte> digest)
    {
        var wanted = digest.ToArray();
        return _reads.Read(database => Bodies.Find(database, wanted));
    }

    private string CallerOf(Scope scope) => _parties.Book.Systems.FirstOrDefault(s => s.Id == scope.SystemId)?.SystemId ?? "";
}
