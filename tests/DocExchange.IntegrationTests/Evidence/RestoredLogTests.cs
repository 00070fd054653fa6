using DocExchange.Cli;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Scheduling;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>Logs that have ended are published like the one that is written: after a restore the old epoch byte for byte, the new one behind it.</summary>
public sealed class RestoredLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_log_rebuilt_after_a_restore_has_the_old_epochs_bytes_and_both_epochs_verify()
    {
        var (data, backup, restored) = (_folder.At("data"), _folder.At("backup"), _folder.At("restored"));
        string old, receipt;
        byte[] bytes;
        SortedDictionary<string, string> published;
        await using (var hub = await TestHub.StartAsync(data))
        {
            await hub.FillAsync(300);
            receipt = await hub.SendLettersAsync(2);
            bytes = await hub.ReceiptAsync(receipt);
            await hub.PublishAsync();
            old = LogSource.TagOf(hub.Hub.Store.Origin);
            published = EvidenceCalls.FilesIn(Path.Combine(hub.LogFolder(), old));
            Assert.Equal(0, await BackupCommand.RunAsync(["--data", data, "--to", backup]));
        }

        Assert.Equal(0, RestoreCommand.Run(["--from", backup, "--data", restored]));
        EvidenceCalls.CopyFolder(Path.Combine(data, "keys"), Path.Combine(restored, "keys"));
        Assert.Equal(0, await LogCommand.RunAsync(["rebuild", "--data", restored]));

        var again = EvidenceCalls.FilesIn(Path.Combine(restored, "log", old));
        Assert.All(published.Where(file => file.Key.StartsWith("tile", StringComparison.Ordinal)), file => Assert.Equal(file.Value, again[file.Key]));
        var epochs = await File.ReadAllLinesAsync(Path.Combine(restored, "log", "epochs"));
        Assert.Equal(2, epochs.Length);
        foreach (var origin in epochs) Assert.All(LogFolderVerifier.Verify(Path.Combine(restored, "log", LogSource.TagOf(origin)), null), check => Assert.NotEqual(CheckOutcome.Failed, check.Outcome));
        await using var hubAgain = await TestHub.StartAsync(restored);
        Assert.Equal(bytes, await hubAgain.ReceiptAsync(receipt));
    }

    [Fact]
    public async Task A_restored_hub_publishes_both_epochs_by_itself_so_that_old_supplements_and_mirrors_go_on()
    {
        var (data, backup, restored, mirror) = (_folder.At("data"), _folder.At("backup"), _folder.At("restored"), _folder.At("mirror"));
        string receipt, root;
        await using (var sandbox = await SandboxHost.StartAsync(_folder.At("sandbox"), 0, TimeProvider.System))
        await using (var hub = await StampedAsync(data, sandbox))
        {
            receipt = await hub.SendLettersAsync(2);
            Assert.Empty(await hub.StampAsync());
            await hub.PublishAsync();
            root = EvidenceCalls.RootFile(hub, _folder);
            Assert.Equal(0, await BackupCommand.RunAsync(["--data", data, "--to", backup]));
            await hub.SendLettersAsync(2);
            await hub.PublishAsync();
            Assert.Equal(ExitCode.Done, (await hub.DexAsync("log", "mirror", hub.LogAddress(), mirror)).Code);
        }
        Assert.Equal(0, RestoreCommand.Run(["--from", backup, "--data", restored]));
        EvidenceCalls.CopyFolder(Path.Combine(data, "keys"), Path.Combine(restored, "keys"));

        await using var again = await TestHub.StartAsync(restored);
        Assert.Single(SupplementFormat.TryParse(await again.SupplementAsync(receipt), out _)!.Heads);

        await again.PublishAsync();
        var fresh = _folder.At("fresh");
        Assert.Equal(ExitCode.Done, (await again.DexAsync("log", "mirror", again.LogAddress(), fresh)).Code);
        Assert.Equal(ExitCode.Done, (await again.DexAsync("verify", fresh, "--root", root)).Code);
        // The mirror from before holds more of the old log than the restored hub: it keeps that, and says so.
        var (code, said) = await again.DexAsync("log", "mirror", again.LogAddress(), mirror);
        Assert.True(code == ExitCode.Done, said);
        Assert.Contains("were lost in a restore", said, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await again.DexAsync("verify", mirror, "--root", root)).Code);
    }

    [Fact]
    public async Task What_was_not_yet_published_when_a_new_epoch_began_is_published_and_co_signed_all_the_same()
    {
        var (data, state) = (_folder.At("data"), _folder.At("witness"));
        string receipt, root;
        await using (var sandbox = await SandboxHost.StartAsync(_folder.At("sandbox"), 0, TimeProvider.System))
        await using (var hub = await StampedAsync(data, sandbox))
        {
            await hub.PublishAsync();
            root = EvidenceCalls.RootFile(hub, _folder);
            Assert.Equal(ExitCode.Done, (await hub.DexAsync("witness", hub.LogAddress(), "--state", state, "--root", root, "--once")).Code);
            await hub.FillAsync(50);
            receipt = await hub.SendLettersAsync(1);
            Assert.Empty(await hub.StampAsync());
        }
        Assert.Equal(0, await LogCommand.RunAsync(["new-epoch", "--reason", "exercise", "--data", data]));

        await using var again = await TestHub.StartAsync(data, options => (options.Witnesses, options.WitnessRoots) = ([state], Path.Combine(state, "keys", "unused.pem")), byHand: PublishLogJob.Key);
        Assert.Single(SupplementFormat.TryParse(await again.SupplementAsync(receipt), out _)!.Heads);

        await again.PublishAsync();
        var (code, said) = await again.DexAsync("witness", again.LogAddress(), "--state", state, "--root", root, "--once");
        Assert.Equal((ExitCode.Done, 2), (code, said.Split("Co-signed").Length - 1));
    }

    private static Task<TestHub> StampedAsync(string data, SandboxHost sandbox) => TestHub.StartAsync(data, options =>
    {
        options.TimestampAuthorities = [new Uri(sandbox.Address, "tsa").ToString()];
        options.TimestampRoots = sandbox.RootFile;
    }, byHand: StampHeadJob.Key);
}
