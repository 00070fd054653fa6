using DocExchange.Hub.Operations;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>What a data folder may be opened as: each refusal is a sentence, and nothing is started anew in an old name.</summary>
public sealed class StoreRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;

    private string Store => Path.Combine(_folder, "store", "exchange.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_hub_on_the_folder_is_refused_and_the_first_goes_on()
    {
        await using var hub = await TestHub.StartAsync(_folder);

        Assert.Contains("in use by another hub process", await RefusalAsync(), StringComparison.Ordinal);

        (await hub.SendAsync(new Letter())).Ok();
    }

    [Fact]
    public async Task A_missing_store_is_not_started_empty_because_that_would_forget_acknowledged_documents()
    {
        await FillAsync();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "store"))) File.Delete(file);

        Assert.Contains("its store is missing", await RefusalAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(Store));
    }

    [Fact]
    public async Task An_empty_store_is_refused_where_the_folder_has_an_identity()
    {
        await FillAsync();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "store"))) File.Delete(file);
        await File.WriteAllBytesAsync(Store, []);

        Assert.Contains("its store is empty", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_folders_store_is_refused()
    {
        await FillAsync();
        var other = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
        try
        {
            await using (await TestHub.StartAsync(other)) { }
            File.Copy(Path.Combine(other, "store", "exchange.db"), Store, overwrite: true);
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }

        Assert.Contains("put back what belongs together", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused()
    {
        await FillAsync();
        Execute("PRAGMA user_version = 999");

        Assert.Contains("written by a newer version (schema 999", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM log WHERE idx = (SELECT max(idx) FROM log)")]
    [InlineData("UPDATE log SET hash = zeroblob(32) WHERE idx = (SELECT max(idx) FROM log)")]
    [InlineData("DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)")]
    [InlineData("DELETE FROM checkpoint")]
    [InlineData("DELETE FROM checkpoint; DELETE FROM log")]
    public async Task Removed_or_altered_log_rows_are_noticed_at_start(string tampering)
    {
        await FillAsync();
        Execute(tampering);

        Assert.Contains("entries were removed", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_receipts_are_byte_identical_and_everything_goes_on_where_it_was()
    {
        var letter = new Letter { To = ["H30.12", "H30.13"] };
        byte[] acceptance, refusal;
        string docId, refusedReceipt;
        await using (var hub = await TestHub.StartAsync(_folder))
        {
            docId = (await hub.SendAsync(letter)).Ok().DocId;
            acceptance = (await hub.ReceiptAsync(TestHub.Province, (await hub.TrackAsync(docId)).ReceiptId)).Bytes;
            refusedReceipt = (await hub.SendAsync(letter with { Subject = "khác" })).ReceiptId!;
            refusal = (await hub.ReceiptAsync(TestHub.Province, refusedReceipt)).Bytes;
        }

        await using var again = await TestHub.StartAsync(_folder);

        Assert.Equal(acceptance, (await again.ReceiptAsync(TestHub.Province, (await again.TrackAsync(docId)).ReceiptId)).Bytes);
        Assert.Equal(refusal, (await again.ReceiptAsync(TestHub.Province, refusedReceipt)).Bytes);
        Assert.Equal(docId, (await again.SendAsync(letter)).Ok().DocId);
        Assert.Equal(refusedReceipt, (await again.SendAsync(letter with { Subject = "khác" })).ReceiptId);
        Assert.NotEqual(docId, (await again.SendAsync(new Letter())).Ok().DocId);
        Assert.Equal(2, (await again.ListAsync(TestHub.Department)).Count);
    }

    [Fact]
    public async Task Production_refuses_sample_keys_and_demo_data()
    {
        await FillAsync();

        Assert.Contains("Demo is \"True\"; write false: Production refuses demo data", await RefusalAsync(o => (o.Mode, o.Demo) = (HubMode.Production, true)), StringComparison.Ordinal);
        Assert.Contains("ample", await RefusalAsync(o => o.Mode = HubMode.Production), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_refuses_a_folder_that_a_demonstration_filled()
    {
        await using (var demo = await TestHub.StartAsync(_folder, o => o.Demo = true)) { }

        Assert.Contains("holds demo data", await RefusalAsync(o => o.Mode = HubMode.Production), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_makes_no_sample_key_for_itself()
    {
        Assert.Contains("key", await RefusalAsync(o => o.Mode = HubMode.Production), StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Store));
    }

    private async Task FillAsync()
    {
        await using var hub = await TestHub.StartAsync(_folder);
        for (var i = 0; i < 3; i++) (await hub.SendAsync(new Letter())).Ok();
    }

    private async Task<string> RefusalAsync(Action<HubOptions>? configure = null)
    {
        var options = new HubOptions { Data = _folder, Port = 0 };
        configure?.Invoke(options);
        return (await Assert.ThrowsAsync<StartRefusedException>(() => HubApplication.OpenAsync(options, TimeProvider.System))).Message;
    }

    private void Execute(string sql)
    {
        using var database = Database.Open(Store, readOnly: false);
        database.Execute(sql);
    }
}
