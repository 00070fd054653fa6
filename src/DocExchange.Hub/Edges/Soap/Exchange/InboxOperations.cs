using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using DocExchange.Core;
using DocExchange.Core.Alarms;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Rest;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Signatures;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>What waits for the calling system: list, fetch, answer.</summary>
internal sealed class InboxOperations(IExchangeStore store, SignedCopies copies, IPackageStore packages, CopySignatures signatures, AlarmBoard alarms, HubOptions options)
{
    private static readonly XNamespace Names = SoapCall.Names;

    public async Task<SoapReply> ListAsync(SoapCall call, XElement request)
    {
        var arguments = SoapArguments.Of(request, "Kind", "After", "Limit");
        var kind = arguments.OneOf("Kind", "document", "status");
        var limit = arguments.Number("Limit", Math.Min(100, options.MailboxListLimit), options.MailboxListLimit);
        var after = arguments.Optional("After");
        MailboxPlace? place = null;
        if (after is not null && !InboxCursor.TryRead(after, out place)) arguments.Refuse("After");
        if (arguments.Problem is { } problem) return new SoapReply.Refused(problem);

        MessageKind? only = kind switch { "document" => MessageKind.Document, "status" => MessageKind.Status, _ => null };
        var page = await store.ListMailboxAsync(call.Scope, new MailboxQuery(only, Limit: limit) { After = place }, call.Cancelled).ConfigureAwait(false);
        return SoapReply.Of("ListInboxResponse", page.Items.Select(ItemOf), page.Cut && page.Items.Count > 0 ? new XElement(Names + "Next", InboxCursor.Write(page.Items[^1].Place)) : null);
    }

    public async Task<SoapReply> GetAsync(SoapCall call, XElement request)
    {
        var arguments = SoapArguments.Of(request, "ItemId");
        var id = arguments.Required("ItemId");
        if (arguments.Problem is { } problem) return new SoapReply.Refused(problem);

        Milestones.Reached(Milestones.BeforeFetch);
        var item = await copies.FindAsync(call.System, call.Scope, id, call.Cancelled).ConfigureAwait(false);
        if (item?.Withheld is { } withheld) return new SoapReply.Refused(withheld);
        var content = item is null ? null : await packages.OpenAsync(item.Digest, call.Cancelled).ConfigureAwait(false);
        if (item is not null && content is null) alarms.Raise(AlarmKind.ContentMissing, item.DocId);
        if (item is null || content is null) return new SoapReply.Refused(new Problem(ProblemCatalogue.DeliveryNotFound, "ItemId", id));
        await store.RecordFetchAsync(call.Scope, item, call.Cancelled).ConfigureAwait(false);
        var signature = Convert.ToBase64String(await signatures.OfAsync(item.Digest).ConfigureAwait(false));
        return new SoapReply.Package(new XElement(Names + "GetDocumentResponse", ItemOf(item), new XElement(Names + "Signatures", new XElement(Names + "Signature", signature))), content);
    }

    public async Task<SoapReply> ConfirmAsync(SoapCall call, XElement request)
    {
        const int longestReason = 500;
        var arguments = SoapArguments.Of(request, "ItemId", "Result", "Reason", "Key");
        var id = arguments.Required("ItemId");
        arguments.Required("Result");
        var done = arguments.OneOf("Result", "done", "fail") == "done";
        var reason = arguments.Optional("Reason");
        if ((!done && reason is null) || reason?.Length > longestReason) arguments.Refuse("Reason");
        var key = arguments.Key("confirm");
        if (arguments.Problem is { } problem) return new SoapReply.Refused(problem);

        var keyed = key?.Of(call.System.Id, SHA256.HashData(Encoding.UTF8.GetBytes($"{done}\n{reason}")));
        Milestones.Reached(Milestones.BeforeAnswer);
        var outcome = await store.AnswerAsync(call.Scope, new MailboxAnswer(id, done, reason) { Key = keyed }, call.Cancelled).ConfigureAwait(false);
        Milestones.Reached(Milestones.AfterAnswer);
        return outcome switch
        {
            AnswerOutcome.NotYours => new SoapReply.Refused(new Problem(ProblemCatalogue.DeliveryNotFound, "ItemId", id)),
            AnswerOutcome.KeyTaken => new SoapReply.Refused(new Problem(ProblemCatalogue.RequestKeyTaken, "Key", key!.Value)),
            _ => SoapReply.Of("ConfirmReceivedResponse", new XElement(Names + "ItemId", id), new XElement(Names + "Recorded", outcome == AnswerOutcome.Recorded)),
        };
    }

    private static XElement ItemOf(MailboxItem item)
    {
        var view = InboxItemView.Of(item);
        return new XElement(Names + "Item",
            new XElement(Names + "ItemId", view.ItemId), new XElement(Names + "Kind", view.Kind), new XElement(Names + "State", view.State),
            new XElement(Names + "Sender", view.Sender), new XElement(Names + "Recipient", view.Recipient), new XElement(Names + "RecipientName", view.RecipientName),
            view.DocumentId is null ? null : new XElement(Names + "DocumentId", view.DocumentId),
            new XElement(Names + "Subject", view.Subject), new XElement(Names + "Code", view.Code), new XElement(Names + "ArrivedAt", view.ArrivedAt),
            new XElement(Names + "FetchedCount", view.FetchedCount), new XElement(Names + "Size", view.Size),
            new XElement(Names + "Digest", Convert.ToHexStringLower(item.Digest.Span)), new XElement(Names + "InDoubt", view.InDoubt));
    }
}
