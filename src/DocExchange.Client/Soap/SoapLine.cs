using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using DocExchange.Core.Packages;

namespace DocExchange.Client.Soap;

/// <summary>Envelopes to the hub and back, and its faults as <see cref="HubRefusedException"/>.</summary>
internal sealed class SoapLine(HttpClient http, Uri hub, string apiKey)
{
    public static readonly XNamespace Names = "urn:docexchange:soap:1";
    public static readonly XmlReaderSettings Reading = new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true };

    public const string MediaType = "text/xml";
    private static readonly XNamespace Envelope = "http://schemas.xmlsoap.org/soap/envelope/";

    private readonly Uri _address = new(hub, "/soap/v1");

    public static byte[] Request(string operation, params object?[] elements) =>
        Encoding.UTF8.GetBytes(new XElement(Envelope + "Envelope", new XElement(Envelope + "Body", new XElement(Names + operation, elements))).ToString(SaveOptions.DisableFormatting));

    public static ByteArrayContent Plain(byte[] envelope) => new(envelope) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType, "utf-8") } };

    /// <summary>Asks with simple elements and gives what stands in the answer's body.</summary>
    public async Task<XElement> AskAsync(string operation, CancellationToken ct, params XElement?[] elements)
    {
        using var content = Plain(Request(operation, elements));
        return await AskAsync(operation, content, ct).ConfigureAwait(false);
    }

    public async Task<XElement> AskAsync(string operation, HttpContent content, CancellationToken ct)
    {
        using var response = await SendAsync(operation, content, ct).ConfigureAwait(false);
        return await BodyOfAsync(response, ct).ConfigureAwait(false);
    }

    /// <summary>The answer's head; its body is read by whoever asked.</summary>
    public async Task<HttpResponseMessage> SendAsync(string operation, HttpContent content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        request.Headers.TryAddWithoutValidation("SOAPAction", $"\"{Names.NamespaceName}/{operation}\"");
        foreach (var type in (string[])[MtomFrame.MediaType, MediaType]) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RefusedAsync(response, ct).ConfigureAwait(false);
    }

    private static async Task<XElement> BodyOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var reader = XmlReader.Create(await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false), Reading);
        var envelope = await XElement.LoadAsync(reader, LoadOptions.None, ct).ConfigureAwait(false);
        return envelope.Element(Envelope + "Body")?.Elements().FirstOrDefault() ?? throw new XmlException("The answer has no body.");
    }

    private static async Task<HubRefusedException> RefusedAsync(HttpResponseMessage response, CancellationToken ct)
    {
        XElement? problem = null;
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == MediaType) problem = (await BodyOfAsync(response, ct).ConfigureAwait(false)).Descendants(Names + "Problem").FirstOrDefault();
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
}
