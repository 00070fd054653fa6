using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>After a restore the published log is made again from the store: the old epoch byte for byte, the new one behind it.</summary>
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
}
