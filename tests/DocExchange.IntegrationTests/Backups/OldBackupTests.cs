using System.Text.Json;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Storage.Sqlite.Backups;

namespace DocExchange.IntegrationTests.Backups;

/// <summary>A backup is restored that the hub has left behind: everybody who asks can tell, and nothing is doubled by putting it right.</summary>
public sealed class OldBackupTests : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("docexchange-restore-").FullName;

    private string Data => Path.Combine(_work, "data");

    private string Backup => Path.Combine(_work, "backup");

    private string Restored => Path.Combine(_work, "restored");

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [Fact]
    public async Task Restoring_an_old_backup_is_seen_by_everybody_and_sending_again_doubles_nothing()
    {
        var (kept, lost) = (new Letter(), new Letter { File = [.. new Letter().File, .. new byte[300_000]] });
        string keptId, lostId, lostReceiptId, origin, lostItem;
        byte[] keptReceipt, lostReceipt;
        long cursor;
        await using (var hub = await TestHub.StartAsync(Data))
        {
            origin = hub.Hub.Store.Epoch.Origin;
            var first = (await hub.PostPackageAsync(kept.Bytes)).Is(201);
            (keptId, keptReceipt) = (first.DocId, await ReceiptAsync(hub, first.ReceiptId));
            await HubProgram.SucceedAsync("backup", "--to", Backup, "--data", Data);
            // After the backup the recipient answers what is in it, and a document comes that is not.
            await ConfirmAsync(hub, Assert.Single(await InboxAsync(hub)).GetProperty("itemId").GetString()!);
            var second = (await hub.PostPackageAsync(lost.Bytes)).Is(201);
            (lostId, lostReceiptId) = (second.DocId, second.ReceiptId);
            lostReceipt = await ReceiptAsync(hub, lostReceiptId);
            lostItem = Assert.Single(await InboxAsync(hub)).GetProperty("itemId").GetString()!;
            cursor = (await hub.GetAsync("events", TestHub.Department)).Is(200).Json.GetProperty("next").GetInt64();
        }

        await HubProgram.SucceedAsync("restore", "--from", Backup, "--data", Restored);
        HubProgram.CopyKeys(Data, Restored);
        await using var after = await TestHub.StartAsync(Restored);

        await AssertNewEpochAsync(after, origin, keptReceipt, lostReceipt);
        (await after.GetAsync("receipts/" + lostReceiptId, TestHub.Province)).Refuses(410, "DX-6003");
        (await after.GetAsync("documents/" + lostId, TestHub.Province)).Refuses(410, "DX-6003");
        (await after.PostJsonAsync($"inbox/{lostItem}/confirm", """{"result":"done"}""", TestHub.Department)).Refuses(404, "DX-6001");

        var doubtful = Assert.Single(await InboxAsync(after));
        Assert.True(doubtful.GetProperty("inDoubt").GetBoolean());
        await ConfirmAsync(after, doubtful.GetProperty("itemId").GetString()!);
        var again = (await after.PostPackageAsync(kept.Bytes)).Is(200);
        var anew = (await after.PostPackageAsync(lost.Bytes)).Is(201);
        Assert.Equal(keptId, again.DocId);
        Assert.NotEqual(lostId, anew.DocId);
        Assert.Equal(anew.DocId, (await after.PostPackageAsync(lost.Bytes)).Is(200).DocId);
        Assert.False(Assert.Single(await InboxAsync(after)).GetProperty("inDoubt").GetBoolean());
        // A reader who had followed the lost part misses nothing of what came after.
        var events = (await after.GetAsync($"events?after={cursor}", TestHub.Department)).Is(200).Json.GetProperty("events").EnumerateArray();
        Assert.Contains(events, e => e.GetProperty("docId").GetString() == anew.DocId && e.GetProperty("event").GetString() == "SubmissionAcceptance");
    }

    [Fact]
    public async Task A_backup_restored_twice_begins_two_different_epochs()
    {
        await using (await TestHub.StartAsync(Data)) await HubProgram.SucceedAsync("backup", "--to", Backup, "--data", Data);

        var epochs = Enumerable.Range(0, 3).Select(i => StoreRestore.Run(Backup, Restored + i, TimeProvider.System).Epoch).ToList();

        Assert.Equal(3, epochs.Select(e => e.Origin).Distinct().Count());
        Assert.All(epochs, e => Assert.True(e.Ordinal > 1));
    }

    private async Task AssertNewEpochAsync(TestHub after, string origin, byte[] keptReceipt, byte[] lostReceipt)
    {
        var head = BackupManifest.Read(Backup).Log;
        Assert.NotEqual(origin, after.Hub.Store.Epoch.Origin);
        var entry = await after.Hub.Store.Writer.RunAsync(session =>
        {
            var statement = session.Prepare("SELECT entry FROM log WHERE idx = ?1").Bind(1, after.Hub.Store.Ids.FirstNumber);
            Assert.True(statement.Step());
            var bytes = statement.Blob(0);
            statement.Reset();
            return EvidenceEntry.TryParse(bytes)!;
        });
        Assert.Equal(EvidenceEvents.LogStarted, entry.Event);
        Assert.StartsWith($"{after.Hub.Store.Epoch.Origin} after {origin} {head.Size} {head.Root}: restored from a backup of ", entry.Detail, StringComparison.Ordinal);
        // Both receipts are valid for ever; the checkpoint tells which of them the restore has lost.
        var (kept, lost) = (ReceiptVerifier.Verify(keptReceipt, null), ReceiptVerifier.Verify(lostReceipt, null));
        Assert.True(kept.Valid && lost.Valid);
        Assert.Equal((origin, origin), (kept.Checkpoint!.Origin, lost.Checkpoint!.Origin));
        Assert.True(kept.Receipt!.Index < head.Size && lost.Receipt!.Index >= head.Size);
        Assert.Equal(keptReceipt, await ReceiptAsync(after, kept.Receipt.Id));
    }

    private static async Task<byte[]> ReceiptAsync(TestHub hub, string id) => (await hub.GetAsync("receipts/" + id, TestHub.Province)).Is(200).Body;

    private static async Task<List<JsonElement>> InboxAsync(TestHub hub) =>
        [.. (await hub.GetAsync("inbox?kind=document", TestHub.Department)).Is(200).Json.GetProperty("items").EnumerateArray()];

    private static async Task ConfirmAsync(TestHub hub, string item) =>
        (await hub.PostJsonAsync($"inbox/{item}/confirm", """{"result":"done"}""", TestHub.Department)).Is(200);
}
