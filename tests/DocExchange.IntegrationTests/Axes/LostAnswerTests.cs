using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>The line between hub and axis fails at the worst moments: nothing is lost, nothing arrives as two.</summary>
public sealed class LostAnswerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_whose_answer_was_lost_is_settled_by_the_axis_list_or_by_the_same_bytes_again(bool lookForSent)
    {
        await using var line = await BrokenLine.StartAsync();
        await using var pair = await AxisPair.StartAsync(s => s.LookForSent = lookForSent, line.To);
        line.LoseAnswers(VxpOperations.SendEdoc, 1);

        var sent = (await pair.Province.SendAsync(new Letter { To = [AxisPair.Ministry] })).Ok();
        await pair.UntilAsync(sent.DocId, DeliveryState.Relayed);

        Assert.Single(await pair.Axis.ListAsync(TestHub.Peer));
        Assert.Equal(lookForSent ? 1 : 2, line.Seen(VxpOperations.SendEdoc));
        Assert.Single(pair.Province.Entries(), e => e.Event == EvidenceEvents.RelayAcceptance);
        Assert.Equal([2, 0], Attempts(pair));
    }

    [Fact]
    public async Task A_dead_letter_whose_answer_was_lost_is_looked_for_at_the_axis_when_it_is_requeued()
    {
        await using var line = await BrokenLine.StartAsync();
        await using var pair = await AxisPair.StartAsync(s => s.Attempts = 1, line.To);
        line.LoseAnswers(VxpOperations.SendEdoc, 1);
        var sent = (await pair.Province.SendAsync(new Letter { To = [AxisPair.Ministry] })).Ok();
        await pair.UntilAsync(sent.DocId, DeliveryState.Failed);

        var dead = Assert.Single((await pair.Province.TrackAsync(sent.DocId)).Deliveries);
        Assert.True(await pair.Province.Store.SettleDeadLetterAsync(dead.ItemId, requeue: true, "test", default));
        await pair.UntilAsync(sent.DocId, DeliveryState.Relayed);

        Assert.Single(await pair.Axis.ListAsync(TestHub.Peer));
        Assert.Equal(1, line.Seen(VxpOperations.SendEdoc));
    }

    [Fact]
    public async Task A_hub_that_ended_between_sending_and_recording_sends_the_same_bytes_again()
    {
        await using var line = await BrokenLine.StartAsync();
        await using var pair = await AxisPair.StartAsync(s => s.LookForSent = false, line.To);
        line.HoldAnswers(VxpOperations.SendEdoc);
        var sent = (await pair.Province.SendAsync(new Letter { To = [AxisPair.Ministry] })).Ok();
        await pair.UntilAsync(async () => (await pair.Axis.ListAsync(TestHub.Peer)).Count == 1, "the arrival at the axis");

        // What is under way is not recorded at a stop: the folder is as a kill would leave it.
        line.HoldAnswers(null);
        await pair.RestartAsync(s => s.LookForSent = false, line.To);
        await pair.UntilAsync(sent.DocId, DeliveryState.Relayed);

        Assert.Single(await pair.Axis.ListAsync(TestHub.Peer));
        Assert.Equal(2, line.Seen(VxpOperations.SendEdoc));
        Assert.Equal(1, line.DifferentBodies(VxpOperations.SendEdoc));
    }

    [Fact]
    public async Task An_axis_that_is_away_delays_no_local_document_costs_one_entry_of_evidence_and_gets_its_backlog_when_it_is_back()
    {
        await using var line = await BrokenLine.StartAsync();
        await using var pair = await AxisPair.StartAsync(s => s.BreakerFailures = 2, line.To);
        line.IsCut = true;
        for (var i = 0; i < 12; i++) (await pair.Province.SendAsync(new Letter { To = [AxisPair.Ministry, "H30.12"], Priority = (i % 5).ToString() })).Ok();
        await pair.UntilAsync(() => Task.FromResult(pair.Connection.Relay.Breaker.IsOpen), "the breaker");

        Assert.Equal(12, (await pair.Province.ListAsync(TestHub.Department)).Count);
        line.IsCut = false;
        await pair.UntilAsync(async () => (await pair.Axis.ListAsync(TestHub.Peer)).Count == 12, "the backlog's arrival");

        var entries = pair.Province.Entries();
        Assert.Single(entries, e => e.Event == EvidenceEvents.ConnectionLost);
        Assert.Single(entries, e => e.Event == EvidenceEvents.ConnectionRestored);
        Assert.DoesNotContain(entries, e => e.Event == EvidenceEvents.RelayFailure);
    }

    [Theory]
    [InlineData(VxpOperations.GetReceivedEdocList)]
    [InlineData(VxpOperations.DownloadEdoc)]
    [InlineData(VxpOperations.UpdateStatus)]
    public async Task What_comes_from_the_axis_arrives_once_also_when_answers_get_lost(string operation)
    {
        await using var line = await BrokenLine.StartAsync();
        await using var pair = await AxisPair.StartAsync(address: line.To);
        line.LoseAnswers(operation, 3);

        (await pair.Axis.SendAsync(new Letter { From = AxisPair.Ministry, To = ["H30.12"] }, TestHub.Peer)).Ok();
        await pair.UntilAsync(async () => (await pair.Axis.ListAsync(TestHub.Province)).Count == 0, "the answer");

        Assert.Single(await pair.Province.ListAsync(TestHub.Department));
    }

    private static IReadOnlyList<int> Attempts(AxisPair pair)
    {
        using var database = Database.Open(Path.Combine(pair.Folder, "store", "exchange.db"), readOnly: true);
        return database.ReadAll("SELECT outcome FROM relay_attempt ORDER BY call, number", row => row.Int(0));
    }
}
