using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>Resumable upload (tus 1.0.0).</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
    private readonly Letter _letter = new() { File = [.. new Letter().File, .. RandomNumberGenerator.GetBytes(2_000_000)] };
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync(_folder);

    public async Task DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_upload_cut_off_in_the_middle_goes_on_after_a_restart_of_the_hub()
    {
        var bytes = _letter.Bytes;
        var path = await CreateAsync(bytes.Length, Metadata(bytes));
        // The line breaks inside a request: its announced length never comes.
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(_hub.Address.Host, _hub.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"""
                PATCH {path} HTTP/1.1
                Host: hub
                Authorization: Bearer {TestHub.Province}.{TestHub.Secret}
                Tus-Resumable: 1.0.0
                Upload-Offset: 0
                Content-Type: application/offset+octet-stream
                Content-Length: {bytes.Length}


                """.ReplaceLineEndings("\r\n")));
            await socket.GetStream().WriteAsync(bytes.AsMemory(0, 1_000_000));
            await Polled.UntilAsync(async () => await OffsetAsync(path) == 1_000_000, "a million bytes");
        }
        await _hub.DisposeAsync();
        _hub = await TestHub.StartAsync(_folder);

        var offset = await OffsetAsync(path);
        Assert.Equal(1_000_000, offset);
        (await PatchAsync(path, 5, [1])).Refuses(409, "DX-0018");
        var done = (await PatchAsync(path, offset, bytes[(int)offset..])).Is(204);

        var receipt = done.Headers.GetValues("Receipt-Id").Single();
        var (_, entry) = await _hub.ReceiptAsync(TestHub.Province, receipt);
        Assert.Equal(SHA256.HashData(bytes), entry.Digest);
        var view = (await _hub.GetAsync(path["/api/v1/".Length..], TestHub.Province)).Is(200).Json;
        Assert.Equal(("accepted", receipt), (view.GetProperty("state").GetString(), view.GetProperty("answer").GetProperty("receiptId").GetString()));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "uploads"), "*.part"));
    }

    [Fact]
    public async Task What_the_desk_refuses_is_refused_with_the_last_byte_and_not_kept()
    {
        var bytes = new Letter { To = ["H30.99.99"] }.Bytes;
        var path = await CreateAsync(bytes.Length, Metadata(bytes));
        (await PatchAsync(path, 0, bytes[..100])).Is(204);

        Assert.NotEqual("", (await PatchAsync(path, 100, bytes[100..])).Refuses(422, "DX-4001").ReceiptId);
        (await _hub.GetAsync(path["/api/v1/".Length..], TestHub.Province)).Refuses(404, "DX-6001");
        var wrong = await CreateAsync(_letter.Bytes.Length, Metadata([1]));
        (await PatchAsync(wrong, 0, _letter.Bytes)).Refuses(422, "DX-0007");

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "uploads")));
    }

    [Fact]
    public async Task A_key_makes_one_upload_and_one_acceptance_however_often_it_is_begun()
    {
        var bytes = new Letter().Bytes;
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await CreateAsync(bytes.Length, Metadata(bytes), key);
        (await PatchAsync(first, 0, bytes)).Is(204);

        var again = await CreateAsync(bytes.Length, Metadata(bytes), key);

        Assert.Equal(first, again);
        Assert.Equal(bytes.Length, await OffsetAsync(again));
        (await _hub.RestAsync(HttpMethod.Post, "uploads", TestHub.Province, null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "7"), key)).Refuses(422, "DX-0017");
    }

    [Fact]
    public async Task An_upload_is_its_systems_own_ends_when_told_to_and_expires()
    {
        var path = (await CreateAsync(1000, ""))["/api/v1/".Length..];
        (await _hub.GetAsync(path, TestHub.Department)).Refuses(404, "DX-6001");
        (await _hub.RestAsync(HttpMethod.Delete, path, TestHub.Province, null)).Is(412);
        (await _hub.RestAsync(HttpMethod.Delete, path, TestHub.Province, null, ("Tus-Resumable", "1.0.0"))).Is(204);
        (await _hub.GetAsync(path, TestHub.Province)).Refuses(404, "DX-6001");

        await _hub.DisposeAsync();
        var clock = new SetClock(DateTimeOffset.UtcNow);
        _hub = await TestHub.StartAsync(_folder, time: clock);
        path = (await CreateAsync(1000, ""))["/api/v1/".Length..];
        clock.Now += TimeSpan.FromHours(25);
        (await _hub.GetAsync(path, TestHub.Province)).Refuses(404, "DX-6001");
    }

    [Fact]
    public async Task A_system_has_only_so_many_and_so_long_uploads_open_also_after_a_restart_and_others_have_theirs()
    {
        await _hub.DisposeAsync();
        _hub = await StartAsync();
        var bytes = new Letter().Bytes;
        var (first, key) = (await CreateAsync(bytes.Length, Metadata(bytes)), ("Idempotency-Key", Guid.NewGuid().ToString()));
        var second = await CreateAsync(1000, "", key);
        (await BeginAsync(TestHub.Province, 1000)).Refuses(429, "DX-0026");
        Assert.Equal(second, await CreateAsync(1000, "", key));
        await _hub.DisposeAsync();
        _hub = await StartAsync();
        (await BeginAsync(TestHub.Province, 1000)).Refuses(429, "DX-0026");
        (await BeginAsync(TestHub.Department, 5_000_000)).Is(201);

        (await PatchAsync(first, 0, bytes)).Is(204);
        (await BeginAsync(TestHub.Province, 1024 * 1024)).Refuses(429, "DX-0026");
        (await BeginAsync(TestHub.Province, 1024 * 1024 - 1000)).Is(201);

        Task<TestHub> StartAsync() => TestHub.StartAsync(_folder, configure: options => (options.UploadsPerSystem, options.UploadMegabytesPerSystem) = (2, 1));
    }

    [Fact]
    public async Task No_upload_is_taken_on_or_gone_on_with_that_would_leave_the_disk_too_little_room()
    {
        var path = await CreateAsync(1000, "");
        await _hub.DisposeAsync();
        _hub = await TestHub.StartAsync(_folder, configure: options => options.MinFreeMegabytes = int.MaxValue);

        (await BeginAsync(TestHub.Province, 1000)).Refuses(503, "DX-9002");
        (await PatchAsync(path, 0, [1, 2, 3])).Refuses(503, "DX-9002");
    }

    [Fact]
    public async Task Creation_says_what_it_takes()
    {
        var options = (await _hub.RestAsync(HttpMethod.Options, "uploads", TestHub.Province, null)).Is(204);
        Assert.Equal("creation,expiration,termination", options.Headers.GetValues("Tus-Extension").Single());
        (await _hub.RestAsync(HttpMethod.Post, "uploads", TestHub.Province, null, ("Tus-Resumable", "1.0.0"))).Refuses(400, "DX-0012");
        (await _hub.RestAsync(HttpMethod.Post, "uploads", TestHub.Province, null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "999999999999"))).Refuses(413, "DX-1002");
        (await _hub.RestAsync(HttpMethod.Post, "uploads", TestHub.Province, null, ("Upload-Length", "9"))).Refuses(412, "DX-0012");
    }

    private static string Metadata(byte[] bytes) => "filename " + Convert.ToBase64String("a.edxml"u8) + ",sha256 "
        + Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes))));

    private async Task<string> CreateAsync(long length, string metadata, params (string, string)[] headers) =>
        (await _hub.RestAsync(HttpMethod.Post, "uploads", TestHub.Province, null,
            [("Tus-Resumable", "1.0.0"), ("Upload-Length", length.ToString()), ("Upload-Metadata", metadata), .. headers])).Is(201).Headers.Location!.OriginalString;

    private async Task<RestReply> BeginAsync(string system, long length) =>
        await _hub.RestAsync(HttpMethod.Post, "uploads", system, null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", length.ToString()));

    private async Task<long> OffsetAsync(string path) =>
        long.Parse((await _hub.RestAsync(HttpMethod.Head, path["/api/v1/".Length..], TestHub.Province, null, ("Tus-Resumable", "1.0.0"))).Is(200).Headers.GetValues("Upload-Offset").Single());

    private async Task<RestReply> PatchAsync(string path, long offset, byte[] bytes) => await _hub.RestAsync(HttpMethod.Patch, path["/api/v1/".Length..], TestHub.Province,
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } },
        ("Tus-Resumable", "1.0.0"), ("Upload-Offset", offset.ToString()));
}
