using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.Evidence.Exports;

/// <summary>An auditor's calls.</summary>
internal static class ExportCalls
{
    public const string Auditor = "kiemtra";
    public const string Password = "mat-khau-mau-1234";

    /// <summary>A hub that knows an auditor.</summary>
    public static async Task<TestHub> StartAsync(string? folder = null)
    {
        var hub = await TestHub.StartAsync(folder);
        await hub.PartyStore.SaveAccountAsync(new Account(0, Auditor, PasswordHash.Make(Password), Role.Auditor, null), "test", default);
        return hub;
    }

    public static async Task<(byte[] File, List<EvidenceEntry> Events)> EventsAsync(TestHub hub, Dictionary<string, string> words)
    {
        words["format"] = "jsonl";
        var (_, file) = await ExportAsync(hub, words);
        return (file, [.. ExportEvents.In(new MemoryStream(file)).Select(one => one.Entry)]);
    }

    public static async Task<(JsonElement Export, byte[] File)> ExportAsync(TestHub hub, Dictionary<string, string> words) =>
        await FinishedAsync(hub, (await CallAsync(hub, HttpMethod.Post, "exports", words)).Is(202).Json.GetProperty("id").GetString()!);

    /// <summary>Waits for it to be made, and downloads it.</summary>
    public static async Task<(JsonElement Export, byte[] File)> FinishedAsync(TestHub hub, string id)
    {
        for (var deadline = DateTime.UtcNow.AddMinutes(2); ; await Task.Delay(20))
        {
            var export = (await CallAsync(hub, HttpMethod.Get, "exports/" + id)).Is(200).Json;
            if (export.GetProperty("state").GetString() == "done") return (export, (await CallAsync(hub, HttpMethod.Get, $"exports/{id}/file")).Is(200).Body);
            Assert.True(DateTime.UtcNow < deadline && export.GetProperty("state").GetString() != "failed", export.ToString());
        }
    }

    public static async Task<RestReply> CallAsync(TestHub hub, HttpMethod method, string path, Dictionary<string, string>? words = null, long? range = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(hub.Address, "/api/v1/" + path));
        if (words is not null) request.Content = new StringContent(JsonSerializer.Serialize(words), Encoding.UTF8, "application/json");
        if (range is not null) request.Headers.Range = new RangeHeaderValue(range, null);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Auditor}:{Password}")));
        using var response = await hub.Http.SendAsync(request);
        return new RestReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);
    }
}
