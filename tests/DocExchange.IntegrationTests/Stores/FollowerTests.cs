using System.Globalization;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Storage;
using DocExchange.Storage.Sqlite;
using DocExchange.Storage.Sqlite.Backups;
using DocExchange.Storage.Sqlite.Log;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Stores;

/// <summary>
/// A backup that follows a store must not miss a page, however often the store's log is begun anew and whoever reads meanwhile. Here the log
/// is begun anew every few commits; the copy must be the store, row by row.
/// </summary>
public sealed class FollowerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-follow-").FullName;
    private readonly HubKey _key;
    private readonly SemaphoreSlim _written = new(0);
    private readonly ITestOutputHelper _output;

    public FollowerTests(ITestOutputHelper output)
    {
        _output = output;
        _key = KeyStore.OpenOrCreate(Path.Combine(_folder, "keys"), "docexchange", TimeProvider.System, allowSample: true);
    }

    private string Target => Path.Combine(_folder, "copy.db");

    public void Dispose()
    {
        _key.Dispose();
        _written.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public async Task A_copy_made_while_the_store_is_written_and_followed_to_the_end_is_the_store(int checkpointPages)
    {
        StoreFollower follower;
        var generations = 0;
        using var done = new CancellationTokenSource();
        using (var store = SqliteStore.Open(new StoreOptions(_folder, "docexchange") { CheckpointPages = checkpointPages }, _key, TimeProvider.System, new CurrentParties()))
        {
            follower = StoreFollower.Open(_folder);
            using var target = BackupFolder.Open(Path.Combine(_folder, "backup"), "docexchange");
            var work = Enumerable.Range(0, 2).Select(lane => Task.Run(() => WriteAsync(store, lane, done.Token)))
                .Append(Task.Run(() => ReadNowAndThenAsync(done.Token))).ToList();
            var chance = new Random(checkpointPages);
            while (!follower.TryBegin()) await CommittedAsync();
            for (var round = 0; round < 150; round++)
            {
                if (chance.Next(4) == 0) follower.MakeRoom(Take);
                else follower.Read(Take);
                // In the middle, so that pages change before, while and after they are copied.
                if (round == 100) Copy(follower);
                while (_written.Wait(0)) continue;
                for (var commits = chance.Next(6); commits > 0; commits--) await CommittedAsync();
            }
            await done.CancelAsync();
            await Task.WhenAll(work);
            follower.Read(Take);
            target.Complete(Target, target.AllChanges);
            AssertSame(Target);
            _output.WriteLine($"{generations} generations of the log, {new FileInfo(Target).Length} bytes");

            void Take(WalPiece piece)
            {
                generations += piece.Begins ? 1 : 0;
                target.Take(piece);
            }
        }
        follower.Dispose();
        Assert.True(generations > 8, $"{generations} generations prove little");
    }

    [Fact]
    public async Task Changes_do_not_pile_up_they_become_a_new_copy_that_restores_to_the_same_store()
    {
        var to = Path.Combine(_folder, "backup");
        StoreBackup backup;
        using var done = new CancellationTokenSource();
        var copies = new HashSet<string>();
        using (var store = SqliteStore.Open(new StoreOptions(_folder, "docexchange") { CheckpointPages = 40 }, _key, TimeProvider.System, new CurrentParties()))
        {
            backup = StoreBackup.Open(_folder, to, TimeProvider.System, new BackupLimits(300_000, 600_000));
            copies.Add((await backup.CopyAsync(follows: true, default)).Store.File);
            var work = Task.Run(() => WriteAsync(store, 0, done.Token));
            for (var round = 0; round < 2000 && copies.Count < 4; round++)
            {
                for (var commits = 0; commits < 10; commits++) await CommittedAsync();
                copies.Add(backup.Follow(default).Store.File);
            }
            await done.CancelAsync();
            await work;
            backup.Follow(default);
            StoreRestore.Run(to, Path.Combine(_folder, "restored"), TimeProvider.System);
            AssertSame(Path.Combine(_folder, "restored", "store", "exchange.db"));
        }
        backup.Dispose();
        Assert.Equal(4, copies.Count);
        var manifest = BackupManifest.Read(to);
        Assert.Equal(manifest.Changes.Count + 1, Directory.EnumerateFiles(to, "store-*").Concat(Directory.EnumerateFiles(to, "changes-*")).Count());
    }

    private async Task WriteAsync(SqliteStore store, int lane, CancellationToken stop)
    {
        var chance = new Random(lane);
        while (!stop.IsCancellationRequested)
        {
            var (key, size) = ($"{lane}-{chance.Next(200)}", chance.Next(1, 30_000));
            await store.Writer.RunAsync(session =>
            {
                session.Prepare("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2").Bind(1, key).Bind(2, new string('x', size)).Run();
                return session.Witness(new EvidenceEntry { Event = EvidenceEvents.DirectoryChanged, Time = session.Now, Detail = key });
            });
            _written.Release();
        }
    }

    /// <summary>A reader in the middle of a read is what keeps a log from being begun anew at the moment it was made ready for it.</summary>
    private async Task ReadNowAndThenAsync(CancellationToken stop)
    {
        using var database = Database.Open(Path.Combine(_folder, "store", "exchange.db"), readOnly: true);
        while (!stop.IsCancellationRequested)
        {
            database.Execute("BEGIN");
            database.Prepare("SELECT count(*) FROM meta").RunScalar();
            Thread.SpinWait(Random.Shared.Next(20_000));
            database.Execute("COMMIT");
            await Task.Delay(Random.Shared.Next(1, 15), CancellationToken.None);
        }
    }

    private void Copy(StoreFollower follower)
    {
        using var copy = File.Create(Target);
        var buffer = new byte[8192];
        for (long at = 0; RandomAccess.Read(follower.Store, buffer, at) is > 0 and var read; at += read) copy.Write(buffer, 0, read);
    }

    private void AssertSame(string path)
    {
        using var copy = Database.Open(path, readOnly: false);
        var check = copy.Prepare("PRAGMA integrity_check");
        Assert.True(check.Step());
        Assert.Equal("ok", check.Text(0));
        check.Reset();
        Assert.Null(LogCheck.Fault(copy, EpochStart.Ids(copy, EpochStart.Read(copy))));
        using var original = Database.Open(Path.Combine(_folder, "store", "exchange.db"), readOnly: true);
        Assert.Equal(Rows(original), Rows(copy));
    }

    private static List<string> Rows(Database database)
    {
        var rows = new List<string>();
        var statement = database.Prepare("SELECT key, length(value) FROM meta WHERE key NOT IN ('epoch_start', 'restored_epoch') UNION ALL SELECT hex(hash), idx FROM log ORDER BY 1");
        while (statement.Step()) rows.Add(statement.Text(0) + " " + statement.Long(1).ToString(CultureInfo.InvariantCulture));
        statement.Reset();
        return rows;
    }

    private async Task CommittedAsync() => Assert.True(await _written.WaitAsync(TimeSpan.FromMinutes(2)), "the writers stopped");
}
