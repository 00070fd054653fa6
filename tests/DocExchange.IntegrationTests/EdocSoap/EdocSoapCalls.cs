using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DocExchange.IntegrationTests.Hub;
using Microsoft.AspNetCore.WebUtilities;

namespace DocExchange.IntegrationTests.EdocSoap;

/// <summary>What the SOAP dialect of provincial hubs answered.</summary>
internal sealed partial record EdocSoapReply(int Status, XElement Envelope, IReadOnlyDictionary<string, byte[]> Parts)
{
    public static readonly XNamespace Names = Message.Namespace;

    public XElement Body => Envelope.Element(Envelope.Name.Namespace + "Body")!;

    public XElement? Header => Envelope.Element(Envelope.Name.Namespace + "Header");

    public XElement Result => Body.Elements().Single();

    public bool IsFault => Result.Name.LocalName == "Fault";

    public bool IsSuccess => !IsFault && Result.Element(Names + "Report")?.Element(Names + "IsSuccess")?.Value == "true";

    public IReadOnlyList<(string Code, string Description)> Errors =>
        [.. Envelope.Descendants(Names + "Error").Select(e => (e.Element(Names + "Code")!.Value, e.Element(Names + "Description")!.Value))];

    public long DocumentId => long.Parse(Result.Element(Names + "DocumentId")!.Value);

    public string? ReceiptId => ReceiptForm().Match(Errors[0].Description) is { Success: true } match ? match.Groups[1].Value : null;

    public IEnumerable<long> DocumentIds => Result.Descendants(Names + "DocumentId").Select(e => long.Parse(e.Value));

    public EdocSoapReply Ok()
    {
        Assert.True(Status == 200 && IsSuccess, $"{Status}: {Envelope}");
        return this;
    }

    /// <summary>A report that says no, never a fault and never nothing.</summary>
    public EdocSoapReply Refuses(string code, int status = 200)
    {
        Assert.True(Status == status && !IsFault, $"{Status}: {Envelope}");
        Assert.Equal("false", Result.Element(Names + "Report")!.Element(Names + "IsSuccess")!.Value);
        Assert.Equal(code, Assert.Single(Errors).Code);
        return this;
    }

    public string Fault(string code)
    {
        Assert.True(IsFault, Envelope.ToString());
        Assert.Contains(code, Envelope.ToString(), StringComparison.Ordinal);
        return Envelope.ToString();
    }

    [GeneratedRegex(@", receipt ([^\]]+)\]")]
    private static partial Regex ReceiptForm();
}

/// <summary>Calls as systems of this dialect make them.</summary>
internal static class EdocSoapCalls
{
    public static Task<EdocSoapReply> SoapSendAsync(this TestHub hub, Message message)
    {
        var (bytes, type) = message.Parts();
        return hub.SoapAsync("SendDocument", bytes, type);
    }

    /// <summary>An operation whose values stand in the body.</summary>
    public static Task<EdocSoapReply> SoapCallAsync(this TestHub hub, string action, string element, string organ, string values = "", string version = Message.Soap11) =>
        hub.SoapAsync(action, $"""
            <s:Envelope xmlns:s="{version}"><s:Body><{element} xmlns="{Message.Namespace}"><OrganId>{organ}</OrganId><Token>{TestHub.Secret}</Token>{values}</{element}></s:Body></s:Envelope>
            """, version);

    public static Task<EdocSoapReply> SoapGetAsync(this TestHub hub, string organ, long number) =>
        hub.SoapCallAsync("GetDocument", "GetDocumentRequest", organ, $"<DocumentId>{number}</DocumentId>");

    public static Task<EdocSoapReply> SoapPendingAsync(this TestHub hub, string organ) => hub.SoapCallAsync("GetPendingDocumentIds", "GetPendingDocumentIdsRequest", organ);

    public static Task<EdocSoapReply> SoapConfirmAsync(this TestHub hub, string organ, long number) =>
        hub.SoapCallAsync("ConfirmReceived", "ConfirmReceived", organ, $"<DocumentId>{number}</DocumentId>");

    public static Task<EdocSoapReply> SoapAsync(this TestHub hub, string? action, string envelope, string version = Message.Soap11) =>
        hub.SoapAsync(action, Encoding.UTF8.GetBytes(envelope), new MediaTypeHeaderValue(version == Message.Soap12 ? "application/soap+xml" : "text/xml", "utf-8"));

    public static async Task<EdocSoapReply> SoapAsync(this TestHub hub, string? action, byte[] body, MediaTypeHeaderValue type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, "/soap/edoc")) { Content = new ByteArrayContent(body) { Headers = { ContentType = type } } };
        if (action is not null) request.Headers.TryAddWithoutValidation("SOAPAction", $"\"{action}\"");
        using var response = await hub.Http.SendAsync(request);
        return await ReadAsync(response);
    }

    private static async Task<EdocSoapReply> ReadAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var type = response.Content.Headers.ContentType!;
        var parts = new Dictionary<string, byte[]>();
        if (type.MediaType != "multipart/related")
        {
            Assert.NotEmpty(bytes);
            return new EdocSoapReply((int)response.StatusCode, XElement.Parse(Encoding.UTF8.GetString(bytes)), parts);
        }
        var reader = new MultipartReader(type.Parameters.Single(p => p.Name == "boundary").Value!.Trim('"'), new MemoryStream(bytes));
        XElement? root = null;
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content);
            if (root is null) root = XElement.Parse(Encoding.UTF8.GetString(content.ToArray()));
            else parts.Add(section.Headers!["Content-ID"].ToString().Trim('<', '>'), content.ToArray());
        }
        return new EdocSoapReply((int)response.StatusCode, root!, parts);
    }
}
