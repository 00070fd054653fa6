using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Axis.Protocol;

namespace DocExchange.Axis.Calls;

/// <summary>
/// Sends and receives packages over the protocol of the national axis SDK, so that it works against this hub and against any other server
/// of that protocol. Safe for concurrent use; signs every call afresh. Sending the same file twice gives the same document.
/// </summary>
/// <param name="http">The caller's: its time-out, proxy and TLS settings hold. Not disposed here.</param>
/// <param name="baseAddress">Where the operations are, such as <c>http://127.0.0.1:8080/vxp</c>.</param>
/// <param name="systemId">The system as registered at the hub; printable ASCII.</param>
/// <param name="secret">The secret as text: the key is its UTF-8 bytes, also where it looks like hex or base64.</param>
/// <param name="limit">How long a call may last from its beginning to the last byte of its answer; null = only the caller's own time-out holds, which ends with the answer's head.</param>
public sealed class VxpClient(HttpClient http, Uri baseAddress, string systemId, string secret, TimeProvider time, Func<TimeSpan>? limit = null)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);
    private readonly string _prefix = baseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/";
    private volatile bool _hasNoDownloads;

    /// <summary>Sends a package from the stream's position to its end; reads it twice (hash, then body) and leaves it open.</summary>
    /// <param name="messageType"><see cref="VxpNames.MessageEdoc"/> or <see cref="VxpNames.MessageStatus"/>.</param>
    /// <param name="from">The sending agency: the system's own or one of its units.</param>
    /// <param name="to">Narrows the delivery to these receivers of the package; null means all of them.</param>
    /// <exception cref="UnreadablePackageException">The stream cannot be read; nothing was sent.</exception>
    public async Task<VxpAnswer<SentPackage>> SendAsync(
        Stream edxml, string messageType, string from, IReadOnlyCollection<string>? to = null, CancellationToken ct = default)
    {
        var start = edxml.Position;
        var digest = await HashAsync(edxml, ct).ConfigureAwait(false);
        var length = edxml.Position - start;
        edxml.Position = start;

        using var request = Request(HttpMethod.Post, VxpOperations.SendEdoc, VxpNames.OctetStream,
        [
            (VxpNames.ServiceType, VxpNames.ServiceEdoc), (VxpNames.MessageType, messageType), (VxpNames.From, from),
            (VxpNames.HashFile, FileHash.Unpadded(digest)), (VxpNames.To, to is null ? null : SignedCall.Recipients(to)),
        ]);
        request.Content = new PackageContent(edxml, length) { Headers = { ContentType = new MediaTypeHeaderValue(VxpNames.OctetStream) } };
        var answer = await AskAsync(request, ct).ConfigureAwait(false);
        return answer.As(json => new SentPackage(Text(json, "DocId"), FileHash.Padded(digest), length));
    }

    /// <summary>What waits for the system: packages that were not confirmed yet, or with bounds those created between them.</summary>
    public async Task<VxpAnswer<IReadOnlyList<ReceivedItem>>> ListAsync(
        string messageType, DateTimeOffset? from = null, DateTimeOffset? to = null, CancellationToken ct = default)
    {
        using var request = Request(HttpMethod.Post, VxpOperations.GetReceivedEdocList, VxpNames.Json,
        [
            (VxpNames.ServiceType, VxpNames.ServiceEdoc), (VxpNames.MessageType, messageType),
            (VxpNames.FromDate, from is { } first ? VxpTimes.Bound(first) : null), (VxpNames.ToDate, to is { } last ? VxpTimes.Bound(last) : null),
        ]);
        return await ListAsync(request, row => new ReceivedItem(
            Text(row, "docId"), Text(row, "messageType"), Text(row, "created_time"), Text(row, "updated_time"), Text(row, "from"), Text(row, "to"),
            Text(row, "status"), Text(row, "status_desc")), ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Copies a package to the stream and returns its length: by downloadEdoc or, where the server has none (version 2.0.0 of the protocol), by getEdoc.
    /// On a refusal what was written so far, mostly nothing, is worth nothing.
    /// </summary>
    public async Task<VxpAnswer<long>> FetchAsync(string docId, Stream target, CancellationToken ct = default)
    {
        if (_hasNoDownloads) return await GetAsync(docId, target, ct).ConfigureAwait(false);
        // "There is no such package" and "there is no such operation" look alike; then nothing was written.
        var downloaded = await DownloadAsync(docId, target, ct).ConfigureAwait(false);
        if (downloaded.Refusal is not { Code: VxpCodes.UnknownReceiver }) return downloaded;
        var got = await GetAsync(docId, target, ct).ConfigureAwait(false);
        if (got.Refusal is null) _hasNoDownloads = true;
        // Only a server that has no such operation leaves it at the first answer: any other silence is an outage.
        return got.Refusal is { IsReadable: false, HttpStatus: 404 or 405 or 501 } ? downloaded : got;
    }

    /// <summary>Confirms that a package arrived and was stored (<c>done</c>): it leaves the list, and the sender learns it.</summary>
    public Task<VxpAnswer<bool>> ConfirmAsync(string docId, CancellationToken ct = default) => UpdateAsync(docId, VxpNames.StatusDone, null, ct);

    /// <summary>Says that a package cannot be taken in (<c>fail</c>).</summary>
    /// <param name="reason">Printable ASCII: the protocol cannot carry more.</param>
    public Task<VxpAnswer<bool>> RejectAsync(string docId, string reason, CancellationToken ct = default) => UpdateAsync(docId, VxpNames.StatusFail, reason, ct);

    /// <summary>What became of a package the system sent: one row per receiver.</summary>
    public async Task<VxpAnswer<IReadOnlyList<SentItem>>> SentListAsync(string messageType, string? docId = null, CancellationToken ct = default)
    {
        using var request = Request(HttpMethod.Post, VxpOperations.GetSentEdocList, VxpNames.Json,
            [(VxpNames.ServiceType, VxpNames.ServiceEdoc), (VxpNames.MessageType, messageType), (VxpNames.DocId, docId)]);
        return await ListAsync(request, row => new SentItem(
            Text(row, "messageType"), Text(row, "senderDocId"), Text(row, "receiverDocId"), Text(row, "fromCode"), Text(row, "toCode"), Text(row, "title"),
            Text(row, "notation"), Text(row, "sentTime"), Text(row, "receivedTime"), Text(row, "sendStatus"), Text(row, "sendStatusDesc"),
            Text(row, "receiveStatus"), Text(row, "receiveStatusDesc")), ct).ConfigureAwait(false);
    }

    public async Task<VxpAnswer<IReadOnlyList<AgencyItem>>> AgenciesAsync(CancellationToken ct = default)
    {
        var all = new List<AgencyItem>();
        return (await ReadAgenciesAsync(VxpOperations.GetAgenciesList, all.Add, ct).ConfigureAwait(false)).As<IReadOnlyList<AgencyItem>>(_ => all);
    }

    /// <summary>Hands on the directory's rows while they arrive: a national list is never held. Only when this answers well was the list whole.</summary>
    /// <param name="operation">One of the three lists of the directory; members that one of them lacks are empty.</param>
    /// <param name="take">May change nothing that lasts: what it gets may be the beginning of a list that breaks off.</param>
    public async Task<VxpAnswer<bool>> ReadAgenciesAsync(string operation, Action<AgencyItem> take, CancellationToken ct = default)
    {
        using var request = Request(HttpMethod.Post, operation, VxpNames.Json, []);
        return await ReadRowsAsync(request, row => take(new AgencyItem(
            Text(row, "id"), Text(row, "pid"), Text(row, "code"), Text(row, "name"), Text(row, "mail"), Text(row, "oldCode") is { Length: > 0 } old ? old : Text(row, "code102"))
        {
            IsDeleted = Text(row, "deleted").Equals("true", StringComparison.OrdinalIgnoreCase),
        }), ct).ConfigureAwait(false);
    }

    /// <summary>Makes a unit known to the server below one of the caller's, or changes it.</summary>
    public async Task<VxpAnswer<bool>> RegisterAgencyAsync(AgencyRegistration unit, CancellationToken ct = default)
    {
        using var request = Request(HttpMethod.Post, VxpOperations.RegisterAgency, VxpNames.Json, []);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(unit, JsonSerializerOptions.Web)) { Headers = { ContentType = new MediaTypeHeaderValue(VxpNames.Json) } };
        return (await AskAsync(request, ct).ConfigureAwait(false)).As(_ => true);
    }

    /// <summary>Takes one of the caller's units out of the server's directory.</summary>
    public async Task<VxpAnswer<bool>> DeleteAgencyAsync(string code, CancellationToken ct = default)
    {
        using var request = Request(HttpMethod.Post, VxpOperations.DeleteAgency, VxpNames.Json, [(VxpNames.AgencyCode, code)]);
        request.Content = new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue(VxpNames.Json) } };
        return (await AskAsync(request, ct).ConfigureAwait(false)).As(_ => true);
    }

    /// <summary>How many packages wait for the system.</summary>
    public async Task<VxpAnswer<int>> CountAsync(string messageType, CancellationToken ct = default)
    {
        var operation = messageType == VxpNames.MessageStatus ? VxpOperations.CountReceiveStatus : VxpOperations.CountReceiveEdoc;
        using var request = Request(HttpMethod.Post, operation, VxpNames.Json, [(VxpNames.ServiceType, VxpNames.ServiceEdoc), (VxpNames.MessageType, messageType)]);
        return (await AskAsync(request, ct).ConfigureAwait(false)).As(json => json.TryGetProperty("count", out var count) && count.TryGetInt32(out var n) ? n : 0);
    }

    private static async Task<byte[]> HashAsync(Stream edxml, CancellationToken ct)
    {
        try
        {
            return await SHA256.HashDataAsync(edxml, ct).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new UnreadablePackageException(fault);
        }
    }

    private async Task<VxpAnswer<long>> DownloadAsync(string docId, Stream target, CancellationToken ct)
    {
        using var limited = Limited(ct);
        ct = limited.Token;
        using var request = Request(HttpMethod.Get, VxpOperations.DownloadEdoc, VxpNames.Json, [(VxpNames.DocId, docId)]);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) return VxpAnswer<long>.Refused(NoDownload((int)response.StatusCode, docId));
        // A proxy's page is no package, whatever the HTTP status says.
        if (response.Content.Headers.ContentType?.MediaType == "text/html") return VxpAnswer<long>.Refused(Foreign(response));
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        var length = await CopyAsync(body, target, ct).ConfigureAwait(false);
        // The protocol says "no" with an empty body, whatever the HTTP status.
        return length > 0 ? VxpAnswer<long>.Ok(length) : VxpAnswer<long>.Refused(NoDownload((int)response.StatusCode, docId));
    }

    private async Task<VxpAnswer<long>> GetAsync(string docId, Stream target, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Post, VxpOperations.GetEdoc, VxpNames.Json, [(VxpNames.DocId, docId)]);
        var reader = new EdocReader(target);
        var answer = await AskAsync(request, reader.ReadAsync, ct).ConfigureAwait(false);
        if (answer.Refusal is { } refusal) return VxpAnswer<long>.Refused(refusal);
        return reader.Length > 0 ? VxpAnswer<long>.Ok(reader.Length) : VxpAnswer<long>.Refused(NoDownload(200, docId));
    }

    private async Task<VxpAnswer<bool>> UpdateAsync(string docId, string status, string? description, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Post, VxpOperations.UpdateStatus, VxpNames.Json,
            [(VxpNames.DocId, docId), (VxpNames.Status, status), (VxpNames.Description, description)]);
        return (await AskAsync(request, ct).ConfigureAwait(false)).As(_ => true);
    }

    private CancellationTokenSource Limited(CancellationToken ct)
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (limit is not null) limited.CancelAfter(limit());
        return limited;
    }

    private HttpRequestMessage Request(HttpMethod method, string operation, string contentType, IEnumerable<(string, string?)> values)
    {
        var request = new HttpRequestMessage(method, _prefix + operation);
        foreach (var (name, value) in SignedCall.Headers(systemId, _secret, time.GetUtcNow(), contentType, values))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("User-Agent", VxpNames.UserAgent);
        if (method == HttpMethod.Post) request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        return request;
    }

    private Task<VxpAnswer<JsonElement>> AskAsync(HttpRequestMessage request, CancellationToken ct) =>
        AskAsync(request, (body, stop) => JsonDocument.ParseAsync(body, default, stop), ct);

    private async Task<VxpAnswer<JsonElement>> AskAsync(HttpRequestMessage request, Func<Stream, CancellationToken, Task<JsonDocument>> parse, CancellationToken ct)
    {
        using var limited = Limited(ct);
        ct = limited.Token;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        try
        {
            using var json = await parse(body, ct).ConfigureAwait(false);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return Unreadable(response);
            var root = json.RootElement.Clone();
            var code = Code(root);
            return code == VxpCodes.Success && Text(root, "status") != VxpNames.AnswerFail
                ? VxpAnswer<JsonElement>.Ok(root)
                : VxpAnswer<JsonElement>.Refused(new VxpRefusal(code, Text(root, "ErrorDesc")) { HttpStatus = (int)response.StatusCode, RetryAfter = WaitOf(response) });
        }
        catch (JsonException)
        {
            return Unreadable(response);
        }
    }

    private async Task<VxpAnswer<IReadOnlyList<T>>> ListAsync<T>(HttpRequestMessage request, Func<JsonElement, T> read, CancellationToken ct)
    {
        var rows = new List<T>();
        return (await ReadRowsAsync(request, row => rows.Add(read(row)), ct).ConfigureAwait(false)).As<IReadOnlyList<T>>(_ => rows);
    }

    /// <summary>An answer without a list is no empty list: an outage must not look like "nothing there".</summary>
    private async Task<VxpAnswer<bool>> ReadRowsAsync(HttpRequestMessage request, Action<JsonElement> take, CancellationToken ct)
    {
        var answer = await AskAsync(request, new RowReader(take).ReadAsync, ct).ConfigureAwait(false);
        if (answer.Refusal is { } refusal) return VxpAnswer<bool>.Refused(refusal);
        return answer.Value.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? VxpAnswer<bool>.Ok(true)
            : VxpAnswer<bool>.Refused(new VxpRefusal(VxpCodes.SystemError, "The answer says success and holds no list.") { IsReadable = false });
    }

    /// <summary>An answer of something else (a proxy, another service): never taken for success, unlike the SDK does for lists.</summary>
    private static VxpAnswer<JsonElement> Unreadable(HttpResponseMessage response) => VxpAnswer<JsonElement>.Refused(Foreign(response));

    private static VxpRefusal Foreign(HttpResponseMessage response) =>
        new(VxpCodes.SystemError, $"The answer (HTTP {(int)response.StatusCode}) is not one of this protocol: check the address.")
        {
            IsReadable = false, HttpStatus = (int)response.StatusCode, RetryAfter = WaitOf(response),
        };

    /// <summary>Seconds, or a date by the clock of whoever says it (RFC 9110 §10.2.3).</summary>
    private static TimeSpan? WaitOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        null => null,
        { Delta: { } wait } => wait,
        { Date: { } until } when response.Headers.Date is { } now => until > now ? until - now : TimeSpan.Zero,
        _ => null,
    };

    private static VxpRefusal NoDownload(int status, string docId) => status switch
    {
        401 or 403 => new VxpRefusal(VxpCodes.NotAuthentic, "The system or its secret is wrong, or the package is not for this system."),
        >= 500 => new VxpRefusal(VxpCodes.SystemError, $"The hub could not answer (HTTP {status})."),
        _ => new VxpRefusal(VxpCodes.UnknownReceiver, $"There is no package {docId} for this system."),
    };

    private static int Code(JsonElement root)
    {
        if (!root.TryGetProperty("ErrorCode", out var code)) return VxpCodes.SystemError;
        if (code.ValueKind == JsonValueKind.Number) return code.TryGetInt32(out var number) ? number : VxpCodes.SystemError;
        return int.TryParse(Text(root, "ErrorCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : VxpCodes.SystemError;
    }

    private static string Text(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.ToString(),
    };

    private static async Task<long> CopyAsync(Stream from, Stream to, CancellationToken ct)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long length = 0;
            for (int read; (read = await from.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0; length += read)
                await to.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
            return length;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
