using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DocExchange.Client.Soap;

/// <summary>
/// The hub's SOAP interface for systems that are bound to it: packages as MTOM out and as base64 in, neither ever whole in memory. Every method
/// throws <see cref="HubRefusedException"/> when the hub says no, and <see cref="HttpRequestException"/> when it cannot be reached.
/// </summary>
/// <param name="hub">The hub's address, without a path.</param>
/// <param name="apiKey"><c>systemid.secret</c>, as issued.</param>
public sealed class SoapClient(HttpClient http, Uri hub, string apiKey)
{
    private const string Envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string PackageId = "package";
    private static readonly XNamespace Names = "urn:docexchange:soap:1";
    private static readonly XNamespace Xop = "http://www.w3.org/2004/08/xop/include";
    private static readonly XmlReaderSettings Reading = new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true };

    private readonly Uri _address = new(hub, "/soap/v1");

    /// <summary>Sends a package, from where the stream stands to its end. When this returns, the document survives any crash of the hub.</summary>
    /// <param name="to">Narrows delivery to these receivers of the package.</param>
    /// <param name="key">What the hub answers a repetition by.</param>
    public async Task<SoapAcceptance> SendAsync(Stream package, IReadOnlyList<string>? to = null, string? key = null, CancellationToken ct = default)
    {
        var request = Request("SendDocument", (to ?? []).Select(code => new XElement(Names + "To", code)), key is null ? null : new XElement(Names + "Key", key),
            new XElement(Names + "Package", new XElement(Xop + "Include", new XAttribute("href", "cid:" + PackageId))));
        using var content = new XopContent(request, PackageId, package);
        var answer = await ReadAsync("SendDocument", content, ct).ConfigureAwait(false);
        return new SoapAcceptance(Text(answer, "DocId"), Text(answer, "ReceiptId"), XmlConvert.ToBoolean(Text(answer, "Repeated")));
    }

    /// <param name="kind"><c>document</c>, <c>status</c>, or null for both.</param>
    /// <param name="after"><see cref="SoapInbox.Next"/> of the page before.</param>
    public async Task<SoapInbox> InboxAsync(string? kind = null, string? after = null, CancellationToken ct = default)
    {
        using var content = Plain(Request("ListInbox", kind is null ? null : new XElement(Names + "Kind", kind), after is null ? null : new XElement(Names + "After", after)));
        var answer = await ReadAsync("ListInbox", content, ct).ConfigureAwait(false);
        return new SoapInbox([.. answer.Elements(Names + "Item").Select(ItemOf)], (string?)answer.Element(Names + "Next"));
    }

    /// <summary>Copies an item's package to <paramref name="target"/> and returns how many bytes it has.</summary>
    public async Task<long> FetchAsync(string itemId, Stream target, CancellationToken ct = default)
    {
        using var content = Plain(Request("GetDocument", new XElement(Names + "ItemId", itemId)));
        using var response = await SendAsync("GetDocument", content, ct).ConfigureAwait(false);
        using var reader = XmlReader.Create(await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false), Reading);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Package" || reader.NamespaceURI != Names) continue;
            var (buffer, length) = (new byte[64 * 1024], 0L);
            for (int read; (read = await reader.ReadElementContentAsBase64Async(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0; length += read)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
            }
            return length;
        }
        throw new XmlException("The answer carries no package.");
    }

    /// <summary>Says that an item is stored, or with a reason that it cannot be taken. False when the same had been said before.</summary>
    public async Task<bool> ConfirmAsync(string itemId, string? failure = null, CancellationToken ct = default)
    {
        using var content = Plain(Request("ConfirmReceived", new XElement(Names + "ItemId", itemId), new XElement(Names + "Result", failure is null ? "done" : "fail"),
            failure is null ? null : new XElement(Names + "Reason", failure)));
        return XmlConvert.ToBoolean(Text(await ReadAsync("ConfirmReceived", content, ct).ConfigureAwait(false), "Recorded"));
    }

    private static byte[] Request(string operation, params object?[] elements)
    {
        XNamespace names = Envelope;
        return Encoding.UTF8.GetBytes(new XElement(names + "Envelope", new XElement(names + "Body", new XElement(Names + operation, elements))).ToString(SaveOptions.DisableFormatting));
    }

    private static ByteArrayContent Plain(byte[] envelope) => new(envelope) { Headers = { ContentType = new MediaTypeHeaderValue("text/xml", "utf-8") } };

    private async Task<XElement> ReadAsync(string operation, HttpContent content, CancellationToken ct)
    {
        using var response = await SendAsync(operation, content, ct).ConfigureAwait(false);
        return await BodyOfAsync(response, ct).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(string operation, HttpContent content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        request.Headers.TryAddWithoutValidation("SOAPAction", $"\"{Names.NamespaceName}/{operation}\"");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RefusedAsync(response, ct).ConfigureAwait(false);
    }

    private static async Task<XElement> BodyOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var reader = XmlReader.Create(await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false), Reading);
        var envelope = await XElement.LoadAsync(reader, LoadOptions.None, ct).ConfigureAwait(false);
        return envelope.Element(XName.Get("Body", Envelope))?.Elements().FirstOrDefault() ?? throw new XmlException("The answer has no body.");
    }

    private static async Task<HubRefusedException> RefusedAsync(HttpResponseMessage response, CancellationToken ct)
    {
        XElement? problem = null;
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == "text/xml") problem = (await BodyOfAsync(response, ct).ConfigureAwait(false)).Descendants(Names + "Problem").FirstOrDefault();
        }
        catch (XmlException)
        {
            // What is no fault says nothing: the HTTP status does.
            problem = null;
        }
        return new HubRefusedException(new HubProblem(Said("Code"), Said("Field"), response.ReasonPhrase, Said("English"), Said("Vietnamese"), Said("FixEnglish"), Said("FixVietnamese"), Said("ReceiptId"))
        {
            Status = response.StatusCode,
        });

        string? Said(string name) => problem?.Element(Names + name)?.Value;
    }

    private static SoapItem ItemOf(XElement item) => new(
        Text(item, "ItemId"), Text(item, "Kind"), Text(item, "Sender"), Text(item, "Recipient"), (string?)item.Element(Names + "DocumentId"), Text(item, "Subject"), Text(item, "Code"),
        DateTimeOffset.Parse(Text(item, "ArrivedAt"), CultureInfo.InvariantCulture), int.Parse(Text(item, "FetchedCount"), CultureInfo.InvariantCulture),
        long.Parse(Text(item, "Size"), CultureInfo.InvariantCulture), Text(item, "Digest"));

    private static string Text(XElement parent, string name) => parent.Element(Names + name)?.Value ?? throw new XmlException($"The answer lacks {name}.");
}
