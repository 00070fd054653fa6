using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Clerk.Search;

/// <summary>What the text of the box was taken for.</summary>
internal enum Reading { Newest, Id, WholeCode, BeginningOfCode, Words }

/// <param name="Single">The hub id of the one document an id names; the list is empty then.</param>
internal sealed record Found(Reading Reading, SearchPage Page, string? Single = null);

/// <summary>One box for everything: tries what the text can be, from the most to the least specific, and takes the first that finds something.</summary>
internal sealed class Finding(IExchangeStore store, Scope scope, CancellationToken cancellationToken)
{
    private static readonly SearchPage Nothing = new([], null);

    public async Task<Found> SearchAsync(string text, DocumentSearch filters)
    {
        if (text.Length == 0) return new Found(Reading.Newest, await PageAsync(filters).ConfigureAwait(false));
        if (await FindByIdAsync(text).ConfigureAwait(false) is { } byId) return byId;
        foreach (var (reading, search) in Readings(text, filters))
        {
            // Whether a reading applies must not depend on the page one is on.
            if (search.After is not null && (await PageAsync(search with { After = null, Limit = 1 }).ConfigureAwait(false)).Documents.Count == 0) continue;
            var page = await PageAsync(search).ConfigureAwait(false);
            if (page.Documents.Count > 0 || page.Next is not null || search.After is not null) return new Found(reading, page);
        }
        return new Found(Reading.Words, Nothing);
    }

    /// <summary>The document a receipt is about: its own, or for a status' receipt the one reported on. Null when it is about none that may be seen.</summary>
    public async Task<DocumentTrack?> FindAsync(EvidenceEntry receipt)
    {
        var docId = receipt.Kind == "status" ? receipt.Detail : receipt.Document;
        return docId is null ? null : await store.TrackAsync(scope, docId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Found?> FindByIdAsync(string text)
    {
        if (text.Length == 25 && await store.FindReceiptAsync(scope, text, cancellationToken).ConfigureAwait(false) is { } receipt
            && EvidenceEntry.TryParse(receipt.Entry) is { } entry)
        {
            return await FindAsync(entry).ConfigureAwait(false) is { } about ? One(about.DocId) : null;
        }
        if (text.Length is 24 or 28 && await store.TrackAsync(scope, text[..24], cancellationToken).ConfigureAwait(false) is { } track) return One(track.DocId);
        var page = await PageAsync(new DocumentSearch { DocumentId = text }).ConfigureAwait(false);
        return page.Documents.Count switch
        {
            0 => null,
            1 => One(page.Documents[0].DocId),
            _ => new Found(Reading.Id, page),
        };
    }

    private static IEnumerable<(Reading, DocumentSearch)> Readings(string text, DocumentSearch filters)
    {
        var code = text.TrimEnd('*').Trim();
        if (IsCode(code))
        {
            if (code == text) yield return (Reading.WholeCode, filters with { Code = code, WholeCode = true });
            // A number alone means that number before it means the beginning of a longer one.
            if (code == text && code.All(char.IsAsciiDigit)) yield return (Reading.BeginningOfCode, filters with { Code = code + "/" });
            yield return (Reading.BeginningOfCode, filters with { Code = code });
        }
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (text.Any(char.IsLetterOrDigit)) yield return (Reading.Words, filters with { Words = words });
    }

    private static bool IsCode(string text) => text.Length > 0 && !text.Any(char.IsWhiteSpace) && (text.Contains('/', StringComparison.Ordinal) || text.All(char.IsAsciiDigit));

    private static Found One(string docId) => new(Reading.Id, Nothing, docId);

    private ValueTask<SearchPage> PageAsync(DocumentSearch search) => store.SearchAsync(scope, search, cancellationToken);
}
