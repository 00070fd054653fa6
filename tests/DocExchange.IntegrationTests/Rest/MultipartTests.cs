using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>A document in parts: the hub writes the package, and what it received is the original.</summary>
public sealed class MultipartTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly byte[] Pdf = new Letter().File;

    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData(0)]
    // Around the size from which bytes go to a file, which is not written at once.
    [InlineData(66_000)]
    [InlineData(130_000)]
    [InlineData(1_500_000)]
    public async Task The_recipient_gets_a_package_that_says_what_the_metadata_said(int padding)
    {
        byte[] file = [.. Pdf, .. RandomNumberGenerator.GetBytes(padding)];
        var metadata = Metadata();

        var reply = (await PostAsync(metadata, file)).Is(201);

        var package = await FetchAsync(metadata["documentId"]!.GetValue<string>());
        var reading = PackageReader.Read(package, PackageLimits.Default);
        Assert.Empty(reading.Findings);
        var envelope = reading.Envelope!;
        Assert.Equal(("H30", "77/UBND-VX", "2024/01/05", "V/v kiểm tra"), (envelope.From.OrganId, envelope.Code, envelope.PromulgationDate, envelope.Subject));
        Assert.Equal("2024/01/05 08:00:00", envelope.Trace!.Hops[0].Timestamp);
        var attachment = Assert.Single(envelope.Attachments);
        Assert.Equal("công văn.pdf", attachment.Name);
        Assert.Equal(SHA256.HashData(file), attachment.Digest.ToArray());
        Assert.Equal(BusinessType.New, envelope.BusinessType);
        var (_, entry) = await Hub.ReceiptAsync(TestHub.Province, reply.ReceiptId);
        Assert.NotEqual(SHA256.HashData(package), entry.Digest);
    }

    [Fact]
    public async Task The_original_is_the_request_without_its_framing_so_that_another_boundary_is_a_repetition()
    {
        var metadata = Metadata();

        var first = (await PostAsync(metadata, Pdf, boundary: "eins")).Is(201);
        var again = (await PostAsync(metadata, Pdf, boundary: "zwei")).Is(200);

        Assert.Equal((first.DocId, first.ReceiptId), (again.DocId, again.ReceiptId));
        var (_, entry) = await Hub.ReceiptAsync(TestHub.Province, first.ReceiptId);
        Assert.Equal(SHA256.HashData(OriginalOf(metadata, Pdf)), entry.Digest);
        Assert.Equal(OriginalOf(metadata, Pdf), await StoredBodyAsync(entry.Digest!));
    }

    [Fact]
    public async Task Collecting_unnamed_files_spares_the_request_and_the_package_made_from_it()
    {
        var metadata = Metadata();
        (await PostAsync(metadata, [.. Pdf, .. RandomNumberGenerator.GetBytes(1_000_000)])).Is(201);
        var unnamed = Path.Combine(Hub.Folder, "bodies", "ab", "ab" + new string('0', 62));
        Directory.CreateDirectory(Path.GetDirectoryName(unnamed)!);
        await File.WriteAllBytesAsync(unnamed, [1]);
        var bodies = Directory.GetFiles(Path.Combine(Hub.Folder, "bodies"), "*", SearchOption.AllDirectories);
        foreach (var body in bodies) File.SetLastWriteTimeUtc(body, DateTime.UtcNow.AddDays(-3));

        // A file nobody names goes: so the collection did run.
        await Polled.UntilAsync(async () => await Hub.Hub.Store.CollectBodiesAsync(DateTimeOffset.UtcNow, default) == 1 || !File.Exists(unnamed), "the collection");

        Assert.True(bodies.Length >= 3);
        Assert.All(bodies.Where(body => body != unnamed), body => Assert.True(File.Exists(body), body));
        Assert.NotEmpty(await FetchAsync(metadata["documentId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Other_content_under_a_known_document_id_is_a_conflict()
    {
        var metadata = Metadata();
        (await PostAsync(metadata, Pdf)).Is(201);

        (await PostAsync(metadata, [.. Pdf, 10])).Refuses(409, "DX-5001");
    }

    [Fact]
    public async Task Without_a_document_id_the_idempotency_key_makes_it_and_repeats_it()
    {
        var metadata = Metadata();
        metadata.Remove("documentId");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        (await PostAsync(metadata, Pdf)).Refuses(400, "DX-0012");
        var first = (await PostAsync(metadata, Pdf, headers: key)).Is(201);
        var again = (await PostAsync(metadata, Pdf, headers: key)).Is(201);
        (await PostAsync(metadata, [.. Pdf, 10], headers: key)).Refuses(422, "DX-0017");

        Assert.Equal(first.Body, again.Body);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.StartsWith("H30,", (await Hub.TrackAsync(first.DocId)).DocumentId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_package_rules_refuse_is_refused_and_leaves_nothing()
    {
        var before = Hub.CountLeftovers();
        var metadata = Metadata();
        metadata["to"]![0]!["code"] = "H30.99.99";

        (await PostAsync(metadata, Pdf)).Refuses(422, "DX-4001");
        (await PostAsync(Metadata(), Encoding.ASCII.GetBytes("MZ not a pdf"))).Is(422);

        Assert.Equal(before, Hub.CountLeftovers());
    }

    [Theory]
    [InlineData("subject", null, "metadata.subject")]
    [InlineData("subjekt", "x", "metadata.subjekt")]
    [InlineData("date", "05/01/2024", "metadata.date")]
    [InlineData("subject", "\u0001", "metadata")]
    public async Task Metadata_that_is_incomplete_misspelt_or_no_text_for_a_package_is_refused_with_its_member(string member, string? value, string path)
    {
        var metadata = Metadata();
        if (value is null) metadata.Remove(member);
        else metadata[member] = value;

        var reply = (await PostAsync(metadata, Pdf)).Is(400);

        Assert.StartsWith(path, reply.Json.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", reply.ReceiptId);
    }

    internal static JsonObject Metadata() => JsonNode.Parse($$"""
        {"documentId":"H30,{{Guid.NewGuid()}}","from":{"code":"H30","name":"UBND tỉnh Mẫu"},"to":[{"code":"H30.12","name":"Sở Mẫu"}],
         "number":"77","notation":"UBND-VX","place":"Tỉnh Mẫu","date":"2024-01-05","type":"18","typeName":"Công văn",
         "subject":"V/v kiểm tra","content":"Kiểm tra định kỳ","signer":{"fullName":"Trần Thị Mẫu"},"sentAt":"2024-01-05T08:00:00+07:00","pages":1}
        """)!.AsObject();

    private async Task<RestReply> PostAsync(JsonObject metadata, byte[] file, string boundary = "dx", params (string, string)[] headers)
    {
        using var content = new MultipartFormDataContent(boundary);
        content.Add(RestCalls.Bytes(Encoding.UTF8.GetBytes(metadata.ToJsonString()), "application/json"), "metadata");
        content.Add(RestCalls.Bytes(file, "application/pdf"), "file", "công văn.pdf");
        return await Hub.RestAsync(HttpMethod.Post, "documents", TestHub.Province, content, headers);
    }

    private async Task<byte[]> FetchAsync(string documentId)
    {
        var items = (await Hub.GetAsync("inbox?limit=1000", TestHub.Department)).Json.GetProperty("items").EnumerateArray();
        var id = items.Single(i => i.GetProperty("documentId").GetString() == documentId).GetProperty("itemId").GetString();
        return (await Hub.GetAsync($"inbox/{id}/content", TestHub.Department)).Is(200).Body;
    }

    /// <summary>As docs/integrating.md says it is made.</summary>
    private static byte[] OriginalOf(JsonObject metadata, byte[] file)
    {
        var json = Encoding.UTF8.GetBytes(metadata.ToJsonString());
        string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
        var footer = JsonSerializer.Serialize(new
        {
            format = "dx-request/1",
            parts = new object[]
            {
                new { name = "metadata", contentType = "application/json", length = json.Length, sha256 = Sha(json) },
                new { name = "file", fileName = "công văn.pdf", contentType = "application/pdf", length = file.Length, sha256 = Sha(file) },
            },
        });
        return [.. json, .. file, (byte)'\n', .. Encoding.UTF8.GetBytes(footer)];
    }

    private async Task<byte[]> StoredBodyAsync(byte[] digest)
    {
        await using var body = await Hub.Hub.Store.Packages.OpenAsync(digest, CancellationToken.None);
        using var bytes = new MemoryStream();
        await body!.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
