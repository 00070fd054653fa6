using System.Net;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>The log as an outsider finds it: files over HTTP, copied and checked without trust, made again in the same bytes.</summary>
public sealed class PublishedLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stranger_mirrors_the_log_over_http_and_every_tile_follows_from_the_leaves()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.SendLettersAsync(3);
        await hub.PublishAsync();
        var source = new LogSource(hub.LogAddress(), hub.Http);
        var origin = Assert.Single(await source.OriginsAsync(default));
        var copy = new LogFolder(_folder.At(LogSource.TagOf(origin)));

        await LogCopy.UpdateAsync(source, LogSource.TagOf(origin), copy, false, default);
        await hub.FillAsync(300);
        var published = await hub.PublishAsync();
        var head = await LogCopy.UpdateAsync(source, LogSource.TagOf(origin), copy, false, default);

        Assert.Equal(published, head!.Checkpoint.Size);
        Assert.True(published > 256, $"{published} entries fill no tile");
        Assert.All(LogFolderVerifier.Verify(copy.Path, hub.Root()), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        var own = EvidenceCalls.FilesIn(Path.Combine(hub.LogFolder(), LogSource.TagOf(origin)));
        var mirrored = EvidenceCalls.FilesIn(copy.Path);
        Assert.All(own, file => Assert.Equal(file.Value, mirrored[file.Key]));
    }

    [Fact]
    public async Task Plain_copying_while_the_log_grows_gives_a_mirror_that_verifies_because_wider_tiles_begin_alike()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.PublishAsync();
        var tag = LogSource.TagOf(hub.Hub.Store.Origin);
        foreach (var name in (string[])[LogFolder.CheckpointFile, LogFolder.SignatureFile, LogFolder.ChainFile]) new LogFolder(_folder.Path).Write(name, new LogFolder(Path.Combine(hub.LogFolder(), tag)).Read(name)!);
        await hub.SendLettersAsync(5);
        await hub.PublishAsync();
        EvidenceCalls.CopyFolder(Path.Combine(hub.LogFolder(), tag, "tile"), _folder.At("tile"));

        Assert.All(LogFolderVerifier.Verify(_folder.Path, hub.Root()), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    [Fact]
    public async Task An_altered_tile_of_any_level_is_found()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.FillAsync(300);
        await hub.PublishAsync();
        var tag = LogSource.TagOf(hub.Hub.Store.Origin);
        foreach (var tile in Directory.EnumerateFiles(Path.Combine(hub.LogFolder(), tag, "tile"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Path.Combine(hub.LogFolder(), tag), f)))
        {
            var copy = _folder.At(Path.GetRandomFileName());
            EvidenceCalls.CopyFolder(Path.Combine(hub.LogFolder(), tag), copy);
            var bytes = await File.ReadAllBytesAsync(Path.Combine(copy, tile));
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(Path.Combine(copy, tile), bytes);

            Assert.Contains(LogFolderVerifier.Verify(copy, hub.Root()), check => check.Outcome == CheckOutcome.Failed);
        }
    }

    [Fact]
    public async Task The_log_made_again_by_command_has_the_same_bytes_whatever_was_lost_of_it()
    {
        string[] lost;
        SortedDictionary<string, string> before;
        await using (var hub = await TestHub.StartAsync(_folder.Path))
        {
            await hub.FillAsync(300);
            await hub.PublishAsync();
        }
        // The start itself may witness something: what is compared is what a publication at rest gives.
        await using (var hub = await TestHub.StartAsync(_folder.Path)) await hub.PublishAsync();
        before = EvidenceCalls.FilesIn(Path.Combine(_folder.Path, "log"));
        lost = [.. Directory.EnumerateFiles(Path.Combine(_folder.Path, "log"), "*", SearchOption.AllDirectories).Where(f => f.Contains("tile", StringComparison.Ordinal)).Take(2)];
        foreach (var file in lost) File.Delete(file);

        Assert.Equal(0, await LogCommand.RunAsync(["rebuild", "--data", _folder.Path]));

        // The command's own settings differ from the test's (the port), which is an entry: what was full and published before has the same bytes.
        var after = EvidenceCalls.FilesIn(Path.Combine(_folder.Path, "log"));
        var full = before.Where(f => f.Key.Contains("tile", StringComparison.Ordinal) && !f.Key.Contains(".p", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(full);
        Assert.All(full, file => Assert.Equal(file.Value, after[file.Key]));
        Assert.Equal(0, await LogCommand.RunAsync(["rebuild", "--data", _folder.Path]));
        Assert.Equal(after, EvidenceCalls.FilesIn(Path.Combine(_folder.Path, "log")));
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(_folder.Path, "log"))) Assert.All(LogFolderVerifier.Verify(folder, null), check => Assert.NotEqual(CheckOutcome.Failed, check.Outcome));
    }

    [Fact]
    public async Task A_publication_that_a_crash_tore_is_mended_by_the_next()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.SendLettersAsync(2);
        await hub.PublishAsync();
        var folder = Path.Combine(hub.LogFolder(), LogSource.TagOf(hub.Hub.Store.Origin));
        foreach (var partial in Directory.EnumerateFiles(Path.Combine(folder, "tile"), "*", SearchOption.AllDirectories)) await File.WriteAllBytesAsync(partial, []);
        await hub.SendLettersAsync(1);

        await hub.PublishAsync();

        Assert.All(LogFolderVerifier.Verify(folder, hub.Root()), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    [Fact]
    public async Task A_full_tile_that_a_power_cut_emptied_behind_a_durable_checkpoint_is_made_again_at_the_next_start()
    {
        await using (var hub = await TestHub.StartAsync(_folder.Path))
        {
            await hub.FillAsync(300);
            await hub.PublishAsync();
        }
        var folder = Directory.EnumerateDirectories(Path.Combine(_folder.Path, "log")).Single();
        await File.WriteAllBytesAsync(Path.Combine(folder, "tile", "0", "000"), []);

        await using var again = await TestHub.StartAsync(_folder.Path);
        await again.SendLettersAsync(1);
        await again.PublishAsync();

        Assert.All(LogFolderVerifier.Verify(folder, again.Root()), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    [Fact]
    public async Task Tiles_may_be_kept_for_ever_checkpoints_not_and_nothing_else_of_the_folder_is_served()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.PublishAsync();
        var tag = LogSource.TagOf(hub.Hub.Store.Origin);
        var size = (int)(await hub.PublishAsync());

        using var tile = await hub.Http.GetAsync(new Uri(hub.Address, $"log/{tag}/tile/0/000.p/{size}"));
        using var narrower = await hub.Http.GetAsync(new Uri(hub.Address, $"log/{tag}/tile/0/000.p/1"));
        using var checkpoint = await hub.Http.GetAsync(new Uri(hub.Address, $"log/{tag}/checkpoint"));

        Assert.Contains("immutable", tile.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(size * 32, (await tile.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal(32, (await narrower.Content.ReadAsByteArrayAsync()).Length);
        Assert.True(checkpoint.Headers.CacheControl!.NoCache);
        foreach (var name in (string[])[$"{tag}/tile/0/000.p/{size + 1}", $"{tag}/../identity.json", $"{tag}/%2e%2e/%2e%2e/identity.json", "ffffffff/checkpoint", $"{tag}/checkpoint.new"])
        {
            using var answer = await hub.Http.GetAsync(new Uri(hub.Address, "log/" + name));
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, name);
        }
    }

    [Fact]
    public async Task A_hub_that_is_told_to_shows_its_log_to_nobody()
    {
        await using var hub = await TestHub.StartAsync(configure: options => options.ServeLog = false);
        await hub.PublishAsync();

        using var answer = await hub.Http.GetAsync(new Uri(hub.Address, "log/epochs"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
