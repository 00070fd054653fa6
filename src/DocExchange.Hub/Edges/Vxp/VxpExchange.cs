using DocExchange.Axis.Protocol;
using DocExchange.Core;
using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Signatures;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>Sending, listing, fetching and answering in the axis SDK's protocol. Only translates: the desk and the store decide.</summary>
public sealed partial class VxpExchange(
    IntakeDesk desk, IExchangeStore store, IPackageStore packages, SignedCopies copies, VxpRefusals refusals, SeenSignatures seen, AlarmBoard alarms, HubOptions options, ILogger<VxpExchange> logger)
{
    public async Task SendAsync(VxpCall call)
    {
        if (VxpWords.Check(call.Values, needsMessageType: true) is { } problem)
        {
            await refusals.AnswerAsync(call, VxpOperations.SendEdoc, problem).ConfigureAwait(false);
            return;
        }
        var result = await desk.AcceptAsync(Translate(call), call.Cancelled).ConfigureAwait(false);
        WatchForReplay(call, result);
        Milestones.Reached(Milestones.BeforeReply);
        switch (result)
        {
            case IntakeResult.Accepted accepted:
                await VxpAnswers.SentAsync(call.Http, accepted.Receipt.DocId).ConfigureAwait(false);
                break;
            case IntakeResult.Refused refused:
                LogRefused(logger, refused.Problem.Code, call.System.SystemId, refused.Receipt?.Id);
                await VxpAnswers.RefuseAsync(call.Http, VxpOperations.SendEdoc, refused.Problem, refused.Receipt).ConfigureAwait(false);
                break;
        }
        Milestones.Reached(Milestones.AfterReply);
    }

    public async Task ListReceivedAsync(VxpCall call)
    {
        var problem = VxpWords.Check(call.Values, needsMessageType: false) ?? VxpWords.Period(call.Values, out var from, out var to);
        if (problem is not null)
        {
            await refusals.AnswerAsync(call, VxpOperations.GetReceivedEdocList, problem).ConfigureAwait(false);
            return;
        }
        VxpWords.Period(call.Values, out from, out to);
        var page = await store.ListMailboxAsync(call.Scope, new MailboxQuery(VxpWords.KindOf(call.Values), from, to, options.MailboxListLimit), call.Cancelled).ConfigureAwait(false);
        if (page.Cut) alarms.Raise(AlarmKind.ListCut, call.System.SystemId, $"{options.MailboxListLimit} items shown");
        var rows = page.Items.Select(item => new ReceivedRow(
            item.ItemId, VxpWords.WordOf(item.Kind), item.CreatedAt, item.UpdatedAt, item.Sender, item.Recipient, VxpWords.WordOf(item.State), item.StateText));
        await VxpAnswers.WriteAsync(call.Http, StatusCodes.Status200OK, output => VxpJson.ReceivedList(output, rows)).ConfigureAwait(false);
    }

    public async Task GetAsync(VxpCall call)
    {
        if (await FetchAsync(call, VxpOperations.GetEdoc).ConfigureAwait(false) is not { } package) return;
        await using (package.ConfigureAwait(false))
        {
            call.Http.Response.ContentType = VxpJson.ContentType;
            call.Http.Response.ContentLength = EdocAnswer.LengthFor(package.Length);
            await EdocAnswer.WriteAsync(call.Http.Response.Body, package, call.Cancelled).ConfigureAwait(false);
        }
        Milestones.Reached(Milestones.AfterFetch);
    }

    public async Task DownloadAsync(VxpCall call)
    {
        if (await FetchAsync(call, VxpOperations.DownloadEdoc).ConfigureAwait(false) is not { } package) return;
        await using (package.ConfigureAwait(false))
        {
            call.Http.Response.ContentType = VxpNames.OctetStream;
            call.Http.Response.ContentLength = package.Length;
            await package.CopyToAsync(call.Http.Response.Body, call.Cancelled).ConfigureAwait(false);
        }
        Milestones.Reached(Milestones.AfterFetch);
    }

    public async Task UpdateStatusAsync(VxpCall call)
    {
        if (VxpWords.Answer(call.Values, out var done) is { } problem)
        {
            await refusals.AnswerAsync(call, VxpOperations.UpdateStatus, problem).ConfigureAwait(false);
            return;
        }
        var id = call.Values.DocId ?? "";
        if (done is null)
        {
            // "inbox", "processing": the item stays listed until done or fail; it must still be the caller's.
            var known = await store.FindItemAsync(call.Scope, id, call.Cancelled).ConfigureAwait(false) is not null;
            await (known ? VxpAnswers.OkAsync(call.Http) : RefuseUnknownAsync(call, VxpOperations.UpdateStatus)).ConfigureAwait(false);
            return;
        }
        Milestones.Reached(Milestones.BeforeAnswer);
        var outcome = await store.AnswerAsync(call.Scope, new MailboxAnswer(id, done.Value, call.Values.Description), call.Cancelled).ConfigureAwait(false);
        Milestones.Reached(Milestones.AfterAnswer);
        await (outcome == AnswerOutcome.NotYours ? RefuseUnknownAsync(call, VxpOperations.UpdateStatus) : VxpAnswers.OkAsync(call.Http)).ConfigureAwait(false);
    }

    public async Task ListSentAsync(VxpCall call)
    {
        if (VxpWords.Check(call.Values, needsMessageType: false) is { } problem)
        {
            await refusals.AnswerAsync(call, VxpOperations.GetSentEdocList, problem).ConfigureAwait(false);
            return;
        }
        var kind = call.Values.MessageType is null ? (MessageKind?)null : VxpWords.KindOf(call.Values);
        var items = await store.ListSentAsync(call.Scope, new SentQuery(call.Values.DocId, kind, options.MailboxListLimit), call.Cancelled).ConfigureAwait(false);
        if (items.Count == 0 && call.Values.DocId is not null)
        {
            await RefuseUnknownAsync(call, VxpOperations.GetSentEdocList).ConfigureAwait(false);
            return;
        }
        var rows = items.Select(item => new SentRow(VxpWords.WordOf(item.Kind), item.DocId, item.ItemId, item.Sender, item.Recipient, item.Subject, item.Code,
            item.SentAt, item.ReceivedAt, VxpNames.StatusDone, null, VxpWords.WordOf(item.State), item.StateText));
        await VxpAnswers.WriteAsync(call.Http, StatusCodes.Status200OK, output => VxpJson.SentList(output, rows)).ConfigureAwait(false);
    }

    public Task CountDocumentsAsync(VxpCall call) => CountAsync(call, MessageKind.Document);

    public Task CountStatusesAsync(VxpCall call) => CountAsync(call, MessageKind.Status);

    private async Task CountAsync(VxpCall call, MessageKind kind)
    {
        var count = await store.CountMailboxAsync(call.Scope, new MailboxQuery(kind), call.Cancelled).ConfigureAwait(false);
        await VxpAnswers.WriteAsync(call.Http, StatusCodes.Status200OK, output => VxpJson.Count(output, count)).ConfigureAwait(false);
    }

    /// <summary>The bytes of one of the caller's items, its fetch noted; null when the answer has been given already.</summary>
    private async Task<Stream?> FetchAsync(VxpCall call, string operation)
    {
        Milestones.Reached(Milestones.BeforeFetch);
        var item = await copies.FindAsync(call.System, call.Scope, call.Values.DocId ?? "", call.Cancelled).ConfigureAwait(false);
        if (item?.Withheld is { } withheld)
        {
            await refusals.AnswerAsync(call, operation, withheld).ConfigureAwait(false);
            return null;
        }
        var package = item is null ? null : await packages.OpenAsync(item.Digest, call.Cancelled).ConfigureAwait(false);
        if (item is null || package is null)
        {
            if (item is not null) alarms.Raise(AlarmKind.ContentMissing, item.DocId);
            await RefuseUnknownAsync(call, operation).ConfigureAwait(false);
            return null;
        }
        await store.RecordFetchAsync(call.Scope, item, call.Cancelled).ConfigureAwait(false);
        SignatureLink.Name(call.Http.Response, item.ItemId);
        return package;
    }

    /// <summary>"Not yours" and "does not exist" are one answer.</summary>
    private Task RefuseUnknownAsync(VxpCall call, string operation) =>
        refusals.AnswerAsync(call, operation, new Problem(ProblemCatalogue.DeliveryNotFound, VxpNames.DocId, call.Values.DocId));

    /// <summary>A signature covers the file's hash: with another file behind it, it was taken from an earlier call (problem-examples row 6).</summary>
    private void WatchForReplay(VxpCall call, IntakeResult result)
    {
        var signature = call.Http.Request.Headers[VxpNames.HashHeader].ToString();
        if (result is not IntakeResult.Refused { Problem.Kind: var kind } || kind != ProblemCatalogue.HashDoesNotMatch) seen.Add(signature);
        else if (seen.Contains(signature)) alarms.Raise(AlarmKind.ReplayedCall, call.System.SystemId, "sendEdoc");
    }

    private static Submission Translate(VxpCall call)
    {
        var hash = call.Values.HashFile;
        return new Submission
        {
            Caller = call.System,
            Body = call.Http.Request.BodyReader,
            AnnouncedLength = call.Http.Request.ContentLength,
            MayEndInFraming = true,
            RequiresDigest = true,
            SignedDigest = hash,
            IsAnnouncedDigest = hash is null ? null : digest => FileHash.Matches(digest.Span, hash),
            AnnouncedKind = VxpWords.KindOf(call.Values),
            AnnouncedSender = call.Values.From,
            OnlyTo = call.Values.To,
        };
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "Refused {Code} for system {System}, receipt {Receipt}")]
    private static partial void LogRefused(ILogger logger, string code, string system, string? receipt);
}
