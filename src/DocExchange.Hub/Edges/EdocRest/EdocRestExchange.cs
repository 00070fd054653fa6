using DocExchange.Axis.Protocol;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Edoc;
using DocExchange.Hub.Signatures;

namespace DocExchange.Hub.Edges.EdocRest;

/// <summary>Sending, listing, fetching and confirming in this dialect. Only translates: the desk and the store decide.</summary>
public sealed partial class EdocRestExchange(IntakeDesk desk, EdocMailbox mailbox, CallRefusals refusals, ILogger<EdocRestExchange> logger)
{
    public async Task SendAsync(EdocRestCall call)
    {
        if (call.ReadKind(out var kind) is { } problem)
        {
            var receipt = await refusals.RecordAsync(call.Caller.System, null, problem, null, call.Cancelled).ConfigureAwait(false);
            await EdocRestAnswers.RefuseAsync(call.Http, call.Operation, problem, receipt).ConfigureAwait(false);
            return;
        }
        var result = await desk.AcceptAsync(Translate(call, kind), call.Cancelled).ConfigureAwait(false);
        Milestones.Reached(Milestones.BeforeReply);
        switch (result)
        {
            case IntakeResult.Accepted accepted:
                await EdocRestAnswers.OkAsync(call.Http, json => json.WriteNumber("docId", Ids.NumberOf(accepted.Receipt.DocId))).ConfigureAwait(false);
                break;
            case IntakeResult.Refused refused:
                LogRefused(logger, refused.Problem.Code, call.Caller.System.SystemId, refused.Receipt?.Id);
                await EdocRestAnswers.RefuseAsync(call.Http, call.Operation, refused.Problem, refused.Receipt).ConfigureAwait(false);
                break;
        }
        Milestones.Reached(Milestones.AfterReply);
    }

    public async Task ListPendingAsync(EdocRestCall call)
    {
        if (call.ReadKind(out var kind) is { } problem)
        {
            await RefuseAsync(call, problem).ConfigureAwait(false);
            return;
        }
        var items = await mailbox.ListAsync(call.Caller, kind, call.Cancelled).ConfigureAwait(false);
        await EdocRestAnswers.OkAsync(call.Http, json =>
        {
            json.WriteStartArray("data");
            foreach (var item in items)
            {
                json.WriteStartObject();
                json.WriteNumber("docId", item.DocumentNumber);
                json.WriteString("organId", item.Recipient);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            // What older clients read instead.
            json.WriteStartArray("docIDs");
            foreach (var number in items.Select(i => i.DocumentNumber).Distinct()) json.WriteNumberValue(number);
            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    public async Task GetAsync(EdocRestCall call)
    {
        if (call.ReadKind(out var kind) is { } problem)
        {
            await RefuseAsync(call, problem).ConfigureAwait(false);
            return;
        }
        if (await mailbox.FetchAsync(call.Caller, call.DocId, kind, call.Cancelled).ConfigureAwait(false) is not { } found)
        {
            await RefuseUnknownAsync(call).ConfigureAwait(false);
            return;
        }
        if (found.Item.Withheld is { } withheld)
        {
            await RefuseAsync(call, withheld).ConfigureAwait(false);
            return;
        }
        await using (found.Package.ConfigureAwait(false))
        {
            SignatureLink.Name(call.Http.Response, found.Item.ItemId);
            await EdocRestAnswers.DataAsync(call.Http, found.Package).ConfigureAwait(false);
        }
        Milestones.Reached(Milestones.AfterFetch);
    }

    public async Task ConfirmAsync(EdocRestCall call)
    {
        var known = await mailbox.ConfirmAsync(call.Caller, call.DocId, call.Cancelled).ConfigureAwait(false);
        await (known ? EdocRestAnswers.OkAsync(call.Http) : RefuseUnknownAsync(call)).ConfigureAwait(false);
    }

    /// <summary>"Not yours" and "does not exist" are one answer.</summary>
    private Task RefuseUnknownAsync(EdocRestCall call) =>
        RefuseAsync(call, call.DocIdText is { } id ? new Problem(ProblemCatalogue.DeliveryNotFound, Value: id) : new Problem(ProblemCatalogue.RequestIncomplete, "docId"));

    private async Task RefuseAsync(EdocRestCall call, Problem problem)
    {
        var receipt = await refusals.RecordAsync(call.Caller.System, call.Operation.Name, problem, null, call.Cancelled).ConfigureAwait(false);
        await EdocRestAnswers.RefuseAsync(call.Http, call.Operation, problem, receipt).ConfigureAwait(false);
    }

    private static Submission Translate(EdocRestCall call, MessageKind kind)
    {
        var hash = call.Hash;
        return new Submission
        {
            Caller = call.Caller.System,
            Body = call.Http.Request.BodyReader,
            AnnouncedLength = call.Http.Request.ContentLength,
            MayEndInFraming = true,
            IsAnnouncedDigest = hash is null ? null : digest => FileHash.Matches(digest.Span, hash),
            AnnouncedKind = kind,
            AnnouncedSender = call.Caller.OrganId,
        };
    }

    [LoggerMessage(EventId = 2511, Level = LogLevel.Information, Message = "Refused {Code} for system {System}, receipt {Receipt}")]
    private static partial void LogRefused(ILogger logger, string code, string system, string? receipt);
}
