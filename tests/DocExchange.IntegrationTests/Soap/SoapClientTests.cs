using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Client;
using DocExchange.Client.Soap;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Soap;

/// <summary>Our own client does over SOAP whatever the interface offers.</summary>
public sealed class SoapClientTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private readonly TestHub _hub = fixture.Hub;

    [Fact]
    public async Task Our_own_client_sends_lists_fetches_and_confirms_and_tells_refusals()
    {
        var letter = new Letter { File = [.. "%PDF-1.4\n"u8, .. new byte[2_000_000], .. "\n%%EOF\n"u8] };
        var (ours, theirs) = (Client(TestHub.Province), Client(TestHub.Department));

        var sent = await ours.SendAsync(new MemoryStream(letter.Bytes), ["H30.12"], "key-of-client");
        Assert.Equal(sent, await ours.SendAsync(new MemoryStream(letter.Bytes), ["H30.12"], "key-of-client"));
        Assert.Equal(sent with { Repeated = true }, await ours.SendAsync(new MemoryStream(letter.Bytes)));
        var item = (await theirs.InboxAsync("document")).Items.Single(i => i.DocumentId == letter.DocumentId);
        var fetched = new MemoryStream();
        Assert.Equal(item.Size, (await theirs.FetchAsync(item.ItemId, fetched)).Length);
        Assert.Equal(item.Digest, Convert.ToHexStringLower(SHA256.HashData(fetched.ToArray())));
        Assert.True(await theirs.ConfirmAsync(item.ItemId));
        Assert.False(await theirs.ConfirmAsync(item.ItemId));

        var refused = await Assert.ThrowsAsync<HubRefusedException>(() => theirs.FetchAsync("nothing", Stream.Null));
        Assert.Equal(("DX-6001", "ItemId"), (refused.Problem.Code, refused.Problem.Path));
        Assert.NotEqual("", refused.Problem.DetailVi);
        Assert.False(sent.Repeated);
    }

    [Theory]
    [InlineData(true, "multipart/related")]
    [InlineData(false, "text/xml")]
    public async Task A_package_comes_as_a_part_or_as_base64_with_the_hubs_signature_over_its_bytes(bool takesParts, string answered)
    {
        // What looks like the beginning of a boundary is content.
        var letter = new Letter { File = [.. "%PDF-1.4\n\r\n--dx-\r\n\r\n--"u8, .. RandomNumberGenerator.GetBytes(200_000), .. "\r\n--"u8] };
        var sent = await Client(TestHub.Province).SendAsync(new MemoryStream(letter.Bytes));
        var line = new Line { TakesParts = takesParts };
        var copy = new MemoryStream();

        var fetched = await Client(TestHub.Department, line).FetchAsync(sent.DocId + "0001", copy);

        Assert.Equal(answered, line.Answered);
        Assert.Equal(letter.Bytes, copy.ToArray());
        Assert.Equal((letter.DocumentId, letter.Bytes.Length), (fetched.Item.DocumentId, (int)fetched.Length));
        using var root = X509CertificateLoader.LoadCertificate(_hub.Hub.Key.Chain[^1]);
        Assert.All(CopySignature.Verify(new MemoryStream(letter.Bytes), fetched.Signature!, [root]), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    [Fact]
    public async Task An_answer_that_was_cut_off_never_looks_whole()
    {
        var sent = await Client(TestHub.Province).SendAsync(new MemoryStream(new Letter().Bytes));
        foreach (var missing in (int[])[8, 100, 2000])
        {
            var theirs = Client(TestHub.Department, new Line { Missing = missing });
            await Assert.ThrowsAsync<InvalidDataException>(() => theirs.FetchAsync(sent.DocId + "0001", Stream.Null));
        }
    }

    [Fact]
    public async Task Our_own_client_reports_statuses_asks_for_documents_back_and_follows_them()
    {
        var letter = new Letter();
        var (ours, theirs) = (Client(TestHub.Province), Client(TestHub.Department));
        var sent = await ours.SendAsync(new MemoryStream(letter.Bytes));
        var at = DateTimeOffset.UtcNow.AddMinutes(-1);

        var reported = await theirs.ReportStatusAsync(sent.DocId + "0001", new SoapStatus("03", at, "Đã vào sổ", new SoapStaff("Văn phòng", "Lê Văn Mẫu")), "key-of-report");
        Assert.Equal(reported, await theirs.ReportStatusAsync(sent.DocId + "0001", new SoapStatus("03", at, "Đã vào sổ", new SoapStaff("Văn phòng", "Lê Văn Mẫu")), "key-of-report"));
        await ours.RecallAsync(sent.DocId, "H30.12", at.AddSeconds(30), "Gửi nhầm");

        var track = await ours.StatusAsync(sent.DocId);
        Assert.Equal((letter.DocumentId, letter.Subject, sent.ReceiptId), (track.DocumentId, track.Subject, track.ReceiptId));
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(letter.Bytes)), track.Digest);
        Assert.Single(track.Deliveries);
        var status = track.Statuses.Single(s => s.Code == "03");
        Assert.Equal(("Đã vào sổ", at.ToUnixTimeSeconds()), (status.Description, status.At!.Value.ToUnixTimeSeconds()));
        Assert.Contains(track.Statuses, s => s.Code == "13");
        Assert.NotEmpty(track.Events);
        Assert.Equal(sent.DocId, Assert.Single(await theirs.FindAsync(letter.DocumentId)).DocId);
        Assert.True(ReceiptVerifier.Verify(await ours.ReceiptAsync(sent.ReceiptId), null).Valid);
        Assert.StartsWith("<", System.Text.Encoding.UTF8.GetString(await ours.ReceiptAsync(sent.ReceiptId, asXml: true)).TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal("DX-6001", (await Assert.ThrowsAsync<HubRefusedException>(() => theirs.ReceiptAsync("nothing"))).Problem.Code);
    }

    [Fact]
    public async Task Our_own_client_reads_the_directory_by_pages_by_name_and_by_what_changed()
    {
        var ours = Client(TestHub.Province);

        var page = await ours.DirectoryAsync();
        Assert.Contains(page.Entries, e => e is { Code: "H30.12", Kind: "local", Route: "local" });
        Assert.Contains((await ours.DirectoryAsync(name: "H30.12")).Entries, e => e.Code == "H30.12");
        Assert.DoesNotContain((await ours.DirectoryAsync(after: "H30.12")).Entries, e => e.Code == "H30.12");
        Assert.Empty((await ours.DirectoryAsync(changedAfter: page.LastChange)).Entries);
    }

    private SoapClient Client(string system, Line? line = null) => new(line is null ? _hub.Http : new HttpClient(line), _hub.Address, $"{system}.{TestHub.Secret}");

    /// <summary>What may stand between client and hub.</summary>
    private sealed class Line() : DelegatingHandler(new SocketsHttpHandler())
    {
        public bool TakesParts { get; init; } = true;

        /// <summary>So many bytes at the end of the answer do not come.</summary>
        public int Missing { get; init; }

        public string? Answered { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!TakesParts) request.Headers.Accept.Clear();
            var response = await base.SendAsync(request, cancellationToken);
            Answered = response.Content.Headers.ContentType!.MediaType;
            if (Missing == 0) return response;
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            response.Content = new ByteArrayContent(bytes[..^Missing]) { Headers = { ContentType = response.Content.Headers.ContentType } };
            return response;
        }
    }
}
