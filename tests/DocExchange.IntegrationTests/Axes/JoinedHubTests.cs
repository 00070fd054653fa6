using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>The connector against the sandbox axis, which writes packages anew, and whose organisations answer as real ones do.</summary>
public sealed class JoinedHubTests
{
    [Fact]
    public async Task A_letter_to_a_ministry_arrives_with_its_attachment_and_every_status_comes_back_in_order()
    {
        await using var hub = await JoinedHub.StartAsync();
        hub.Axis.Set(new Correspondent("G22") { Scripts = ["01 03 04 05 06"] });
        var letter = new Letter { To = ["G22", "H30.12"] };

        var sent = (await hub.Province.SendAsync(letter)).Ok();
        await hub.StatusAsync(sent.DocId, 6);

        var held = Assert.Single(hub.Axis.Documents, d => d.DocumentId == letter.DocumentId && d.StatusCode is null);
        var relayed = Assert.Single(hub.Province.Entries(), e => e.Event == EvidenceEvents.RelayAcceptance);
        Assert.Equal((held.Digest, letter.DocumentId), (Convert.ToHexStringLower(relayed.Digest!), relayed.DocumentId));
        var track = await hub.Province.TrackAsync(sent.DocId);
        Assert.Equal([1, 3, 4, 5, 6], track.Statuses.Where(s => s.Reporter == "G22").Select(s => s.Code));
        Assert.Equal(5, (await hub.Province.ListAsync(TestHub.Province, VxpNames.MessageStatus)).Count);
        // A clerk's list once said 0 of 2 beside a document the ministry had finished.
        var listed = Assert.Single((await hub.Province.Store.SearchAsync(Scope.Everything(), new DocumentSearch { DocumentId = letter.DocumentId, Limit = 10 }, default)).Documents);
        Assert.Equal((2, 1), (listed.Copies, listed.Delivered));
    }

    [Fact]
    public async Task A_letter_of_a_ministry_reaches_the_department_and_its_statuses_reach_the_ministry()
    {
        await using var hub = await JoinedHub.StartAsync();
        var arrived = await hub.DeliverAsync("G22", "H30.12");
        var letter = new Letter { From = "G22", Id = arrived.DocumentId, Number = arrived.CodeNumber!, Notation = arrived.CodeNotation! };

        foreach (var code in (string[])["03", "06"]) (await hub.Province.SendAsync(new StatusPaper(letter, "H30.12", code), TestHub.Department)).Ok();

        await hub.UntilAsync(() => Task.FromResult(hub.Axis.Documents.Count(d => d.StatusCode is "03" or "06" && d.DocumentId == arrived.DocumentId) == 2), "the statuses' way to the ministry");
        Assert.All(hub.Axis.Documents.Where(d => d.SystemId is null), d => Assert.Equal("done", Assert.Single(d.Items).Status));
    }

    [Theory]
    [InlineData(true, 15)]
    [InlineData(false, 16)]
    public async Task A_recall_crosses_the_axis_and_the_ministry_agrees_or_refuses(bool agrees, int answer)
    {
        await using var hub = await JoinedHub.StartAsync();
        hub.Axis.Set(new Correspondent("G22") { Scripts = ["03"], AgreesToChanges = agrees });
        var letter = new Letter { To = ["G22"] };
        var sent = (await hub.Province.SendAsync(letter)).Ok();
        await hub.StatusAsync(sent.DocId, 3);

        (await hub.Province.SendAsync(new StatusPaper(letter, "H30", "13") { Addressee = "G22" }, TestHub.Province)).Ok();

        await hub.StatusAsync(sent.DocId, answer);
        Assert.Contains((await hub.Province.TrackAsync(sent.DocId)).Statuses, s => s.Code == 13);
    }

    [Theory]
    [InlineData(StatusForm.StatusElement)]
    [InlineData(StatusForm.IntegerCodes)]
    public async Task Statuses_in_the_forms_of_other_peers_are_understood(StatusForm form)
    {
        await using var hub = await JoinedHub.StartAsync();
        hub.Axis.Set(new Correspondent("G12") { Scripts = ["03 05 06"], Form = form });

        var sent = (await hub.Province.SendAsync(new Letter { To = ["G12"] })).Ok();

        await hub.StatusAsync(sent.DocId, 6);
        var statuses = (await hub.Province.TrackAsync(sent.DocId)).Statuses;
        Assert.Equal([3, 5, 6], statuses.Select(s => s.Code));
        Assert.All(statuses, s => Assert.InRange(s.At, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(2)));
    }

    [Fact]
    public async Task A_ministry_recalls_its_letter_and_the_departments_agreement_reaches_it()
    {
        await using var hub = await JoinedHub.StartAsync();
        hub.Axis.Set(new Correspondent("G17") { Recalls = 1 });
        var arrived = await hub.DeliverAsync("G17", "H30.12");
        var letter = new Letter { From = "G17", Id = arrived.DocumentId, Number = arrived.CodeNumber!, Notation = arrived.CodeNotation! };

        (await hub.Province.SendAsync(new StatusPaper(letter, "H30.12", "03"), TestHub.Department)).Ok();
        await hub.UntilAsync(async () => (await hub.Province.ListAsync(TestHub.Department, VxpNames.MessageStatus)).Count == 1, "the recall");
        (await hub.Province.SendAsync(new StatusPaper(letter, "H30.12", "15") { Timestamp = "2024/01/06 10:00:00" }, TestHub.Department)).Ok();

        await hub.UntilAsync(() => Task.FromResult(hub.Axis.Documents.Any(d => d.StatusCode == "15")), "the agreement's way to the ministry");
    }

    [Fact]
    public async Task An_item_that_a_line_damages_again_and_again_is_fetched_until_it_is_whole()
    {
        await using var hub = await JoinedHub.StartAsync();
        // Two and more spoiled fetches in a row: the answer may not be fail.
        hub.Axis.Faults.Set(new AxisFault(FaultKind.ForeignPage) { Operation = VxpOperations.DownloadEdoc, Times = 3 });

        await hub.DeliverAsync("G22", "H30.12");

        Assert.Equal("done", Assert.Single(hub.Axis.Documents).Items[0].Status);
    }
}
