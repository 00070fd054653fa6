using System.Net.Http.Headers;

namespace DocExchange.Client;

/// <summary>Exports of the evidence, for auditors and operators.</summary>
public sealed partial class HubClient
{
    /// <summary>Asks for an export.</summary>
    /// <param name="words">format, from, before, after, agency, units, direction, document, state, packages, certificate, log; what is absent leaves nothing out.</param>
    public async Task<ExportEntry> StartExportAsync(Dictionary<string, string> words, CancellationToken ct = default)
    {
        using var content = Json(words, HubJson.Default.DictionaryStringString);
        using var response = await SendAsync(HttpMethod.Post, "exports", content, ct).ConfigureAwait(false);
        return await ReadAsync(response, HubJson.Default.ExportEntry, ct).ConfigureAwait(false);
    }

    /// <summary>How far it is.</summary>
    public Task<ExportEntry> ExportAsync(string id, CancellationToken ct = default) => GetAsync("exports/" + Segment(id), HubJson.Default.ExportEntry, ct);

    /// <summary>Those that can be downloaded or are being made, newest first.</summary>
    public Task<List<ExportEntry>> ExportsAsync(CancellationToken ct = default) => GetAsync("exports", HubJson.Default.ListExportEntry, ct);

    /// <summary>Downloads a finished export behind what the file holds of it already.</summary>
    public async Task DownloadExportAsync(string id, Stream file, CancellationToken ct = default)
    {
        file.Seek(0, SeekOrigin.End);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_prefix}exports/{Segment(id)}/file");
        request.Headers.Authorization = _credentials;
        if (_code is not null) request.Headers.Add("Second-Factor", _code);
        if (file.Position > 0) request.Headers.Range = new RangeHeaderValue(file.Position, null);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        // Nothing is behind what the file holds: it is whole.
        if (response.StatusCode == System.Net.HttpStatusCode.RequestedRangeNotSatisfiable) return;
        if (!response.IsSuccessStatusCode) throw await HubRefusedException.FromAsync(response, ct).ConfigureAwait(false);
        if (response.StatusCode == System.Net.HttpStatusCode.OK) file.SetLength(0);
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        await body.CopyToAsync(file, ct).ConfigureAwait(false);
    }
}
