using System.Globalization;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Ports;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Edoc;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// Which document a status of this dialect speaks of: systems name it by the number they fetched it under, or by its code alone. The desk
/// knows the DocumentId only.
/// </summary>
internal sealed class StatusSubject(IExchangeStore store)
{
    /// <summary>The status with the DocumentId, where what it says instead leads to exactly one document of the caller's; otherwise as it was.</summary>
    public async Task<Envelope> CompleteAsync(EdocCaller caller, Envelope status, CancellationToken cancellationToken)
    {
        if (status.ResponseFor is not [var reference]) return status;
        var id = long.TryParse(reference.DocumentId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await ByNumberAsync(caller, number, cancellationToken).ConfigureAwait(false)
            : reference.DocumentId is null ? await ByCodeAsync(caller, reference, cancellationToken).ConfigureAwait(false) : null;
        return id is null ? status : status with { ResponseFor = [reference with { DocumentId = id }] };
    }

    private async Task<string?> ByNumberAsync(EdocCaller caller, long number, CancellationToken cancellationToken) =>
        (await store.FindItemsAsync(caller.Scope, number, cancellationToken).ConfigureAwait(false)).FirstOrDefault(i => i.Kind == MessageKind.Document)?.DocumentId;

    private async Task<string?> ByCodeAsync(EdocCaller caller, Reference reference, CancellationToken cancellationToken)
    {
        if (reference.Code is not { Length: > 0 } code || caller.Parties.Directory.Find(reference.OrganId) is not { } other) return null;
        // Of 13 the document's sender is the caller; of all others, the one it is told to.
        var search = new DocumentSearch { Code = code, WholeCode = true, Limit = 10 };
        var page = await store.SearchAsync(caller.Scope, search, cancellationToken).ConfigureAwait(false);
        var found = page.Documents.Where(d => d.Sender == other.Code || caller.Parties.Directory.Find(d.Sender) is { } sender && caller.Scope.Allows(sender.Id))
            .Where(d => reference.PromulgationDate is null || d.PromulgationDate is null || d.PromulgationDate == reference.PromulgationDate)
            .Select(d => d.DocumentId).OfType<string>().Distinct().Take(2).ToList();
        return found is [var one] && page.Next is null ? one : null;
    }
}
