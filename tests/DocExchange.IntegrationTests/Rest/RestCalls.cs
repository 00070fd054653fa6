using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>What the JSON interface answered.</summary>
internal sealed record RestReply(int Status, byte[] Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement.Clone();

    public string Text => Encoding.UTF8.GetString(Body);

    public string DocId => Json.GetProperty("docId").GetString()!;

    public string ReceiptId => Json.GetProperty("receiptId").GetString()!;

    public string Code => Json.GetProperty("code").GetString()!;

    public RestReply Is(int status)
    {
        Assert.True(Status == status, $"{Status}: {Text}");
        return this;
    }

    /// <summary>A refusal with everything a person and a program need.</summary>
    public RestReply Refuses(int status, string code)
    {
        Is(status);
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal(code, Code);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        foreach (var name in (string[])["type", "title", "detail", "detailVi", "fix", "fixVi"]) Assert.NotEqual("", Json.GetProperty(name).GetString());
        return this;
    }
}

/// <summary>Calls of the JSON interface with a system's API key.</summary>
internal static class RestCalls
{
    public static Task<RestReply> GetAsync(this TestHub hub, string path, string system, params (string, string)[] headers) =>
        hub.RestAsync(HttpMethod.Get, path, system, null, headers);

    public static Task<RestReply> PostPackageAsync(this TestHub hub, byte[] package, string system = TestHub.Province, string query = "", params (string, string)[] headers) =>
        hub.RestAsync(HttpMethod.Post, "documents" + query, system, Bytes(package), headers);

    public static Task<RestReply> PostJsonAsync(this TestHub hub, string path, string json, string system, params (string, string)[] headers) =>
        hub.RestAsync(HttpMethod.Post, path, system, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public static async Task<RestReply> RestAsync(this TestHub hub, HttpMethod method, string path, string? system, HttpContent? content, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(hub.Address, "/api/v1/" + path)) { Content = content };
        if (system is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{system}.{TestHub.Secret}");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) content!.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await hub.Http.SendAsync(request);
        return new RestReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);
    }

    public static ByteArrayContent Bytes(byte[] bytes, string type = "application/xml") => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}
