using DocExchange.IntegrationTests.Hub;
using DocExchange.Storage.Sqlite.Backups;

namespace DocExchange.IntegrationTests.Backups;

/// <summary>A backup that has read which originals there are must find them when it comes to copy them.</summary>
public sealed class CollectionPauseTests
{
    [Fact]
    public async Task Nothing_is_collected_while_a_backup_copies_originals()
    {
        await using var hub = await TestHub.StartAsync();
        var unnamed = Path.Combine(hub.Folder, "bodies", "ab", "ab" + new string('0', 62));
        await File.WriteAllBytesAsync(unnamed, [1]);
        var later = DateTimeOffset.UtcNow.AddDays(2);

        using (await PauseAsync(hub.Folder))
        {
            using var second = CollectionPause.TryPause(hub.Folder);
            Assert.NotNull(second);
            Assert.Equal(0, await hub.Hub.Store.CollectBodiesAsync(later, default));
            Assert.True(File.Exists(unnamed));
        }
        // Once more while the hub's own collection, held back by the pause, is at it.
        await Polled.UntilAsync(async () => await hub.Hub.Store.CollectBodiesAsync(later, default) == 1 || !File.Exists(unnamed), "the collection");
        Assert.False(File.Exists(unnamed));
    }

    [Fact]
    public void No_backup_copies_originals_while_they_are_collected()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-pause-").FullName;
        using (CollectionPause.TryCollect(folder)) Assert.Null(CollectionPause.TryPause(folder));
        using (var pause = CollectionPause.TryPause(folder)) Assert.NotNull(pause);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The hub's own collection, which begins when it starts, may be at work just then.</summary>
    private static async Task<IDisposable> PauseAsync(string folder)
    {
        for (var tries = 0; tries < 2400; tries++)
        {
            if (CollectionPause.TryPause(folder) is { } pause) return pause;
            await Task.Delay(50);
        }
        throw new TimeoutException("Originals are collected without end.");
    }
}
