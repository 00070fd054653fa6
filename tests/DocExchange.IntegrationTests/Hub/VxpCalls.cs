using DocExchange.Axis.Calls;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DocExchange.Axis.Protocol;
using DocExchange.Client;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocumentTrack = DocExchange.Core.Tracking.DocumentTrack;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>What the hub answered, as bytes, and read the way the axis SDK reads it.</summary>
internal sealed partial record VxpReply(int Status, byte[] Body)
{
    public string Text => Encoding.ASCII.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement.Clone();

    public string Code => Json.GetProperty("ErrorCode").GetString()!;

    public string Description => Json.GetProperty("ErrorDesc").GetString()!;

    public string DocId => Json.GetProperty(nameof(DocId)).GetString()!;

    public string? ReceiptId => ReceiptForm().Match(Description) is { Success: true } match ? match.Groups[1].Value : null;

    public VxpReply Ok()
    {
        Assert.True(Code == "0", Description);
        return this;
    }

    /// <summary>The form every answer of this protocol has, whatever went wrong.</summary>
    public VxpReply WellFormed()
    {
        Assert.All(Body, b => Assert.InRange(b, 0x20, 0x7e));
        Assert.DoesNotContain("null", Text, StringComparison.Ordinal);
        Assert.Contains(Json.GetProperty("status").GetString(), new[] { "OK", "FAIL" });
        Assert.NotEqual("", Code);
        Assert.NotEqual("", Description);
        return this;
    }

    [GeneratedRegex(@", receipt ([^\]]+)\]")]
    private static partial Regex ReceiptForm();
}

/// <summary>Calls as the axis SDK makes them, with every part open to change.</summary>
internal static class VxpCalls
{
    public static Task<VxpReply> SendAsync(this TestHub hub, Letter letter, string system = TestHub.Province, string? to = null) =>
        hub.SendAsync(letter.Bytes, system, to: to);

    public static Task<VxpReply> SendAsync(this TestHub hub, StatusPaper status, string system) => hub.SendAsync(status.Bytes, system, "status");

    public static async Task<VxpReply> SendAsync(
        this TestHub hub, byte[] package, string system = TestHub.Province, string kind = "edoc", string? from = null, string? to = null, string? hash = null)
    {
        var reply = await hub.CallAsync(VxpOperations.SendEdoc, system, [.. package, (byte)'\r', (byte)'\n'],
            ("servicetype", "eDoc"), ("messagetype", kind), ("hash-file", hash ?? FileHash.Unpadded(SHA256.HashData(package))), ("from", from), ("to", to));
        return reply;
    }

    public static Task<VxpReply> CallAsync(this TestHub hub, string operation, string system, byte[] body, params (string, string?)[] values) =>
        hub.PostAsync("/vxp/" + operation, hub.Signed(system, values), body);

    public static IReadOnlyList<KeyValuePair<string, string>> Signed(this TestHub hub, string system, params (string, string?)[] values) =>
        SignedCall.Headers(system, Encoding.UTF8.GetBytes(TestHub.Secret), DateTimeOffset.UtcNow, "application/octet-stream", values);

    public static async Task<VxpReply> PostAsync(this TestHub hub, string path, IEnumerable<KeyValuePair<string, string>> headers, byte[] body, string method = "POST")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(hub.Address, path));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (method == "POST") request.Content = new ByteArrayContent(body);
        using var response = await hub.Http.SendAsync(request);
        return new VxpReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    public static async Task<IReadOnlyList<ReceivedItem>> ListAsync(this TestHub hub, string system, string kind = "edoc") =>
        (await hub.Client(system).ListAsync(kind)).Value!;

    public static async Task<DocumentTrack> TrackAsync(this TestHub hub, string docId, string system = TestHub.Province) =>
        (await hub.Store.TrackAsync(hub.ScopeOf(system), docId, default))!;

    /// <summary>The receipt as its owner fetches it, verified.</summary>
    public static async Task<(byte[] Bytes, EvidenceEntry Entry)> ReceiptAsync(this TestHub hub, string system, string receiptId)
    {
        var bytes = await HubClient.ForSystem(hub.Http, hub.Address, $"{system}.{TestHub.Secret}").ReceiptAsync(receiptId);
        var verdict = ReceiptVerifier.Verify(bytes, null);
        Assert.True(verdict.Valid, string.Join("; ", verdict.Checks.Where(c => c.Outcome == CheckOutcome.Failed).Select(c => c.English)));
        return (bytes, EvidenceEntry.TryParse(verdict.Receipt!.Entry)!);
    }

    /// <summary>Rows and files that a refusal must not add to. Kept bodies of refused conflicts are left to the collection, so they are not counted.</summary>
    public static Leftovers CountLeftovers(this TestHub hub)
    {
        using var database = Database.Open(Path.Combine(hub.Folder, "store", "exchange.db"), readOnly: true);
        long Count(string table) => database.Prepare("SELECT count(*) FROM " + table).RunScalar() ?? 0;
        return new Leftovers(Count("document"), Count("delivery"), Count("status_event"), Count("change_case"), Count("body"),
            Directory.EnumerateFiles(Path.Combine(hub.Folder, "staging")).Count());
    }

    /// <summary>Every entry of the log, oldest first.</summary>
    public static IReadOnlyList<EvidenceEntry> Entries(this TestHub hub)
    {
        using var database = Database.Open(Path.Combine(hub.Folder, "store", "exchange.db"), readOnly: true);
        var entries = new List<EvidenceEntry>();
        var statement = database.Prepare("SELECT entry FROM log ORDER BY idx");
        while (statement.Step()) entries.Add(EvidenceEntry.TryParse(statement.Blob(0))!);
        return entries;
    }

    public static Task ChangeAgencyAsync(this TestHub hub, string code, Func<Agency, Agency> change) =>
        hub.PartyStore.SaveAgencyAsync(change(hub.Agency(code)), "test", default);

    public static Task ChangeSystemAsync(this TestHub hub, string system, Func<PartnerSystem, PartnerSystem> change) =>
        hub.PartyStore.SaveSystemAsync(change(hub.Parties.FindSystem(system)!), "test", default);
}

internal sealed record Leftovers(long Documents, long Deliveries, long Statuses, long Cases, long Bodies, int StagingFiles);
