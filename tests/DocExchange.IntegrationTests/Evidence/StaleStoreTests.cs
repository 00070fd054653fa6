using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Signing;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>A store that is behind what others hold must not sign: each way to get there is refused with a sentence, and only a person goes on.</summary>
public sealed class StaleStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Data => _folder.At("data");

    private string Older => _folder.At("older");

    private string WitnessState => _folder.At("witness");

    [Fact]
    public async Task An_older_store_under_the_newer_published_log_is_refused()
    {
        await MakeOlderCopyAsync();
        Directory.Delete(Path.Combine(Data, "store"), recursive: true);
        EvidenceCalls.CopyFolder(Path.Combine(Older, "store"), Path.Combine(Data, "store"));

        var refusal = await RefusalAsync(Data);

        Assert.Contains("the store is an older copy", refusal, StringComparison.Ordinal);
        Assert.Contains("bản sao cũ", refusal, StringComparison.Ordinal);
        Assert.Contains("log new-epoch --reason", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_older_folder_is_refused_where_a_witness_has_seen_more()
    {
        await MakeOlderCopyAsync();

        Assert.Contains("the store is an older copy", await RefusalAsync(Older), StringComparison.Ordinal);
        await using (await TestHub.StartAsync(Data, UseWitness)) { }
    }

    [Fact]
    public async Task Of_two_copies_that_both_signed_the_one_the_witness_does_not_know_is_refused()
    {
        await MakeOlderCopyAsync();
        await using (var copy = await TestHub.StartAsync(Older)) await copy.SendLettersAsync(9);

        Assert.Contains("a second copy of the folder has signed", await RefusalAsync(Older), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_from_before_a_new_epoch_is_refused_where_a_witness_knows_that_epoch()
    {
        await MakeOlderCopyAsync();
        Assert.Equal(0, await LogCommand.RunAsync(["new-epoch", "--reason", "exercise", "--data", Data]));
        await using (var hub = await TestHub.StartAsync(Data))
        {
            await hub.PublishAsync();
            await WitnessAsync(hub);
        }
        // All it still has of the log before is the name.
        Directory.Delete(Path.Combine(WitnessState, (await File.ReadAllLinesAsync(Path.Combine(WitnessState, "epochs")))[0].Split('/')[^1]), recursive: true);

        Assert.Contains("which this store has never heard of", await RefusalAsync(Older), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_witness_does_not_stop_the_hub()
    {
        await using var hub = await TestHub.StartAsync(Data, options => (options.Witnesses, options.WitnessRoots) = (["http://127.0.0.1:9/"], "unused.pem"));

        await hub.SendLettersAsync(1);
    }

    [Fact]
    public async Task An_operator_goes_on_in_a_new_log_that_names_the_lost_head_and_the_reason()
    {
        await MakeOlderCopyAsync();
        var published = new LogFolder(Directory.EnumerateDirectories(Path.Combine(Data, "log")).Single());
        var lost = published.ReadCheckpoint()!;
        Directory.Delete(Path.Combine(Data, "store"), recursive: true);
        EvidenceCalls.CopyFolder(Path.Combine(Older, "store"), Path.Combine(Data, "store"));

        Assert.Equal(0, await LogCommand.RunAsync(["new-epoch", "--reason", "disk lost, approved by 17", "--data", Data]));

        Assert.Equal(0, await LogCommand.RunAsync(["rebuild", "--data", Data]));
        await using var hub = await TestHub.StartAsync(Data, UseWitness);
        Assert.NotEqual(lost.Origin, hub.Hub.Store.Origin);
        // What was published of the lost log does not go back, neither by command nor by itself.
        await hub.PublishAsync();
        Assert.Equal(lost.Size, published.ReadCheckpoint()!.Size);
        var receipt = await hub.SendLettersAsync(1);
        Assert.True(ReceiptVerifier.Verify(await hub.ReceiptAsync(receipt), hub.Root()).Trusted);
        var first = FirstEntry(hub);
        Assert.Equal("LogStarted", first.Event);
        Assert.Equal($"{hub.Hub.Store.Origin} after {lost.Origin} {lost.Size} {Convert.ToBase64String(lost.Root)}: disk lost, approved by 17", first.Detail);
    }

    [Fact]
    public async Task A_new_log_that_a_crash_left_half_begun_is_finished_by_the_next_start()
    {
        await MakeOlderCopyAsync();
        DocExchange.Storage.Sqlite.SqliteStore.BeginEpoch(new DocExchange.Storage.StoreOptions(Data, "docexchange"), TimeProvider.System, [], "crash");

        await using var hub = await TestHub.StartAsync(Data);

        Assert.Contains("crash", FirstEntry(hub).Detail, StringComparison.Ordinal);
        Assert.Contains(hub.Hub.Store.Origin, await File.ReadAllTextAsync(Path.Combine(Data, "identity.json")), StringComparison.Ordinal);
    }

    private static EvidenceEntry FirstEntry(TestHub hub)
    {
        using var database = DocExchange.Storage.Sqlite.Database.Open(Path.Combine(hub.Folder, "store", "exchange.db"), readOnly: true);
        var entry = database.Prepare("SELECT entry FROM log WHERE idx >= ?1 ORDER BY idx LIMIT 1").Bind(1, hub.Hub.Store.Ids.FirstNumber).ReadAll(row => row.Blob(0)).Single();
        return EvidenceEntry.TryParse(entry) ?? throw new InvalidDataException(Encoding.UTF8.GetString(entry));
    }

    /// <summary>A folder, its copy from before some documents, and a witness that has seen those.</summary>
    private async Task MakeOlderCopyAsync()
    {
        await using (var hub = await TestHub.StartAsync(Data)) await hub.PublishAsync();
        EvidenceCalls.CopyFolder(Data, Older);
        await using var newer = await TestHub.StartAsync(Data);
        await newer.SendLettersAsync(3);
        await newer.PublishAsync();
        await WitnessAsync(newer);
    }

    private async Task WitnessAsync(TestHub hub)
    {
        using var key = KeyStore.OpenOrCreate(Path.Combine(WitnessState, "keys"), "Witness", TimeProvider.System, allowSample: true);
        Assert.Equal(Sighting.Cosigned, (await new LogWitness(new LogSource(hub.LogFolder(), hub.Http), WitnessState, key, hub.Root(), TimeProvider.System).ObserveAsync(default))[^1].Sighting);
    }

    private void UseWitness(HubOptions options) => (options.Witnesses, options.WitnessRoots) = ([WitnessState], "unused.pem");

    private async Task<string> RefusalAsync(string folder)
    {
        var options = new HubOptions { Data = folder, Port = 0 };
        UseWitness(options);
        return (await Assert.ThrowsAsync<StartRefusedException>(() => HubApplication.OpenAsync(options, TimeProvider.System))).Message;
    }
}
