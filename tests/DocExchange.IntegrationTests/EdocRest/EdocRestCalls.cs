using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocRest;

/// <summary>What the REST dialect of provincial hubs answered.</summary>
internal sealed partial record EdocReply(int Status, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement.Clone();

    public bool IsSuccess => Json.GetProperty("status").GetString() == "Success";

    public long DocId => Json.GetProperty("docId").GetInt64();

    public string ErrorCode => Json.GetProperty("errors")[0].GetProperty("code").GetString()!;

    public string Description => Json.GetProperty("errors")[0].GetProperty("description").GetString()!;

    public string? ReceiptId => ReceiptForm().Match(Description) is { Success: true } match ? match.Groups[1].Value : null;

    public byte[] Data => Convert.FromBase64String(Json.GetProperty("data").GetString()!);

    public IReadOnlyList<long> DocIds => [.. Json.GetProperty("docIDs").EnumerateArray().Select(n => n.GetInt64())];

    public EdocReply Ok()
    {
        Assert.True(Status == 200 && IsSuccess, $"{Status}: {Text}");
        Assert.Equal(0, Json.GetProperty("errors").GetArrayLength());
        return this;
    }

    /// <summary>The form of every refusal of this dialect.</summary>
    public EdocReply Refuses(string code, int status = 200, string word = "Fail")
    {
        Assert.True(Status == status, $"{Status}: {Text}");
        Assert.Equal((word, "9999"), (Json.GetProperty("status").GetString(), Json.GetProperty("code").GetString()));
        Assert.Equal(code, ErrorCode);
        return this;
    }

    [GeneratedRegex(@", receipt ([^\]]+)\]")]
    private static partial Regex ReceiptForm();
}

/// <summary>Calls as clients of this dialect make them.</summary>
internal static class EdocRestCalls
{
    /// <summary>Switches both dialects of provincial hubs on.</summary>
    public static async Task AllowEdocAsync(this TestHub hub, params string[] systems)
    {
        foreach (var system in systems) await hub.ChangeSystemAsync(system, s => s with { Dialects = Dialects.All });
    }

    /// <summary>As the shipped client sends: the file, a line end, and the hash without it.</summary>
    public static Task<EdocReply> EdocSendAsync(this TestHub hub, byte[] package, string organ = TestHub.Province, string type = "EDOC", string? hash = null) =>
        hub.EdocAsync("sendDocument", organ, [.. package, (byte)'\r', (byte)'\n'],
            ("type", type), ("hash-edoc", hash ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(package))));

    public static Task<EdocReply> EdocAsync(this TestHub hub, string operation, string? organ, byte[]? body = null, params (string Name, string Value)[] headers) =>
        hub.EdocWithAsync(operation, [.. headers, .. organ is null ? [] : new[] { ("organId", organ), ("Authorization", TestHub.Secret) }], body);

    public static async Task<EdocReply> EdocWithAsync(this TestHub hub, string operation, IEnumerable<(string Name, string Value)> headers, byte[]? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, "/EdocService/" + operation)) { Content = new ByteArrayContent(body ?? []) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await hub.Http.SendAsync(request);
        return new EdocReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The receipt of what this system sent under the number.</summary>
    public static async Task<string> ReceiptIdAsync(this TestHub hub, string system, long number)
    {
        var sent = await hub.Store.ListSentAsync(hub.ScopeOf(system), new SentQuery(null, null), default);
        return (await hub.TrackAsync(sent.First(s => Ids.NumberOf(s.DocId) == number).DocId, system)).ReceiptId;
    }
}
