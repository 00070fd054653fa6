using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DocExchange.Client;

/// <summary>
/// The hub's JSON interface: receipts and tracking for systems, the directory for operators. Every method throws
/// <see cref="HubRefusedException"/> when the hub says no, and <see cref="HttpRequestException"/> when it cannot be reached.
/// </summary>
public sealed partial class HubClient
{
    private readonly HttpClient _http;
    private readonly string _prefix;
    private readonly AuthenticationHeaderValue _credentials;
    private readonly string? _code;

    private HubClient(HttpClient http, Uri hub, AuthenticationHeaderValue credentials, string? code = null)
    {
        _code = code;
        _http = http;
        _prefix = hub.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/api/v1/";
        _credentials = credentials;
    }

    /// <param name="apiKey"><c>systemid.secret</c>, as issued.</param>
    public static HubClient ForSystem(HttpClient http, Uri hub, string apiKey) => new(http, hub, new AuthenticationHeaderValue("Bearer", apiKey));

    /// <param name="code">The authenticator app's code, where the account has a second factor; it is taken again for five minutes.</param>
    public static HubClient ForOperator(HttpClient http, Uri hub, string user, string password, string? code = null) =>
        new(http, hub, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))), code);

    /// <summary>The receipt's bytes, as JSON or as XML with the same content: fixed when it was made, the same at every call.</summary>
    public Task<byte[]> ReceiptAsync(string receiptId, bool xml = false, CancellationToken ct = default) =>
        BytesAsync("receipts/" + Segment(receiptId) + (xml ? "?format=xml" : ""), ct);

    /// <summary>What others have said since of the log behind a receipt; grows with time.</summary>
    public Task<byte[]> SupplementAsync(string receiptId, CancellationToken ct = default) => BytesAsync($"receipts/{Segment(receiptId)}/supplement", ct);

    public Task<DocumentTrack> TrackAsync(string docId, CancellationToken ct = default) =>
        GetAsync("documents/" + Segment(docId), HubJson.Default.DocumentTrack, ct);

    /// <summary>The documents that carry this DocumentId in their header, as far as the caller may see them.</summary>
    public Task<List<DocumentTrack>> FindAsync(string documentId, CancellationToken ct = default) =>
        GetAsync("documents?documentId=" + Segment(documentId), HubJson.Default.ListDocumentTrack, ct);

    public Task AddAgencyAsync(AgencyEntry agency, CancellationToken ct = default) =>
        ChangeAsync(HttpMethod.Post, "agencies", agency, HubJson.Default.AgencyEntry, ct);

    /// <summary>Replaces the entry of that code as a whole.</summary>
    public Task ReplaceAgencyAsync(AgencyEntry agency, CancellationToken ct = default) =>
        ChangeAsync(HttpMethod.Put, "agencies/" + Segment(agency.Code), agency, HubJson.Default.AgencyEntry, ct);

    public Task<List<SystemEntry>> SystemsAsync(CancellationToken ct = default) => GetAsync("systems", HubJson.Default.ListSystemEntry, ct);

    /// <summary>Adds the system, or changes what the entry names of the one with that id.</summary>
    public Task AddSystemAsync(SystemEntry system, CancellationToken ct = default) =>
        ChangeAsync(HttpMethod.Post, "systems", system, HubJson.Default.SystemEntry, ct);

    public Task<List<CredentialEntry>> CredentialsAsync(string systemId, CancellationToken ct = default) =>
        GetAsync($"systems/{Segment(systemId)}/credentials", HubJson.Default.ListCredentialEntry, ct);

    public async Task<IssuedCredential> IssueCredentialAsync(string systemId, NewCredential credential, CancellationToken ct = default)
    {
        using var content = Json(credential, HubJson.Default.NewCredential);
        using var response = await SendAsync(HttpMethod.Post, $"systems/{Segment(systemId)}/credentials", content, ct).ConfigureAwait(false);
        return await ReadAsync(response, HubJson.Default.IssuedCredential, ct).ConfigureAwait(false);
    }

    /// <summary>Returns the request that waits for another person's approval; null when it was done at once.</summary>
    public Task<JsonElement?> RevokeCredentialAsync(string systemId, string credentialId, CancellationToken ct = default) =>
        DoOrAskAsync(HttpMethod.Delete, $"systems/{Segment(systemId)}/credentials/{Segment(credentialId)}", ct);

    /// <summary>Requests of systems to change the directory that wait for an operator.</summary>
    public Task<JsonElement> DirectoryRequestsAsync(CancellationToken ct = default) => GetElementAsync("directory-requests", ct);

    public Task DecideDirectoryRequestAsync(string id, bool approve, CancellationToken ct = default) =>
        PostAsync($"directory-requests/{Segment(id)}/{(approve ? "approve" : "reject")}", ct);

    /// <summary>Deliveries that failed for good.</summary>
    public Task<JsonElement> DeadLettersAsync(CancellationToken ct = default) => GetElementAsync("dead-letters", ct);

    public Task RequeueDeadLetterAsync(string id, CancellationToken ct = default) => PostAsync($"dead-letters/{Segment(id)}/requeue", ct);

    /// <inheritdoc cref="RevokeCredentialAsync"/>
    public Task<JsonElement?> AbandonDeadLetterAsync(string id, CancellationToken ct = default) => DoOrAskAsync(HttpMethod.Post, $"dead-letters/{Segment(id)}/abandon", ct);

    /// <summary>Makes the hub read its settings again; says what changed and what waits for the next start.</summary>
    public async Task<JsonElement> ReloadSettingsAsync(CancellationToken ct = default)
    {
        using var response = await SendAsync(HttpMethod.Post, "settings/reload", null, ct).ConfigureAwait(false);
        return await ReadElementAsync(response, ct).ConfigureAwait(false);
    }

    /// <summary>How each axis is doing.</summary>
    public async Task<JsonElement> AxesAsync(CancellationToken ct = default)
    {
        using var response = await SendAsync(HttpMethod.Get, "axes", null, ct).ConfigureAwait(false);
        return await ReadElementAsync(response, ct).ConfigureAwait(false);
    }

    /// <summary>Makes one of the hub's units known at an axis. Repeating it changes nothing.</summary>
    public async Task RegisterAtAxisAsync(string axis, string code, CancellationToken ct = default)
    {
        using var response = await SendAsync(HttpMethod.Put, UnitAt(axis, code), null, ct).ConfigureAwait(false);
    }

    /// <summary>Takes one of the hub's units out of an axis' directory. Repeating it changes nothing.</summary>
    public async Task DeleteAtAxisAsync(string axis, string code, CancellationToken ct = default)
    {
        using var response = await SendAsync(HttpMethod.Delete, UnitAt(axis, code), null, ct).ConfigureAwait(false);
    }

    private static string UnitAt(string axis, string code) => $"axes/{Uri.EscapeDataString(axis)}/units/{Uri.EscapeDataString(code)}";

    private async Task<byte[]> BytesAsync(string path, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, ct).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
    }

    /// <summary>What operators should look at and have not acknowledged.</summary>
    public Task<JsonElement> AlarmsAsync(CancellationToken ct = default) => GetElementAsync("alarms", ct);

    public Task AcknowledgeAlarmAsync(string kind, string subject, CancellationToken ct = default) =>
        ChangeAsync(HttpMethod.Post, "alarms/acknowledge", new SeenAlarm(kind, subject), HubJson.Default.SeenAlarm, ct);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, ct).ConfigureAwait(false);
        return await ReadAsync(response, type, ct).ConfigureAwait(false);
    }

    private async Task<JsonElement> GetElementAsync(string path, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, ct).ConfigureAwait(false);
        return await ReadElementAsync(response, ct).ConfigureAwait(false);
    }

    private static async Task<JsonElement> ReadElementAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        using var json = await JsonDocument.ParseAsync(body, default, ct).ConfigureAwait(false);
        return json.RootElement.Clone();
    }

    private async Task ChangeAsync<T>(HttpMethod method, string path, T value, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var content = Json(value, type);
        using var response = await SendAsync(method, path, content, ct).ConfigureAwait(false);
    }

    private async Task<JsonElement?> DoOrAskAsync(HttpMethod method, string path, CancellationToken ct, HttpContent? content = null)
    {
        using var response = await SendAsync(method, path, content, ct).ConfigureAwait(false);
        return await WaitingAsync(response, ct).ConfigureAwait(false);
    }

    private static async Task<JsonElement?> WaitingAsync(HttpResponseMessage response, CancellationToken ct) =>
        response.StatusCode == System.Net.HttpStatusCode.Accepted ? await ReadElementAsync(response, ct).ConfigureAwait(false) : null;

    private async Task PostAsync(string path, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Post, path, null, ct).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(method, _prefix + path) { Content = content };
        request.Headers.Authorization = _credentials;
        if (_code is not null) request.Headers.Add("Second-Factor", _code);
        var response = await _http.SendAsync(request, completion, ct).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await HubRefusedException.FromAsync(response, ct).ConfigureAwait(false);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        return await JsonSerializer.DeserializeAsync(body, type, ct).ConfigureAwait(false) ?? throw new JsonException("The hub answered with null.");
    }

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static string Segment(string text) => Uri.EscapeDataString(text);
}
