using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;

namespace DocExchange.Client;

/// <summary>The directory: look-up, search, pages and changes for systems and operators; files for operators.</summary>
public sealed partial class HubClient
{
    private const int PageSize = 1000;

    /// <summary>The agency that has this code, or had it; with focal points.</summary>
    public Task<AgencyEntry> AgencyAsync(string code, CancellationToken ct = default) => GetAsync("directory/" + Segment(code), HubJson.Default.AgencyEntry, ct);

    /// <summary>By code, beginning of a code, or words of the name, marks or not; best first.</summary>
    public async Task<IReadOnlyList<AgencyEntry>> SearchAgenciesAsync(string text, int limit = 100, CancellationToken ct = default) =>
        (await GetAsync($"directory?name={Segment(text)}&limit={Number(limit)}", HubJson.Default.DirectoryPage, ct).ConfigureAwait(false)).Entries;

    /// <summary>One page in the order of codes.</summary>
    /// <param name="after"><see cref="DirectoryPage.Next"/> of the page before.</param>
    /// <param name="changedAfter"><see cref="DirectoryPage.LastChange"/> of an earlier reading: only what changed since.</param>
    public Task<DirectoryPage> DirectoryAsync(string? after = null, long? changedAfter = null, int limit = PageSize, CancellationToken ct = default) => GetAsync(
        $"directory?limit={Number(limit)}{(after is null ? "" : "&after=" + Segment(after))}{(changedAfter is { } index ? "&changedAfter=" + Number(index) : "")}",
        HubJson.Default.DirectoryPage, ct);

    /// <summary>Every agency, page by page.</summary>
    public async IAsyncEnumerable<AgencyEntry> AgenciesAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        string? after = null;
        do
        {
            var page = await DirectoryAsync(after, ct: ct).ConfigureAwait(false);
            foreach (var entry in page.Entries) yield return entry;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Compares a file with the directory, and applies it unless it is a dry run.</summary>
    /// <param name="contentType"><c>text/csv</c>, <c>application/json</c> or <c>application/x-ndjson</c>.</param>
    /// <exception cref="HubRefusedException">Nothing was applied; the problem's report names the wrong rows.</exception>
    public async Task<ImportReport> ImportAgenciesAsync(Stream file, string contentType, ImportOptions options, CancellationToken ct = default)
    {
        using var content = new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        var path = $"directory/import?dryRun={Flag(options.DryRun)}&missing={(options.EndMissing ? "end" : "keep")}&wrong={(options.SkipWrong ? "skip" : "refuse")}&endMany={Flag(options.EndMany)}";
        using var response = await SendAsync(HttpMethod.Post, path, content, ct).ConfigureAwait(false);
        return await ReadAsync(response, HubJson.Default.ImportReport, ct).ConfigureAwait(false);
    }

    /// <summary>Writes the whole directory as a file that can be imported again.</summary>
    /// <param name="format"><c>csv</c>, <c>json</c> or <c>jsonl</c>.</param>
    public async Task ExportAgenciesAsync(Stream output, string format, CancellationToken ct = default)
    {
        using var response = await SendAsync(HttpMethod.Get, "directory/export?format=" + Segment(format), null, ct, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        await body.CopyToAsync(output, ct).ConfigureAwait(false);
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
