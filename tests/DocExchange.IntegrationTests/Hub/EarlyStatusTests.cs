using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>What a peer says of a document before the document comes: passed on, linked when it comes, given up with an alarm when it never does.</summary>
public sealed class EarlyStatusTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly DateTimeOffset Tomorrow = DateTimeOffset.UtcNow.AddDays(1);

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_status_that_came_first_is_part_of_the_documents_history_once_it_comes()
    {
        var letter = new Letter { To = ["G22", "H30.12"] };
        var early = (await Hub.SendAsync(new StatusPaper(letter, "G22", "03"), TestHub.Peer)).Ok();

        var sent = (await Hub.SendAsync(letter)).Ok();

        var track = await Hub.TrackAsync(sent.DocId);
        Assert.Equal([3], track.Statuses.Select(s => s.Code));
        var linked = Hub.Entries().Last(e => e.Event == EvidenceEvents.AwaitedDocumentArrived);
        Assert.Equal((sent.DocId, early.DocId, "G22"), (linked.Document, linked.Detail, linked.Recipient));
        Assert.Contains(track.Events, e => e.Event == EvidenceEvents.AwaitedDocumentArrived);
    }

    [Fact]
    public async Task Its_repetition_in_other_words_is_known_as_one_also_after_the_document_came()
    {
        var letter = new Letter { To = ["G22"], Id = "mã số 𝒜|" + Guid.NewGuid() };
        var paper = new StatusPaper(letter, "G22", "05");
        var first = (await Hub.SendAsync(paper, TestHub.Peer)).Ok();
        var sent = (await Hub.SendAsync(letter)).Ok();

        var again = (await Hub.SendAsync(paper with { Description = "other words" }, TestHub.Peer)).Ok();

        Assert.Equal(first.DocId, again.DocId);
        Assert.Equal([5], (await Hub.TrackAsync(sent.DocId)).Statuses.Select(s => s.Code));
    }

    [Fact]
    public async Task A_status_of_one_who_is_no_recipient_is_not_linked()
    {
        var letter = new Letter { To = ["H30.12"] };
        await Hub.SendAsync(new StatusPaper(letter, "G22", "03"), TestHub.Peer);

        var sent = (await Hub.SendAsync(letter)).Ok();

        Assert.Empty((await Hub.TrackAsync(sent.DocId)).Statuses);
    }

    [Fact]
    public async Task A_peers_recall_that_came_first_is_answered_when_the_document_has_come()
    {
        var letter = new Letter { From = "G22", To = [HubRecipient] };
        (await Hub.SendAsync(new StatusPaper(letter, "G22", "13") { Addressee = HubRecipient }, TestHub.Peer)).Ok();
        (await Hub.SendAsync(letter, TestHub.Peer)).Ok();

        (await Hub.SendAsync(new StatusPaper(letter, HubRecipient, "15"), HubFixture.Health)).Ok();

        await Hub.RefusesAsync(() => Hub.SendAsync(new StatusPaper(letter, HubRecipient, "03") { Timestamp = "2024/01/06 10:00:00" }, HubFixture.Health), 22, "DX-7004", system: HubFixture.Health);
    }

    [Fact]
    public async Task A_peers_revocation_that_came_first_is_answered_when_the_document_has_come()
    {
        var letter = new Letter { From = "G22", To = [HubRecipient] };
        (await Hub.SendAsync(new Letter { From = "G22", To = [HubRecipient] }.Revoking(letter), TestHub.Peer)).Ok();
        (await Hub.SendAsync(letter, TestHub.Peer)).Ok();

        (await Hub.SendAsync(new StatusPaper(letter, HubRecipient, "16"), HubFixture.Health)).Ok();
    }

    [Fact]
    public async Task A_document_that_never_comes_ends_the_wait_with_evidence_and_an_alarm()
    {
        var letter = new Letter { To = ["G22"] };
        var early = (await Hub.SendAsync(new StatusPaper(letter, "G22", "03"), TestHub.Peer)).Ok();
        Assert.Equal(0, await Hub.Hub.Store.ExpireAwaitedAsync(DateTimeOffset.UtcNow.AddHours(-1), default));

        Assert.InRange(await Hub.Hub.Store.ExpireAwaitedAsync(Tomorrow, default), 1, 10);
        Assert.Equal(0, await Hub.Hub.Store.ExpireAwaitedAsync(Tomorrow, default));

        var entry = Hub.Entries().Single(e => e.Event == EvidenceEvents.AwaitedDocumentMissing && e.DocumentId == letter.DocumentId);
        Assert.Equal((early.DocId, TestHub.Peer), (entry.Document, entry.Caller));
        Assert.Contains(Hub.Hub.Store.Alarms.All, a => a.Kind == AlarmKind.StatusExpired && a.Subject == TestHub.Peer);
        var late = (await Hub.SendAsync(letter)).Ok();
        Assert.Empty((await Hub.TrackAsync(late.DocId)).Statuses);
    }

    private const string HubRecipient = "H30.13";
}
