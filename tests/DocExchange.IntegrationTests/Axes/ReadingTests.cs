using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>
/// Nobody knows how the real axis reads what the protocol leaves open (docs/sandbox.md): whatever it does, with answers lost on the way, documents
/// and statuses cross once, and docs/axis.md claims "never twice at the axis" only where the reading lets it be true.
/// </summary>
public sealed class ReadingTests(JoinedHubFixture joined) : IClassFixture<JoinedHubFixture>
{
    private const string UnknownThere = "000.00.00.A80";

    private static readonly AxisReadings Default = new();

    /// <summary>Every switch at every value, the others at their defaults; and whether a repeated package is one document there.</summary>
    private static readonly Dictionary<string, (AxisReadings Readings, bool IsOnce)> All = new()
    {
        ["as it starts"] = (Default, false),
        ["repeats sameBytesAnsweredAgain"] = (Default with { Repeats = Repeats.SameBytesAnsweredAgain }, true),
        ["repeats sameIdAnsweredAgain"] = (Default with { Repeats = Repeats.SameIdAnsweredAgain }, true),
        ["repeats sameIdRefused"] = (Default with { Repeats = Repeats.SameIdRefused }, true),
        ["itemsPer system"] = (Default with { ItemsPer = ItemsPer.System }, false),
        ["listed unfetched"] = (Default with { Listed = Listed.Unfetched }, false),
        ["listed everything"] = (Default with { Listed = Listed.Everything }, false),
        ["listedInPeriod unanswered"] = (Default with { ListedInPeriod = ListedInPeriod.Unanswered, Listed = Listed.Unfetched }, false),
        ["periodBounds withoutEnd"] = (Default with { PeriodBounds = PeriodBounds.WithoutEnd, Listed = Listed.Unfetched }, false),
        ["periodBounds exclusive"] = (Default with { PeriodBounds = PeriodBounds.Exclusive, Listed = Listed.Unfetched }, false),
        ["periodTime updated"] = (Default with { PeriodTime = PeriodTime.Updated, Listed = Listed.Unfetched }, false),
        ["listOrder newestFirst"] = (Default with { ListOrder = ListOrder.NewestFirst }, false),
        ["listLimit 2"] = (Default with { ListLimit = 2 }, false),
        ["zone utc"] = (Default with { Zone = AxisZone.Utc, Listed = Listed.Unfetched }, false),
        ["sentListId documentId"] = (Default with { SentListId = SentListId.DocumentId }, true),
        ["sentListId either"] = (Default with { SentListId = SentListId.Either }, true),
        ["to ignored"] = (Default with { To = ToMeans.Ignored }, false),
        ["unknownReceivers failThatOne"] = (Default with { UnknownReceivers = UnknownReceivers.FailThatOne }, false),
        ["docIds uuid"] = (Default with { DocIds = DocIdForm.Uuid }, false),
        ["timestampWindowSeconds 60"] = (Default with { TimestampWindowSeconds = 60 }, false),
        ["rewrites false"] = (Default with { Rewrites = false }, false),
        ["fetchesDiffer true"] = (Default with { FetchesDiffer = true }, false),
        ["fetchAfterAnswer false"] = (Default with { FetchAfterAnswer = false }, false),
        ["downloads false"] = (Default with { Downloads = false }, false),
        ["refusalsHaveHttpStatus true"] = (Default with { RefusalsHaveHttpStatus = true }, false),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Fact]
    public void Every_switch_of_the_sandbox_axis_is_tried() =>
        Assert.Empty(typeof(AxisReadings).GetProperties().Where(p => p.GetMethod!.IsPublic && !All.Values.Any(v => !Equals(p.GetValue(v.Readings), p.GetValue(Default)))).Select(p => p.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task However_the_axis_reads_the_protocol_documents_and_statuses_cross_once(string reading)
    {
        var (readings, isOnce) = All[reading];
        var hub = await joined.BeginAsync(readings);
        LoseAnswers(hub.Axis);

        var letters = new[] { new Letter { To = ["G22"] }, new Letter { To = ["G22", "H30.12"] }, new Letter { To = ["G22", UnknownThere] } };
        var sent = new List<string> { (await hub.Province.SendAsync(letters[0])).Ok().DocId };
        // It is the first whose answer is lost.
        await hub.UntilAsync(() => Task.FromResult(hub.Axis.Seen.Of(VxpOperations.SendEdoc).Count > 0), "the first call");
        foreach (var letter in letters[1..]) sent.Add((await hub.Province.SendAsync(letter)).Ok().DocId);
        foreach (var to in (string[][])[["H30.12"], ["H30.12", "H30.01"], ["H30.12"]]) await hub.Axis.DeliverAsync(new SampleLetter("G14", to));
        var returned = readings.To == ToMeans.Ignored ? 1 : 0;

        await Polled.UntilAsync(async () => await joined.PassAsync() && await AreReportedAsync(hub, sent, returned > 0 ? 2 : 3) && AllAnswered(hub.Axis), reading);

        await AssertSentAsync(hub, sent, readings.Repeats == Repeats.SameIdRefused, returned > 0);
        var copies = hub.Axis.Documents.Where(d => d.SystemId is not null && d.StatusCode is null).ToList();
        Assert.Equal(isOnce ? 1 : 2, copies.Count(d => d.DocumentId == letters[0].DocumentId));
        Assert.Single(copies, d => d.DocumentId == letters[1].DocumentId);
        Assert.Single(copies.GroupBy(d => d.DocumentId).Select(same => same.Select(d => d.Digest).Distinct().Count()).Distinct());
        await AssertTakenAsync(hub, readings.FetchesDiffer);
        Assert.Equal(returned, hub.Axis.Documents.Where(d => d.SystemId is not null).SelectMany(d => d.Items).Count(i => i.Mailbox == TestHub.Province));
    }

    private static void LoseAnswers(SandboxAxis axis)
    {
        axis.Faults.Set(new AxisFault(FaultKind.Drop) { Operation = VxpOperations.SendEdoc, Times = 1, AfterProcessing = true });
        axis.Faults.Set(new AxisFault(FaultKind.Drop) { Operation = VxpOperations.UpdateStatus, Skip = 1, Times = 1, AfterProcessing = true });
        axis.Faults.Set(new AxisFault(FaultKind.Truncate) { Operation = VxpOperations.DownloadEdoc, Skip = 1, Times = 1 });
        axis.Faults.Set(new AxisFault(FaultKind.Truncate) { Operation = VxpOperations.GetEdoc, Skip = 1, Times = 1 });
    }

    private static bool AllAnswered(SandboxAxis axis) => axis.Documents.SelectMany(d => d.Items).Where(i => i.Mailbox == TestHub.Province).All(i => i.Status == "done");

    private static async Task<bool> AreReportedAsync(JoinedHub hub, IReadOnlyList<string> sent, int reported)
    {
        foreach (var (index, docId) in sent.Index())
        {
            var track = await hub.Province.TrackAsync(docId);
            if (track.Deliveries.Any(d => d.Agency != "H30.12" && d.State is not (DeliveryState.Relayed or DeliveryState.Delivered or DeliveryState.Failed)) || (index < reported && !track.Statuses.Any(s => s.Code == 3))) return false;
        }
        return true;
    }

    /// <summary>Relayed, and what the axis does not know is a dead letter, at once or by its own list.</summary>
    private static async Task AssertSentAsync(JoinedHub hub, IReadOnlyList<string> sent, bool mayBeRefusedAgain, bool isToIgnored)
    {
        await hub.Connection.Reconciliation.RunAsync(default);
        foreach (var docId in sent)
        {
            foreach (var delivery in (await hub.Province.TrackAsync(docId)).Deliveries.Where(d => d.Agency != "H30.12"))
            {
                var isRefusedWhole = docId == sent[2] && isToIgnored;
                if (delivery.Agency == UnknownThere || isRefusedWhole) Assert.Equal(DeliveryState.Failed, delivery.State);
                else if (mayBeRefusedAgain && delivery.State == DeliveryState.Failed) Assert.Contains("may have arrived", delivery.StateText, StringComparison.Ordinal);
                else Assert.Equal(DeliveryState.Delivered, delivery.State);
            }
        }
    }

    private async Task AssertTakenAsync(JoinedHub hub, bool mayDiffer)
    {
        var arrived = await joined.EmptyAsync(TestHub.Department);
        // One of the province's own, and three of the ministry's.
        Assert.Equal(4, arrived.Select(e => e.DocumentId).Distinct().Count());
        if (!mayDiffer) Assert.Equal(4, arrived.Count);
        var office = await joined.EmptyAsync(TestHub.Province);
        Assert.Single(office.Where(e => e.Status is null).Select(e => e.DocumentId).Distinct());
        if (!mayDiffer) Assert.Single(office, e => e.Status is null);
        Assert.All(hub.Axis.Documents.Where(d => d.SystemId is null && d.StatusCode is null).SelectMany(d => d.Items), i => Assert.Contains("done", i.Answers));
    }
}
