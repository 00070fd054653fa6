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
public sealed class VxpClient(HttpClient http, Uri baseAddress, string systemId, string secret, TimeProvider time)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);
    private readonly string _prefix = baseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/";

    /// <summary>Sends a package from the stream's position to its end; reads it twice (hash, then body) and leaves it open.</summary>
    /// <param name="messageType"><see cref="VxpNames.MessageEdoc"/> or <see cref="VxpNames.MessageStatus"/>.</param>
    /// <param name="from">The sending agency: the system's own or one of its units.</param>
    /// <param name="to">Narrows the delivery to these receivers of the package; null means all of them.</param>
    public async Task<VxpAnswer<SentPackage>> SendAsync(
        Stream edxml, string messageType, string from, IReadOnlyCollection<string>? to = null, CancellationToken ct = default)
    {
        var start = edxml.Position;
        var digest = await SHA256.HashDataAsync(edxml, ct).ConfigureAwait(false);
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

    /// <summary>Copies a package to the stream and returns its length. On a refusal nothing is written.</summary>
    public async Task<VxpAnswer<long>> FetchAsync(string docId, Stream target, CancellationToken ct = default)
    {
        using var request = Request(HttpMethod.Get, VxpOperations.DownloadEdoc, VxpNames.Json, [(VxpNames.DocId, docId)]);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) return VxpAnswer<long>.Refused(NoDownload((int)response.StatusCode, docId));
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        var length = await CopyAsync(body, target, ct).ConfigureAwait(false);
        // The protocol says "no" with an empty body, whatever the HTTP status.
        return length > 0 ? VxpAnswer<long>.Ok(length) : VxpAnswer<long>.Refused(NoDownload((int)response.StatusCode, docId));
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

    public Task<VxpAnswer<IReadOnlyList<AgencyItem>>> AgenciesAsync(CancellationToken ct = default) => AgenciesAsync(VxpOperations.GetAgenciesList, ct);

    /// <param name="operation">One of the three lists of the directory; members that one of them lacks are empty.</param>
    public async Task<VxpAnswer<IReadOnlyList<AgencyItem>>> AgenciesAsync(string operation, CancellationToken ct = default)
    {
        using var request = Request(HttpMethod.Post, operation, VxpNames.Json, []);
        return await ListAsync(request, row => new AgencyItem(
            Text(row, "id"), Text(row, "pid"), Text(row, "code"), Text(row, "name"), Text(row, "mail"), Text(row, "oldCode") is { Length: > 0 } old ? old : Text(row, "code102"))
        {
            IsDeleted = Text(row, "deleted").Equals("true", StringComparison.OrdinalIgnoreCase),
        }, ct).ConfigureAwait(false);
    }

    /// <summary>How many packages wait for the system.</summary>
    public async Task<VxpAnswer<int>> CountAsync(string messageType, CancellationToken ct = default)
    {
        var operation = messageType == VxpNames.MessageStatus ? VxpOperations.CountReceiveStatus : VxpOperations.CountReceiveEdoc;
        using var request = Request(HttpMethod.Post, operation, VxpNames.Json, [(VxpNames.ServiceType, VxpNames.ServiceEdoc), (VxpNames.MessageType, messageType)]);
        return (await AskAsync(request, ct).ConfigureAwait(false)).As(json => json.TryGetProperty("count", out var count) && count.TryGetInt32(out var n) ? n : 0);
    }

    private async Task<VxpAnswer<bool>> UpdateAsync(string docId, string status, string? description, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Post, VxpOperations.UpdateStatus, VxpNames.Json,
            [(VxpNames.DocId, docId), (VxpNames.Status, status), (VxpNames.Description, description)]);
        return (await AskAsync(request, ct).ConfigureAwait(false)).As(_ => true);
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

    private async Task<VxpAnswer<JsonElement>> AskAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        try
        {
            using var json = await JsonDocument.ParseAsync(body, default, ct).ConfigureAwait(false);
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

    /// <summary>The rows of a list. An answer without a list is no empty list: an outage must not look like "nothing there".</summary>
    private async Task<VxpAnswer<IReadOnlyList<T>>> ListAsync<T>(HttpRequestMessage request, Func<JsonElement, T> read, CancellationToken ct)
    {
        var answer = await AskAsync(request, ct).ConfigureAwait(false);
        if (answer.Refusal is { } refusal) return VxpAnswer<IReadOnlyList<T>>.Refused(refusal);
        return answer.Value.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? VxpAnswer<IReadOnlyList<T>>.Ok([.. data.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object).Select(read)])
            : VxpAnswer<IReadOnlyList<T>>.Refused(new VxpRefusal(VxpCodes.SystemError, "The answer says success and holds no list.") { IsReadable = false });
    }

    /// <summary>An answer of something else (a proxy, another service): never taken for success, unlike the SDK does for lists.</summary>
    private static VxpAnswer<JsonElement> Unreadable(HttpResponseMessage response) => VxpAnswer<JsonElement>.Refused(
        new VxpRefusal(VxpCodes.SystemError, $"The answer (HTTP {(int)response.StatusCode}) is not one of this protocol: check the address.")
        {
            IsReadable = false, HttpStatus = (int)response.StatusCode, RetryAfter = WaitOf(response),
        });

    private static TimeSpan? WaitOf(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

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
