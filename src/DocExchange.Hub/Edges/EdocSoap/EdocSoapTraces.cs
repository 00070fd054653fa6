using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Version1;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// Statuses for the calling organisation. Asked without a time, each is given once; it is taken off the list only when the whole answer has
/// been handed to the line. Asked with a time, everything since then, as often as one likes: what was lost on the way is found again so.
/// </summary>
internal sealed class EdocSoapTraces(IExchangeStore store, IPackageStore packages, PackageLimits limits, HubOptions options, CallRefusals refusals)
{
    public async Task ListAsync(EdocSoapCall call)
    {
        var written = call.Value("TimeStamp") ?? call.Value("Timestamp");
        var since = default(DateTimeOffset);
        if (written is not null && !VietnamTime.TryParse(written, out since))
        {
            var problem = new Problem(ProblemCatalogue.ProtocolWordUnknown, "TimeStamp", written, "yyyy/MM/dd HH:mm:ss");
            var receipt = await refusals.RecordAsync(call.Caller.System, call.Operation.Name, problem, null, call.Cancelled).ConfigureAwait(false);
            await EdocSoapAnswer.RefuseAsync(call, problem, receipt).ConfigureAwait(false);
            return;
        }
        var query = new MailboxQuery(MessageKind.Status, written is null ? null : since, Limit: options.MailboxListLimit);
        var page = await store.ListMailboxAsync(call.Caller.Scope, query, call.Cancelled).ConfigureAwait(false);
        var given = await WriteAsync(call, page.Items).ConfigureAwait(false);
        if (written is not null) return;
        await call.Http.Response.CompleteAsync().ConfigureAwait(false);
        // Together, so that they share a commit; the caller has its answer, and may go.
        await Task.WhenAll(given.Select(item => store.AnswerAsync(call.Caller.Scope, new MailboxAnswer(item.ItemId, Done: true, null), CancellationToken.None))).ConfigureAwait(false);
    }

    private async Task<List<MailboxItem>> WriteAsync(EdocSoapCall call, IReadOnlyList<MailboxItem> items)
    {
        var given = new List<MailboxItem>(items.Count);
        using var answer = EdocSoapAnswer.Begin(call);
        answer.Open("Traces");
        foreach (var item in items)
        {
            if (await packages.OpenAsync(item.Digest, call.Cancelled).ConfigureAwait(false) is not { } package) continue;
            await using (package.ConfigureAwait(false))
            {
                if (PackageReader.Read(package, limits).Envelope is { Status: not null } status) Version1Writer.WriteStatus(answer.Xml, status with { Unknown = [] });
            }
            given.Add(item);
            await answer.FlushAsync().ConfigureAwait(false);
        }
        await answer.EndAsync().ConfigureAwait(false);
        return given;
    }
}
