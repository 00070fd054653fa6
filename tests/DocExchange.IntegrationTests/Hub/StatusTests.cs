using System.Text;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Statuses and cases of recall, update and replacement between a sender, a recipient with a system of its own, and a peer.</summary>
public sealed class StatusTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Recipient = "H30.13";
    private int _minute;

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_whole_handling_is_recorded_step_by_step_and_each_package_reaches_the_sender_unchanged()
    {
        var (letter, docId) = await SendAsync();
        var papers = new[] { "01", "03", "04", "05", "05", "06" }.Select(code => Report(letter, code)).ToList();
        foreach (var paper in papers) (await Hub.SendAsync(paper, HubFixture.Health)).Ok();

        Assert.Equal([1, 3, 4, 5, 5, 6], await CodesAsync(docId));
        var arrived = new HashSet<string>();
        foreach (var item in (await Hub.ListAsync(TestHub.Province, "status")).Where(i => i.From == Recipient))
        {
            using var copy = new MemoryStream();
            await Hub.Client(TestHub.Province).FetchAsync(item.DocId, copy);
            await Hub.Client(TestHub.Province).ConfirmAsync(item.DocId);
            arrived.Add(Encoding.UTF8.GetString(copy.ToArray()));
        }
        Assert.Superset(papers.Select(p => p.Text).ToHashSet(), arrived);
    }

    [Theory]
    [InlineData("02")]
    [InlineData("01", "02")]
    [InlineData("03", "02")]
    [InlineData("03", "06")]
    [InlineData("05")]
    [InlineData("03", "05", "04", "06")]
    public async Task Steps_that_occur_are_accepted_forward_jumps_and_a_return_after_acceptance_included(params string[] codes)
    {
        var (letter, docId) = await SendAsync();

        foreach (var code in codes) (await Hub.SendAsync(Report(letter, code), HubFixture.Health)).Ok();

        Assert.Equal(codes.Select(int.Parse), await CodesAsync(docId));
    }

    [Fact]
    public async Task A_recall_asked_for_reaches_the_recipient_and_15_ends_the_document()
    {
        var (letter, docId) = await SendAsync();
        var recall = Recall(letter);
        (await Hub.SendAsync(recall, TestHub.Province)).Ok();
        Assert.Contains(await Hub.ListAsync(HubFixture.Health, "status"), i => i.From == "H30" && i.To == Recipient);

        (await Hub.SendAsync(Report(letter, "15"), HubFixture.Health)).Ok();

        Assert.Equal([13, 15], await CodesAsync(docId));
        await Hub.RefusesAsync(() => Hub.SendAsync(Report(letter, "03"), HubFixture.Health), 22, "DX-7004", system: HubFixture.Health);
        await Hub.RefusesAsync(() => Hub.SendAsync(Recall(letter), TestHub.Province), 22, "DX-7004");
    }

    [Fact]
    public async Task A_recall_declined_leaves_the_document_as_it_was_and_may_be_asked_for_again()
    {
        var (letter, docId) = await SendAsync();
        (await Hub.SendAsync(Report(letter, "03"), HubFixture.Health)).Ok();
        (await Hub.SendAsync(Recall(letter), TestHub.Province)).Ok();
        (await Hub.SendAsync(Report(letter, "16"), HubFixture.Health)).Ok();

        (await Hub.SendAsync(Report(letter, "05"), HubFixture.Health)).Ok();
        (await Hub.SendAsync(Recall(letter), TestHub.Province)).Ok();

        Assert.Equal([3, 13, 16, 5, 13], await CodesAsync(docId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recall_by_package_and_by_status_13_is_one_case(bool packageFirst)
    {
        var (letter, _) = await SendAsync();
        var package = new Letter { To = [Recipient] }.Revoking(letter);
        var before = Hub.CountLeftovers().Cases;
        if (packageFirst) (await Hub.SendAsync(package)).Ok();
        (await Hub.SendAsync(Recall(letter), TestHub.Province)).Ok();
        if (!packageFirst) (await Hub.SendAsync(package)).Ok();

        Assert.Equal(before + 1, Hub.CountLeftovers().Cases);
        (await Hub.SendAsync(Report(letter, "15"), HubFixture.Health)).Ok();
        await Hub.RefusesAsync(() => Hub.SendAsync(Report(letter, "16"), HubFixture.Health), 22, "DX-7004", system: HubFixture.Health);
    }

    [Theory]
    [InlineData("update", "15")]
    [InlineData("update", "16")]
    [InlineData("replacement", "15")]
    [InlineData("replacement", "16")]
    [InlineData("revocation", "16")]
    public async Task A_package_opens_a_case_that_15_or_16_closes_once(string kind, string answer)
    {
        var (letter, docId) = await SendAsync();
        var further = new Letter { To = [Recipient] };
        var package = kind switch { "update" => further.Updating(letter), "replacement" => further.Replacing(letter, Recipient), _ => further.Revoking(letter) };
        (await Hub.SendAsync(package)).Ok();

        (await Hub.SendAsync(Report(letter, answer), HubFixture.Health)).Ok();

        Assert.Equal([int.Parse(answer)], await CodesAsync(docId));
        await Hub.RefusesAsync(() => Hub.SendAsync(Report(letter, answer), HubFixture.Health), 22, "DX-7004", system: HubFixture.Health);
        (await Hub.SendAsync(Report(letter, "03"), HubFixture.Health)).Ok();
    }

    [Fact]
    public async Task An_answer_may_name_the_package_that_asked_instead_of_the_document_it_asked_about()
    {
        var (letter, _) = await SendAsync();
        var package = new Letter { To = [Recipient] }.Revoking(letter);
        (await Hub.SendAsync(package)).Ok();

        (await Hub.SendAsync(Report(package, "15"), HubFixture.Health)).Ok();

        await Hub.RefusesAsync(() => Hub.SendAsync(Report(letter, "03"), HubFixture.Health), 22, "DX-7004", system: HubFixture.Health);
    }

    [Fact]
    public async Task Where_business_types_share_an_id_01_to_06_go_to_the_original_and_15_to_the_open_case()
    {
        var (letter, docId) = await SendAsync();
        var update = letter with { Type = "2", Business = $"<edXML:DocumentId>{letter.DocumentId}</edXML:DocumentId>" };
        var updated = (await Hub.SendAsync(update)).Ok();
        Assert.NotEqual(docId, updated.DocId);

        (await Hub.SendAsync(Report(letter, "03"), HubFixture.Health)).Ok();
        (await Hub.SendAsync(Report(letter, "15"), HubFixture.Health)).Ok();

        Assert.Equal([3, 15], await CodesAsync(docId));
        Assert.Empty(await CodesAsync(updated.DocId));
    }

    [Fact]
    public async Task A_status_about_one_of_two_senders_who_use_the_same_id_goes_to_the_one_it_names()
    {
        var mine = new Letter { To = [Recipient], Id = "id-chung-" + Guid.NewGuid() };
        var theirs = mine with { From = "H30.12" };
        var first = (await Hub.SendAsync(mine)).Ok();
        var second = (await Hub.SendAsync(theirs)).Ok();

        (await Hub.SendAsync(Report(theirs, "03") with { Addressee = "000.00.12.H30" }, HubFixture.Health)).Ok();

        Assert.Empty(await CodesAsync(first.DocId));
        Assert.Equal([3], await CodesAsync(second.DocId));
    }

    [Fact]
    public async Task A_peers_impossible_step_is_stored_with_a_warning_because_it_would_be_repeated_for_ever()
    {
        var letter = new Letter { To = ["G22"] };
        var sent = (await Hub.SendAsync(letter)).Ok();
        foreach (var code in new[] { "02", "04", "15" })
        {
            (await Hub.SendAsync(new StatusPaper(letter, "G22", code), TestHub.Peer)).Ok();
        }

        Assert.Equal([2, 4, 15], await CodesAsync(sent.DocId));
    }

    [Fact]
    public async Task A_peers_status_of_a_document_that_may_still_come_is_kept_and_passed_on_once()
    {
        var never = new Letter { From = "H30.12" };
        var paper = new StatusPaper(never, "G22", "03");
        var waiting = (await Hub.ListAsync(TestHub.Department, "status")).Count;

        var kept = (await Hub.SendAsync(paper, TestHub.Peer)).Ok();
        var again = (await Hub.SendAsync(paper, TestHub.Peer)).Ok();

        Assert.Equal(kept.DocId, again.DocId);
        Assert.Equal(waiting + 1, (await Hub.ListAsync(TestHub.Department, "status")).Count);
    }

    [Fact]
    public async Task A_peer_may_not_report_on_what_its_bodies_did_not_receive()
    {
        var (letter, _) = await SendAsync();

        await Hub.RefusesAsync(() => Hub.SendAsync(new StatusPaper(letter, "G22", "03"), TestHub.Peer), 19, "DX-7005", system: TestHub.Peer);
    }

    [Fact]
    public async Task A_peers_revocation_of_a_document_nobody_saw_is_delivered_with_a_warning()
    {
        var revocation = new Letter { From = "G22", To = [Recipient] }.Revoking(new Letter { From = "G22" });

        var sent = (await Hub.SendAsync(revocation, TestHub.Peer)).Ok();

        Assert.Equal([Recipient], (await Hub.TrackAsync(sent.DocId, TestHub.Peer)).Deliveries.Select(d => d.Agency));
    }

    private async Task<(Letter Letter, string DocId)> SendAsync()
    {
        var letter = new Letter { To = [Recipient] };
        return (letter, (await Hub.SendAsync(letter)).Ok().DocId);
    }

    private StatusPaper Report(Letter letter, string code) => new(letter, Recipient, code) { Timestamp = NextTime() };

    private StatusPaper Recall(Letter letter) => new(letter, "H30", "13") { Addressee = Recipient, Timestamp = NextTime() };

    private string NextTime() => $"2024/01/06 09:{_minute++:00}:00";

    private async Task<IEnumerable<int>> CodesAsync(string docId) => (await Hub.TrackAsync(docId)).Statuses.Select(s => s.Code);
}
