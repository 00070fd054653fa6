using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Storage;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Stores;

/// <summary>Many submissions share one commit; one that fails must cost the others nothing.</summary>
public sealed class GroupWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-writer-").FullName;
    private readonly HubKey _key;
    private readonly SqliteStore _store;

    public GroupWriterTests()
    {
        _key = KeyStore.OpenOrCreate(Path.Combine(_folder, "keys"), "docexchange", TimeProvider.System, allowSample: true);
        _store = SqliteStore.Open(new StoreOptions(_folder, "docexchange"), _key, TimeProvider.System, new CurrentParties());
    }

    public void Dispose()
    {
        _store.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_operation_that_fails_in_the_middle_of_a_batch_leaves_no_row_and_no_leaf_and_the_others_are_committed()
    {
        using var gate = new ManualResetEventSlim();
        var before = await HeadAsync();
        var holding = _store.Writer.RunAsync(session => { gate.Wait(); return Put(session, "held"); });
        var writes = Enumerable.Range(0, 20).Select(i => _store.Writer.RunAsync(session =>
        {
            Put(session, $"row-{i}");
            return i == 7 ? throw new InvalidOperationException("This one is at fault.") : i;
        })).ToList();
        gate.Set();

        await holding;
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => writes[7]);
        foreach (var (write, i) in writes.Select((w, i) => (w, i)).Where(p => p.i != 7)) Assert.Equal(i, await write);

        Assert.Equal("This one is at fault.", failed.Message);
        Assert.Equal(20, await CountAsync());
        Assert.Null(await ReadAsync("row-7"));
        Assert.Equal(before + 20, await HeadAsync());
    }

    [Fact]
    public async Task The_log_still_verifies_at_the_next_start_after_a_batch_had_to_be_applied_again()
    {
        await An_operation_that_fails_in_the_middle_of_a_batch_leaves_no_row_and_no_leaf_and_the_others_are_committed();
        _store.Dispose();

        using var again = SqliteStore.Open(new StoreOptions(_folder, "docexchange"), _key, TimeProvider.System, new CurrentParties());

        Assert.NotNull(again);
    }

    [Fact]
    public async Task What_comes_when_the_queue_is_full_is_told_so_at_once_and_what_waits_is_committed()
    {
        using var gate = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var holding = _store.Writer.RunAsync(session => { held.Set(); gate.Wait(); return Put(session, "held"); });
        held.Wait();
        var waiting = Enumerable.Range(0, GroupWriter.MostWaiting).Select(_ => _store.Writer.RunAsync(_ => 0)).ToList();

        // Once, this call waited on the caller's own thread.
        var refused = Assert.Throws<StoreUnavailableException>(() => { _ = _store.Writer.RunAsync(session => Put(session, "one-too-many")); });
        gate.Set();

        Assert.Contains("busier", refused.Message, StringComparison.Ordinal);
        await holding;
        await Task.WhenAll(waiting);
        Assert.Null(await ReadAsync("one-too-many"));
    }

    private static int Put(WriteSession session, string key)
    {
        session.Prepare("INSERT INTO meta (key, value) VALUES (?1, 'test')").Bind(1, key).Run();
        session.Witness(new EvidenceEntry { Event = EvidenceEvents.DirectoryChanged, Time = session.Now, Detail = key });
        return 0;
    }

    private Task<long> CountAsync() => _store.Writer.RunAsync(s => s.Prepare("SELECT count(*) FROM meta WHERE value = 'test'").RunScalar() ?? 0);

    private Task<long?> ReadAsync(string key) => _store.Writer.RunAsync(s => s.Prepare("SELECT 1 FROM meta WHERE key = ?1").Bind(1, key).RunScalar());

    private Task<long> HeadAsync() => _store.Writer.RunAsync(s => s.NextIndex);
}
