using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Storage.Sqlite;
using DocExchange.Storage.Sqlite.Backups;

namespace DocExchange.IntegrationTests.Backups;

/// <summary>One backup of one hub, damaged in every way a disk or a hand can: a restore names what is wrong and leaves no folder a hub would start on.</summary>
public sealed class DamagedBackupTests(DamagedBackupTests.Fixture fixture) : IClassFixture<DamagedBackupTests.Fixture>, IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("docexchange-damage-").FullName;

    private string Backup => Path.Combine(_work, "backup");

    private string Restored => Path.Combine(_work, "restored");

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [Theory]
    [InlineData("store-*.db", "is not what was written")]
    [InlineData("changes-*.wal", "is not what was written")]
    [InlineData("bodies/*/*", "is missing or not what was stored")]
    [InlineData("bodies-small/*", "is missing or not what was stored")]
    [InlineData("manifest.json", "cannot be read")]
    public void A_byte_that_changed_is_found(string pattern, string sentence)
    {
        var file = Find(pattern);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0x80;
        File.WriteAllBytes(file, bytes);

        RefusesAndLeavesNothing(sentence);
    }

    [Theory]
    [InlineData("store-*.db", "is missing")]
    [InlineData("changes-*.wal", "is missing")]
    [InlineData("bodies/*/*", "is missing or not what was stored")]
    [InlineData("bodies-small/*", "is missing or not what was stored")]
    [InlineData("manifest.json", "holds no backup")]
    public void A_file_that_is_gone_is_named(string pattern, string sentence)
    {
        File.Delete(Find(pattern));

        RefusesAndLeavesNothing(sentence);
    }

    [Fact]
    public void A_store_that_lost_entries_of_its_log_is_refused_although_every_digest_is_right()
    {
        var manifest = BackupManifest.Read(Copy());
        // As somebody would who knows the format: the claim of the manifest is made to fit, the signed head cannot be.
        new BackupManifest(manifest.Format, manifest.Hub, manifest.TakenAt, manifest.Log with { Size = manifest.Log.Size + 1 }, manifest.Store, [], manifest.Bodies, []).Write(Backup);

        RefusesAndLeavesNothing("but it ends at");
    }

    [Fact]
    public void A_folder_that_holds_anything_but_keys_is_left_as_it_is()
    {
        Copy();
        Directory.CreateDirectory(Path.Combine(Restored, "keys"));
        File.WriteAllText(Path.Combine(Restored, "notes.txt"), "mine");

        var refused = Assert.Throws<StoreRefusedException>(() => StoreRestore.Run(Backup, Restored, TimeProvider.System));

        Assert.Contains("is not empty", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(Restored).Count());
        File.Delete(Path.Combine(Restored, "notes.txt"));
        Assert.Equal(1, StoreRestore.Run(Backup, Restored, TimeProvider.System).Bodies);
    }

    [Fact]
    public async Task A_backup_is_not_written_into_a_folder_of_something_else()
    {
        Directory.CreateDirectory(Backup);
        File.WriteAllText(Path.Combine(Backup, "thesis.txt"), "mine");

        var (code, said) = await HubProgram.RunAsync("backup", "--to", Backup, "--data", fixture.Data);

        Assert.Equal(2, code);
        Assert.Contains("is not empty and holds no backup", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_backup_that_ends_before_it_is_whole_leaves_the_one_before_it_whole()
    {
        Copy();
        using (var next = StoreBackup.Open(fixture.Data, Backup, TimeProvider.System))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.CopyAsync(follows: true, new CancellationToken(canceled: true)));

        Assert.Equal(1, StoreRestore.Run(Backup, Restored, TimeProvider.System).Bodies);
    }

    private void RefusesAndLeavesNothing(string sentence)
    {
        var refused = Assert.Throws<StoreRefusedException>(() => StoreRestore.Run(Backup, Restored, TimeProvider.System));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Restored, "store", "exchange.db")));
        Assert.False(File.Exists(Path.Combine(Restored, "identity.json")));
    }

    private string Find(string pattern)
    {
        Copy();
        var parts = pattern.Split('/');
        return Directory.EnumerateFiles(Path.Combine([Backup, .. parts[..^1].Where(p => p != "*")]), parts[^1], parts.Length > 1 ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).First();
    }

    private string Copy()
    {
        foreach (var file in Directory.EnumerateFiles(fixture.Backup, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Backup, Path.GetRelativePath(fixture.Backup, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return Backup;
    }

    /// <summary>A following backup that has a store, changes and an original that is a file.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly string _work = Directory.CreateTempSubdirectory("docexchange-damage-").FullName;

        public string Data => Path.Combine(_work, "data");

        public string Backup => Path.Combine(_work, "backup");

        public async Task InitializeAsync()
        {
            await using var hub = await TestHub.StartAsync(Data);
            using var follower = await HubProgram.FollowAsync(Data, Backup);
            try
            {
                var before = BackupManifest.Read(Backup).Log.Size;
                (await hub.PostPackageAsync(new Letter().Bytes)).Is(201);
                (await hub.PostPackageAsync(new Letter { File = [.. new Letter().File, .. new byte[300_000]] }.Bytes)).Is(201);
                var deadline = DateTime.UtcNow.AddMinutes(3);
                while (BackupManifest.Read(Backup) is var now && (now.Bodies == 0 || now.Log.Size < before + 2))
                {
                    Assert.True(DateTime.UtcNow < deadline && !follower.HasExited, "the backup does not follow");
                    await Task.Delay(50);
                }
            }
            finally
            {
                follower.Kill();
                await follower.WaitForExitAsync();
            }
        }

        public Task DisposeAsync()
        {
            Directory.Delete(_work, recursive: true);
            return Task.CompletedTask;
        }
    }
}
