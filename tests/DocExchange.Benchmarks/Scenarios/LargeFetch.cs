using System.Net.Http.Headers;
using System.Text;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Benchmarks.Load;
using DocExchange.Core;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>How one edge sends large packages and hands them out again, in every form it has; answers are dropped as they come.</summary>
internal abstract class LargeFetch(string edge, string words)
{
    public string Edge { get; } = edge;

    public string Words { get; } = words;

    public abstract Task GetAsync(HttpClient http, string docId);

    protected static async Task DrainAsync(HttpClient http, HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await response.Content.CopyToAsync(Stream.Null);
        }
    }
}

/// <summary>getEdoc, which wraps the package in JSON; downloadEdoc is how every package is fetched anyway.</summary>
internal sealed class VxpFetch() : LargeFetch("vxp", "downloadEdoc and getEdoc")
{
    public override Task GetAsync(HttpClient http, string docId)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "vxp/" + VxpOperations.GetEdoc) { Content = new ByteArrayContent([]) };
        foreach (var (name, value) in SignedCall.Headers(BenchParties.ReceiverSystem, Encoding.UTF8.GetBytes(BenchParties.Secret), DateTimeOffset.UtcNow, VxpNames.Json, [(VxpNames.DocId, docId)]))
            request.Headers.TryAddWithoutValidation(name, value);
        return DrainAsync(http, request);
    }
}

/// <summary>GetDocument, with the package as a part and as base64.</summary>
internal sealed class SoapFetch() : LargeFetch("soap", "GetDocument with MTOM and with base64")
{
    public override async Task GetAsync(HttpClient http, string docId)
    {
        foreach (var accept in (string[])["application/xop+xml", "text/xml"])
        {
            var envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><GetDocument xmlns=\"urn:docexchange:soap:1\"><ItemId>"
                + $"{docId}</ItemId></GetDocument></s:Body></s:Envelope>";
            var request = new HttpRequestMessage(HttpMethod.Post, "soap/v1") { Content = new StringContent(envelope, Encoding.UTF8, "text/xml") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{BenchParties.ReceiverSystem}.{BenchParties.Secret}");
            request.Headers.TryAddWithoutValidation("Accept", accept);
            await DrainAsync(http, request);
        }
    }
}

/// <summary>GetDocument of the provincial hubs' dialect: the files as parts of base64 text.</summary>
internal sealed class EdocFetch() : LargeFetch(EdocHead.Edge, "downloadEdoc and GetDocument of edXML 1.0")
{
    public override Task GetAsync(HttpClient http, string docId)
    {
        var envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><GetDocumentRequest xmlns=\"http://www.e-doc.vn/Schema/\">"
            + $"<OrganId>{BenchParties.Receiver}</OrganId><Token>{BenchParties.Secret}</Token><DocumentId>{Ids.NumberOf(docId)}</DocumentId></GetDocumentRequest></s:Body></s:Envelope>";
        var request = new HttpRequestMessage(HttpMethod.Post, "soap/edoc") { Content = new StringContent(envelope, Encoding.UTF8, "text/xml") };
        request.Headers.TryAddWithoutValidation("SOAPAction", "\"GetDocument\"");
        return DrainAsync(http, request);
    }
}
