using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>Whatever changes a table leaves a leaf in the same transaction: walked operation by operation, and row by row.</summary>
public sealed class EveryEventTests : IClassFixture<HubFixture>
{
    private readonly TestHub _hub;

    public EveryEventTests(HubFixture fixture) => _hub = fixture.Hub;

    [Fact]
    public async Task A_documents_whole_life_is_in_the_log_each_step_once_and_in_its_order()
    {
        var letter = new Letter { To = ["H30.13"] };
        var sent = (await _hub.PostPackageAsync(letter.Bytes)).Is(201);
        var items = (await _hub.GetAsync("inbox", HubFixture.Health)).Is(200).Json.GetProperty("items").EnumerateArray();
        var item = items.Single(i => i.GetProperty("documentId").GetString() == letter.DocumentId).GetProperty("itemId").GetString()!;
        (await _hub.GetAsync($"inbox/{item}/content", HubFixture.Health)).Is(200);
        (await _hub.PostJsonAsync($"inbox/{item}/confirm", """{"result":"done"}""", HubFixture.Health)).Is(200);
        (await _hub.PostPackageAsync(new StatusPaper(letter, "H30", "13") { Addressee = "H30.13" }.Bytes)).Is(201);
        (await _hub.PostPackageAsync(new StatusPaper(letter, "H30.13", "15") { Timestamp = "2024/01/07 09:00:00" }.Bytes, HubFixture.Health)).Is(201);

        Assert.Equal(
            [
                EvidenceEvents.SubmissionAcceptance, EvidenceEvents.ContentAccessTracking, EvidenceEvents.ContentHandover, EvidenceEvents.StatusReported,
                EvidenceEvents.RecallOpened, EvidenceEvents.RecallClosed,
            ],
            Entries().Where(e => e.Document == sent.DocId).Select(e => e.Event));
        Assert.Equal(["13", "15"], Entries().Where(e => e.Event == EvidenceEvents.SubmissionAcceptance && e.Detail == sent.DocId).Select(e => e.StatusCode));
    }

    [Fact]
    public void Every_row_that_witnesses_has_its_leaf_and_every_leaf_is_that_of_its_entry()
    {
        using var database = Database.Open(Path.Combine(_hub.Folder, "store", "exchange.db"), readOnly: true);
        foreach (var orphans in (string[])
        [
            "SELECT count(*) FROM document d LEFT JOIN log l ON l.idx = d.receipt_index WHERE l.entry IS NULL",
            "SELECT count(*) FROM refusal r LEFT JOIN log l ON l.idx = r.receipt_index WHERE l.entry IS NULL",
            "SELECT count(*) FROM delivery v WHERE v.state = 2 AND NOT EXISTS (SELECT 1 FROM log l WHERE l.document = v.document AND instr(l.entry, CAST('\"ContentHandover\"' AS BLOB)) > 0)",
            "SELECT count(*) FROM change_case c WHERE c.kind = 1 AND NOT EXISTS (SELECT 1 FROM log l WHERE l.document = coalesce(c.target, c.opened_by) AND instr(l.entry, CAST('\"RecallOpened\"' AS BLOB)) > 0)",
            "SELECT count(*) FROM log l WHERE l.document IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document d WHERE d.number = l.document)",
            "SELECT (SELECT count(*) FROM agency) > (SELECT count(*) FROM log WHERE instr(entry, CAST('\"DirectoryChanged\"' AS BLOB)) > 0)",
            "SELECT (SELECT count(*) FROM credential) > (SELECT count(*) FROM log WHERE instr(entry, CAST('\"CredentialChanged\"' AS BLOB)) > 0)",
        ])
        {
            Assert.Equal(0, database.Prepare(orphans).RunScalar());
        }
        var leaves = database.Prepare("SELECT hash, salt, entry FROM log ORDER BY idx").ReadAll(row => (Hash: row.Blob(0), Salt: row.Blob(1), Entry: row.Blob(2)));
        Assert.NotEmpty(leaves);
        Assert.All(leaves, leaf => Assert.Equal(MerkleHash.Leaf(leaf.Salt, leaf.Entry), leaf.Hash));
        Assert.All(leaves, leaf => Assert.True(EvidenceEntry.TryParse(leaf.Entry) is not null, Encoding.UTF8.GetString(leaf.Entry)));
    }

    [Fact]
    public async Task Other_settings_at_a_start_are_in_the_log_and_the_same_ones_are_not_again()
    {
        using var folder = new TemporaryFolder();
        await using (await TestHub.StartAsync(folder.Path)) { }
        await using (await TestHub.StartAsync(folder.Path)) { }
        await using (await TestHub.StartAsync(folder.Path, options => options.MailboxListLimit = 77)) { }

        using var database = Database.Open(Path.Combine(folder.Path, "store", "exchange.db"), readOnly: true);
        var changes = Entries(database).Where(e => e.Event == EvidenceEvents.SettingsChanged).ToList();
        Assert.Equal([null, "MailboxListLimit"], changes.Select(e => e.Detail));
        Assert.NotEqual(changes[0].Digest, changes[1].Digest);
    }

    /// <summary>What the benchmark compares with: were it to accept less, the cost of evidence would look smaller than it is.</summary>
    [Fact]
    public async Task Without_its_log_a_hub_accepts_and_lists_as_ever_and_witnesses_nothing()
    {
        await using var hub = await TestHub.StartAsync(adjust: options => options with { WithoutLog = true });
        await hub.SendLettersAsync(3);

        Assert.Equal(3, (await hub.GetAsync("inbox", TestHub.Department)).Is(200).Json.GetProperty("items").GetArrayLength());
        using var database = Database.Open(Path.Combine(hub.Folder, "store", "exchange.db"), readOnly: true);
        Assert.Empty(Entries(database));
    }

    private List<EvidenceEntry> Entries()
    {
        using var database = Database.Open(Path.Combine(_hub.Folder, "store", "exchange.db"), readOnly: true);
        return Entries(database);
    }

    private static List<EvidenceEntry> Entries(Database database) => database.Prepare("SELECT entry FROM log ORDER BY idx").ReadAll(row => EvidenceEntry.TryParse(row.Span(0))!);
}
