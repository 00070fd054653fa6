using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Soap;

/// <summary>What the SOAP interface answered.</summary>
internal sealed record SoapReplyRead(int Status, byte[] Bytes, HttpContentHeaders Headers)
{
    public static readonly XNamespace Ns11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public static readonly XNamespace Ns12 = "http://www.w3.org/2003/05/soap-envelope";

    public string Text => Encoding.UTF8.GetString(Bytes);

    public XElement Envelope => XElement.Parse(Text);

    /// <summary>The body's child.</summary>
    public XElement Body => Envelope.Element(Envelope.Name.Namespace + "Body")!.Elements().Single();

    public string this[string name] => Body.Descendants(SoapCalls.Names + name).First().Value;

    public SoapReplyRead Ok()
    {
        Assert.True(Status == 200, $"{Status}: {Text}");
        return this;
    }

    /// <summary>A fault with everything a person and a program need.</summary>
    public SoapReplyRead Refuses(string code, string faultCode = "Client")
    {
        Assert.True(Body.Name.LocalName == "Fault", Text);
        var problem = Body.Descendants(SoapCalls.Names + "Problem").Single();
        Assert.Equal(code, problem.Element(SoapCalls.Names + "Code")?.Value);
        foreach (var name in (string[])["English", "Vietnamese", "FixEnglish", "FixVietnamese"]) Assert.NotEqual("", problem.Element(SoapCalls.Names + name)!.Value);
        var written = (Body.Element("faultcode") ?? Body.Descendants(Ns12 + "Value").First()).Value;
        Assert.EndsWith(":" + faultCode, written, StringComparison.Ordinal);
        return this;
    }
}

/// <summary>Calls of the SOAP interface as hand-made messages, with every part open to change.</summary>
internal static class SoapCalls
{
    public const string Contract = "urn:docexchange:soap:1";
    public const string Xop = "http://www.w3.org/2004/08/xop/include";
    public static readonly XNamespace Names = Contract;

    public static string Envelope(string body, string header = "", string ns = "http://schemas.xmlsoap.org/soap/envelope/") =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope xmlns:e=\"{ns}\" xmlns:d=\"{Contract}\"><e:Header>{header}</e:Header><e:Body>{body}</e:Body></e:Envelope>";

    /// <summary>SOAP 1.1 with Basic and the operation's action.</summary>
    public static Task<SoapReplyRead> SoapAsync(this TestHub hub, string system, string operation, string content = "", string header = "") =>
        hub.PostSoapAsync(Envelope($"<d:{operation}>{content}</d:{operation}>", header), system, ("SOAPAction", $"\"{Contract}/{operation}\""));

    public static Task<SoapReplyRead> PostSoapAsync(this TestHub hub, string envelope, string? system, params (string, string)[] headers) =>
        hub.PostSoapAsync(new StringContent(envelope, Encoding.UTF8, "text/xml"), system, headers);

    public static async Task<SoapReplyRead> PostSoapAsync(this TestHub hub, HttpContent content, string? system, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, "/soap/v1")) { Content = content };
        if (system is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{system}:{TestHub.Secret}")));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await hub.Http.SendAsync(request);
        return new SoapReplyRead((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers);
    }

    /// <summary>The package as a part, the way stacks with MTOM send it.</summary>
    public static Task<SoapReplyRead> SendXopAsync(this TestHub hub, byte[] package, string system = TestHub.Province, string elements = "") =>
        hub.PostSoapAsync(Related(Root(elements), ("package", package)), system);

    public static string Root(string elements = "", string href = "cid:package") =>
        Envelope($"<d:SendDocument>{elements}<d:Package><xop:Include xmlns:xop=\"{Xop}\" href=\"{href}\"/></d:Package></d:SendDocument>");

    public static ByteArrayContent Related(string root, params (string Id, byte[] Bytes)[] parts)
    {
        var message = new MemoryStream();
        Write("--b1\r\nContent-ID: <root>\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-Transfer-Encoding: binary\r\n\r\n" + root);
        foreach (var (id, bytes) in parts)
        {
            Write($"\r\n--b1\r\nContent-ID: <{id}>\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            message.Write(bytes);
        }
        Write("\r\n--b1--\r\n");
        return Multipart(message.ToArray());

        void Write(string text) => message.Write(Encoding.UTF8.GetBytes(text));
    }

    public static ByteArrayContent Multipart(byte[] message, string parameters = "boundary=b1; type=\"application/xop+xml\"; start=\"<root>\"; start-info=\"text/xml\"")
    {
        var content = new ByteArrayContent(message);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/related; " + parameters);
        return content;
    }
}
