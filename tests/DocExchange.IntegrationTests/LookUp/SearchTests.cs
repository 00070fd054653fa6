using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.LookUp;

public sealed class SearchTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition_while_new_documents_arrive()
    {
        var sent = new List<string>();
        for (var i = 0; i < 25; i++) sent.Add((await fixture.Hub.SendAsync(new Letter { Subject = "Công văn noitrang" })).Ok().DocId);
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await fixture.Hub.Store.SearchAsync(Scope.Everything(), new DocumentSearch { Words = ["noitrang"], Limit = 10, After = after }, default);
            seen.AddRange(page.Documents.Select(d => d.DocId));
            after = page.Next;
            await fixture.Hub.SendAsync(new Letter { Subject = "Công văn noitrang đến sau" });
        }
        while (after is not null);

        Assert.Equal(sent.AsEnumerable().Reverse(), seen);
    }

    [Fact]
    public async Task A_beginning_longer_than_the_index_holds_is_decided_by_the_rows()
    {
        var letter = new Letter { Number = "5", Notation = "QĐ-BCĐPCTTTKCN-VPTT" };
        var id = (await fixture.Hub.SendAsync(letter)).Ok().DocId;
        await fixture.Hub.SendAsync(new Letter { Number = "5", Notation = "QĐ-BCĐPCTTTKCN-KHAC" });

        var found = await fixture.Hub.Store.SearchAsync(Scope.Everything(), new DocumentSearch { Code = "5/qd-bcdpctttkcn-v" }, default);

        Assert.Equal([id], found.Documents.Select(d => d.DocId));
    }

    [Fact]
    public async Task Status_packages_are_not_searched_and_a_refused_document_leaves_no_trace_in_the_index()
    {
        var letter = new Letter { Subject = "Công văn khongdauvet", To = ["H30.13"] };
        (await fixture.Hub.SendAsync(letter)).Ok();
        (await fixture.Hub.SendAsync(new StatusPaper(letter, "H30.13", "03"), HubFixture.Health)).Ok();
        // The same DocumentId with other bytes is refused inside the commit.
        await fixture.Hub.SendAsync(letter with { Subject = "Công văn khongdauvet khác" });

        var found = await fixture.Hub.Store.SearchAsync(Scope.Everything(), new DocumentSearch { Words = ["khongdauvet"] }, default);

        Assert.Single(found.Documents);
        Assert.Equal("Công văn khongdauvet", found.Documents[0].Subject);
    }

    [Fact]
    public async Task An_index_that_was_lost_is_filled_again_from_the_documents_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
        try
        {
            string id;
            await using (var hub = await TestHub.StartAsync(folder)) id = (await hub.SendAsync(new Letter { Subject = "Công văn lapchimuc", To = ["H30.12", "H30.13"] })).Ok().DocId;
            using (var database = Database.Open(Path.Combine(folder, "store", "exchange.db"), readOnly: false))
            {
                database.Execute("INSERT INTO look_up (look_up) VALUES ('delete-all'); INSERT INTO meta (key, value) VALUES ('look_up', '0')");
            }
            await using var again = await TestHub.StartAsync(folder);
            var scope = Scope.OfAgencies(new HashSet<long> { again.Agency("H30.13").Id });

            Assert.Equal([id], (await again.Store.SearchAsync(scope, new DocumentSearch { Words = ["lapchimuc"] }, default)).Documents.Select(d => d.DocId));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
