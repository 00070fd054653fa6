using DocExchange.Core;
using DocExchange.Core.Alarms;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Ports;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Signatures;

namespace DocExchange.Hub.Edges.Edoc;

/// <summary>
/// A mailbox as the dialects of provincial hubs see it: by the document's number. An organisation and one of its units may both have got a
/// document; in this view that is one, and confirming it confirms all its copies that the caller stands for.
/// </summary>
public sealed partial class EdocMailbox(IExchangeStore store, IPackageStore packages, SignedCopies copies, AlarmBoard alarms, HubOptions options, ILogger<EdocMailbox> logger)
{
    /// <summary>What waits for an answer, most urgent first.</summary>
    public async Task<IReadOnlyList<MailboxItem>> ListAsync(EdocCaller caller, MessageKind kind, CancellationToken cancellationToken)
    {
        var page = await store.ListMailboxAsync(caller.Scope, new MailboxQuery(kind, Limit: options.MailboxListLimit), cancellationToken).ConfigureAwait(false);
        if (page.Cut) alarms.Raise(AlarmKind.ListCut, caller.System.SystemId, $"{options.MailboxListLimit} items shown");
        return page.Items;
    }

    /// <summary>One document of the caller's with its bytes, the fetch noted; none of them where it is withheld (<see cref="MailboxItem.Withheld"/>). Null when it is not the caller's, of another kind, or does not exist.</summary>
    public async Task<(MailboxItem Item, Stream Package)?> FetchAsync(EdocCaller caller, long? number, MessageKind kind, CancellationToken cancellationToken)
    {
        Milestones.Reached(Milestones.BeforeFetch);
        var items = await FindAsync(caller, number, cancellationToken).ConfigureAwait(false);
        if (items.Count == 0 || items[0].Kind != kind) return null;
        if (items[0].Withheld is not null) return (items[0], Stream.Null);
        if (await copies.EnsureAsync(caller.System, items[0], cancellationToken).ConfigureAwait(false)) items = await FindAsync(caller, number, cancellationToken).ConfigureAwait(false);
        if (await packages.OpenAsync(items[0].Digest, cancellationToken).ConfigureAwait(false) is not { } package)
        {
            alarms.Raise(AlarmKind.ContentMissing, items[0].DocId);
            return null;
        }
        // One client sends the docId of its first call with every later one: worth knowing for whoever looks for documents that do not arrive.
        if (items[0].Fetched > 0) LogFetchedAgain(logger, caller.System.SystemId, items[0].DocId, items[0].Fetched + 1);
        foreach (var item in items) await store.RecordFetchAsync(caller.Scope, item, cancellationToken).ConfigureAwait(false);
        return (items[0], package);
    }

    /// <summary>The caller's system has it. False when there is no such document for the caller. Repeating it is a success.</summary>
    public async Task<bool> ConfirmAsync(EdocCaller caller, long? number, CancellationToken cancellationToken)
    {
        Milestones.Reached(Milestones.BeforeAnswer);
        var items = await FindAsync(caller, number, cancellationToken).ConfigureAwait(false);
        foreach (var item in items)
        {
            await store.AnswerAsync(caller.Scope, new MailboxAnswer(item.ItemId, Done: true, null), cancellationToken).ConfigureAwait(false);
        }
        Milestones.Reached(Milestones.AfterAnswer);
        return items.Count > 0;
    }

    private ValueTask<IReadOnlyList<MailboxItem>> FindAsync(EdocCaller caller, long? number, CancellationToken cancellationToken) =>
        number is { } known ? store.FindItemsAsync(caller.Scope, known, cancellationToken) : ValueTask.FromResult<IReadOnlyList<MailboxItem>>([]);

    [LoggerMessage(EventId = 2501, Level = LogLevel.Information, Message = "System {System} fetches {Document} again, the {Times}. time")]
    private static partial void LogFetchedAgain(ILogger logger, string system, string document, int times);
}
