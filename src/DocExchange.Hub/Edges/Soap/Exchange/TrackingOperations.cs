using System.Xml.Linq;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rest;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>What became of a document, its receipts, and who can be written to.</summary>
internal sealed class TrackingOperations(IExchangeStore store)
{
    private const int MostEntries = 1000;
    private static readonly XNamespace Names = SoapCall.Names;

    public async Task<SoapReply> StatusAsync(SoapCall call, XElement request)
    {
        var arguments = SoapArguments.Of(request, "DocId", "DocumentId");
        var (docId, documentId) = (arguments.Optional("DocId"), arguments.Optional("DocumentId"));
        if ((docId is null) == (documentId is null)) arguments.Refuse("DocId");
        if (arguments.Problem is { } problem) return new SoapReply.Refused(problem);

        var documents = new List<XElement>();
        foreach (var id in docId is not null ? [docId] : await store.FindDocumentsAsync(call.Scope, documentId!, call.Cancelled).ConfigureAwait(false))
        {
            if (await store.TrackAsync(call.Scope, id, call.Cancelled).ConfigureAwait(false) is { } track) documents.Add(DocumentOf(TrackView.Of(track)));
        }
        return docId is not null && documents.Count == 0 ? await MissingAsync(docId, "DocId", call.Cancelled).ConfigureAwait(false) : SoapReply.Of("GetStatusResponse", documents);
    }

    public async Task<SoapReply> ReceiptAsync(SoapCall call, XElement request)
    {
        var arguments = SoapArguments.Of(request, "ReceiptId", "Format");
        var id = arguments.Required("ReceiptId");
        var format = arguments.OneOf("Format", "json", "xml");
        if (arguments.Problem is { } problem) return new SoapReply.Refused(problem);
        var parts = await store.FindReceiptAsync(call.Scope, id, call.Cancelled).ConfigureAwait(false);
        if (parts is null) return await MissingAsync(id, "ReceiptId", call.Cancelled).ConfigureAwait(false);
        return SoapReply.Of("GetReceiptResponse", new XElement(Names + "Receipt", Convert.ToBase64String(format == "xml" ? ReceiptXml.Render(parts) : ReceiptFormat.Render(parts))));
    }

    public static Task<SoapReply> DirectoryAsync(SoapCall call, XElement request)
    {
        var arguments = SoapArguments.Of(request, "After", "Name", "ChangedAfter", "Limit");
        var (after, name, changed) = (arguments.Optional("After"), arguments.Optional("Name"), arguments.Long("ChangedAfter"));
        var limit = arguments.Number("Limit", 100, MostEntries);
        if (arguments.Problem is { } problem) return Task.FromResult<SoapReply>(new SoapReply.Refused(problem));
        var directory = call.Parties.Directory;
        var found = name is not null ? directory.Search(name, Math.Min(limit, 100)).ToList() : directory.After(after).Where(a => a.Changed > (changed ?? -1)).Take(limit + 1).ToList();
        var next = name is null && found.Count > limit ? found[limit - 1].Code : null;
        return Task.FromResult(SoapReply.Of("GetDirectoryResponse",
            found.Take(limit).Select(agency => EntryOf(DirectoryEntry.Of(agency, call.Parties))), next is null ? null : new XElement(Names + "Next", next), new XElement(Names + "LastChange", directory.LastChange)));
    }

    private async Task<SoapReply> MissingAsync(string id, string field, CancellationToken cancellationToken) => new SoapReply.Refused(
        new Problem(await store.IsLostAsync(id, cancellationToken).ConfigureAwait(false) ? ProblemCatalogue.LostInRestore : ProblemCatalogue.DeliveryNotFound, field, id));

    private static XElement DocumentOf(TrackView view) => new(Names + "Document",
        Text("DocId", view.DocId), Text("DocumentId", view.DocumentId), Text("Kind", view.Kind), Text("BusinessType", view.BusinessType), Text("Subject", view.Subject),
        Text("Code", view.Code), Text("Sender", view.Sender), Text("SenderName", view.SenderName), Text("AcceptedAt", view.AcceptedAt), Text("Digest", view.Digest["sha256:".Length..]),
        Text("Size", view.Size), Text("ReceiptId", view.ReceiptId),
        view.Deliveries.Select(d => new XElement(Names + "Delivery", Text("ItemId", d.Id), Text("Agency", d.Agency), Text("Name", d.Name), Text("State", d.State), Text("Reason", d.Reason),
            Text("Since", d.Since), Text("FetchedCount", d.FetchedCount), Text("InDoubt", d.InDoubt))),
        view.Statuses.Select(s => new XElement(Names + "Status", Text("Reporter", s.Reporter), Text("Code", s.Code), Text("Name", s.Name), Text("Description", s.Description),
            Text("At", s.At), Text("ArrivedAt", s.ArrivedAt), Text("RecordedByHub", s.RecordedByHub))),
        view.Events.Select(e => new XElement(Names + "Event", Text("Index", e.Index), Text("Event", e.Event), Text("Time", e.Time), Text("ReceiptId", e.ReceiptId))));

    private static XElement EntryOf(DirectoryEntry entry) => new(Names + "Entry",
        Text("Code", entry.Code), Text("Name", entry.Name), Text("Parent", entry.Parent), Text("Kind", entry.Kind), Text("Route", entry.Route),
        entry.Aliases.Select(alias => Text("Alias", alias)), Text("ValidFrom", entry.ValidFrom), Text("ValidTo", entry.ValidTo), Text("Successor", entry.Successor),
        Text("LockedSince", entry.LockedSince), Text("Mail", entry.Mail), Text("Changed", entry.Changed));

    private static XElement? Text(string name, object? value) => value is null ? null : new XElement(Names + name, value);
}
