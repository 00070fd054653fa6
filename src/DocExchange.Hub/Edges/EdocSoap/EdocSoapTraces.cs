using DocExchange.Core;
using DocExchange.Core.Alarms;
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
internal sealed partial class EdocSoapTraces(
    IExchangeStore store, IPackageStore packages, PackageLimits limits, HubOptions options, AlarmBoard alarms, CallRefusals refusals, ILogger<EdocSoapTraces> logger)
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
        if (page.Cut) alarms.Raise(AlarmKind.ListCut, call.Caller.System.SystemId, $"{options.MailboxListLimit} items shown");
        var given = await WriteAsync(call, page.Items).ConfigureAwait(false);
        if (written is not null) return;
        await call.Http.Response.CompleteAsync().ConfigureAwait(false);
        // A line that broke off ends the answer without a fault.
        if (call.Cancelled.IsCancellationRequested) return;
        // Together, so that they share a commit; the caller has its answer, and may go.
        await Task.WhenAll(given.Select(item => store.AnswerAsync(call.Caller.Scope, new MailboxAnswer(item.ItemId, Done: true, null), CancellationToken.None))).ConfigureAwait(false);
    }

    private async Task<List<MailboxItem>> WriteAsync(EdocSoapCall call, IReadOnlyList<MailboxItem> items)
    {
        var given = new List<MailboxItem>(items.Count);
        var warnings = new List<PackageWarning>();
        using var answer = EdocSoapAnswer.Begin(call);
        answer.Open("Traces");
        foreach (var item in items)
        {
            if (await ReadAsync(item, call.Cancelled).ConfigureAwait(false) is not { } status)
            {
                // It stays on the list, for when it has been restored.
                alarms.Raise(AlarmKind.ContentMissing, item.DocId);
                continue;
            }
            var (crossed, left) = Version1Conversion.ToVersion1(status);
            foreach (var (_, what) in EdocSoapAnswer.Warnings(left)) LogLeftOut(logger, item.DocId, what);
            warnings.AddRange(left);
            Version1Writer.WriteStatus(answer.Xml, crossed);
            given.Add(item);
            await answer.FlushAsync().ConfigureAwait(false);
        }
        answer.Xml.WriteEndElement();
        // Only where there is something to say: clients read the statuses by their place.
        if (warnings.Count > 0) EdocSoapAnswer.WriteErrors(answer.Xml, EdocSoapAnswer.Warnings(warnings));
        await answer.EndAsync().ConfigureAwait(false);
        return given;
    }

    /// <summary>The status; null where its bytes are missing or hold none.</summary>
    private async Task<Envelope?> ReadAsync(MailboxItem item, CancellationToken cancellationToken)
    {
        if (await packages.OpenAsync(item.Digest, cancellationToken).ConfigureAwait(false) is not { } package) return null;
        await using (package.ConfigureAwait(false))
        {
            return PackageReader.Read(package, limits).Envelope is { Status: not null } status ? status : null;
        }
    }

    [LoggerMessage(EventId = 2531, Level = LogLevel.Warning, Message = "The status {DocId} was given as edXML 1.0, which has no place for {What}")]
    private static partial void LogLeftOut(ILogger logger, string docId, string what);
}
