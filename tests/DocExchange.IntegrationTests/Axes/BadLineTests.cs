using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>Documents both ways while answers get lost, the line is cut and the hub is stopped in the middle: each arrives, and once.</summary>
public sealed class BadLineTests
{
    private static readonly string[] Operations = [VxpOperations.SendEdoc, VxpOperations.GetReceivedEdocList, VxpOperations.DownloadEdoc, VxpOperations.UpdateStatus];

    [Theory]
    [InlineData(20261121)]
    public async Task Everything_sent_over_a_bad_line_arrives_exactly_once_and_the_evidence_agrees(int seed)
    {
        var documents = int.TryParse(Environment.GetEnvironmentVariable("DOCEXCHANGE_AXIS_DOCUMENTS"), out var wanted) ? wanted : 60;
        var chance = new Random(seed);
        await using var line = await BrokenLine.StartAsync();
        await using var pair = await AxisPair.StartAsync(Settings, line.To);
        var sent = new List<string>();
        for (var i = 0; i < documents; i++)
        {
            if (chance.Next(6) == 0) line.LoseAnswers(Operations[chance.Next(Operations.Length)], chance.Next(1, 4));
            if (chance.Next(15) == 0) line.IsCut = !line.IsCut;
            if (i == documents / 3 || i == documents * 2 / 3) await pair.RestartAsync(Settings, line.To);
            sent.Add((await pair.Province.SendAsync(new Letter { To = [AxisPair.Ministry, "G22"], Priority = chance.Next(5).ToString() })).Ok().DocId);
            (await pair.Axis.SendAsync(new Letter { From = AxisPair.Ministry, To = ["H30.12"] }, TestHub.Peer)).Ok();
        }
        line.IsCut = false;

        await pair.UntilAsync(async () => (await pair.Axis.ListAsync(TestHub.Peer)).Count >= 2 * documents && (await pair.Axis.ListAsync(TestHub.Province)).Count == 0, "the exchange", 300);
        foreach (var docId in sent) await pair.UntilAsync(docId, DeliveryState.Relayed);

        var copies = await pair.Axis.ListAsync(TestHub.Peer);
        Assert.Equal(2 * documents, copies.Select(c => c.DocId).Distinct().Count());
        Assert.Equal(documents, copies.Select(c => c.DocId[..24]).Distinct().Count());
        Assert.Equal(documents, (await pair.Province.ListAsync(TestHub.Department)).Count);
        var relayed = pair.Province.Entries().Where(e => e.Event == EvidenceEvents.RelayAcceptance && e.DocumentId?.StartsWith("H30,", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(sent.Order(), relayed.Select(e => e.Document!).Order());
        var taken = pair.Axis.Entries().Where(e => e is { Event: EvidenceEvents.SubmissionAcceptance, Kind: "document", Sender: "H30" }).Select(e => Convert.ToHexString(e.Digest!)).Order();
        Assert.Equal(taken, relayed.Select(e => Convert.ToHexString(e.Digest!)).Order());
    }

    private static void Settings(DocExchange.Axis.Connector.AxisSettings settings)
    {
        settings.BreakerFailures = 3;
        settings.TimeoutSeconds = 5;
        settings.LongestRetrySeconds = 2;
    }
}
