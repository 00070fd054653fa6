using System.Security.Cryptography;
using DocExchange.Core.Signing;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;
using DocExchange.Storage;
using DocExchange.Storage.Sqlite;
using DocExchange.Storage.Sqlite.Documents;

namespace DocExchange.IntegrationTests.Stores;

/// <summary>Small originals lie one behind the other in files that only grow; a row must always name the bytes it was written for.</summary>
public sealed class SharedBodiesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-small-").FullName;
    private readonly HubKey _key;
    private SqliteStore _store;

    public SharedBodiesTests()
    {
        _key = KeyStore.OpenOrCreate(Path.Combine(_folder, "keys"), "docexchange", TimeProvider.System, allowSample: true);
        _store = Open();
    }

    private string[] Files => [.. Directory.EnumerateFiles(Path.Combine(_folder, "bodies-small")).Order()];

    public void Dispose()
    {
        _store.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Bodies_kept_before_and_after_a_restart_are_read_back_as_they_were()
    {
        var before = await KeepAsync(10, 700);
        _store.Dispose();
        _store = Open();
        var after = await KeepAsync(10, 900);

        foreach (var body in before.Concat(after)) Assert.Equal(body, await ReadAsync(body));
    }

    [Fact]
    public async Task A_file_that_is_full_is_followed_by_another_and_all_are_read()
    {
        var first = await KeepAsync(1, 5_000);
        var second = await KeepAsync(1, 3_000);

        Assert.Equal(2, Files.Length);
        foreach (var body in first.Concat(second)) Assert.Equal(body, await ReadAsync(body));
    }

    [Fact]
    public async Task Bytes_that_a_crash_left_behind_the_last_body_are_passed_over()
    {
        var before = await KeepAsync(1, 700);
        _store.Dispose();
        await File.AppendAllTextAsync(Files[^1], "written, and the commit never came");
        _store = Open();

        var after = await KeepAsync(1, 800);

        foreach (var body in before.Concat(after)) Assert.Equal(body, await ReadAsync(body));
    }

    [Theory]
    [InlineData(12, 5)]
    [InlineData(40, 37)] // The first of them have been given to the system by then.
    public async Task A_body_of_an_operation_that_fails_takes_no_other_body_of_its_commit_with_it(int count, int faulty)
    {
        var bodies = Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetBytes(300)).ToList();
        using var gate = new ManualResetEventSlim();
        var holding = _store.Writer.RunAsync(_ => { gate.Wait(); return 0; });
        var writes = bodies.Select((body, i) => _store.Writer.RunAsync(session =>
        {
            Keep(session, body);
            return i == faulty ? throw new InvalidOperationException("This one is at fault.") : i;
        })).ToList();
        gate.Set();

        await holding;
        await Assert.ThrowsAsync<InvalidOperationException>(() => writes[faulty]);
        foreach (var (write, i) in writes.Select((w, i) => (w, i)).Where(p => p.i != faulty)) Assert.Equal(i, await write);

        Assert.Null(await OpenAsync(bodies[faulty]));
        foreach (var body in bodies.Where((_, i) => i != faulty)) Assert.Equal(body, await ReadAsync(body));
    }

    [Theory]
    [InlineData(699)]
    [InlineData(null)]
    public async Task A_store_whose_small_originals_were_cut_or_taken_away_is_refused_at_start_with_a_sentence(int? length)
    {
        await KeepAsync(1, 700);
        _store.Dispose();
        if (length is null) File.Delete(Files[^1]);
        else await File.WriteAllBytesAsync(Files[^1], new byte[length.Value]);

        var refused = Assert.Throws<StoreRefusedException>(Open);

        Assert.Contains("bodies-small", refused.Message);
    }

    private SqliteStore Open() =>
        SqliteStore.Open(new StoreOptions(_folder, "docexchange") { SharedFileSize = 4_000 }, _key, TimeProvider.System, new CurrentParties());

    private async Task<List<byte[]>> KeepAsync(int count, int size)
    {
        var bodies = Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetBytes(size)).ToList();
        await Task.WhenAll(bodies.Select(body => _store.Writer.RunAsync(session => Keep(session, body))));
        return bodies;
    }

    private static long Keep(WriteSession session, byte[] body) => Bodies.Ensure(session, new StoredBody(SHA256.HashData(body), body.Length, body));

    private async Task<Stream?> OpenAsync(byte[] body) => await _store.Packages.OpenAsync(SHA256.HashData(body), CancellationToken.None);

    private async Task<byte[]> ReadAsync(byte[] body)
    {
        await using var stream = await OpenAsync(body);
        using var bytes = new MemoryStream();
        await stream!.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
