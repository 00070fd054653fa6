using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Alarms;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.NationalAxis;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Faults;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>Items of the axis' list that nothing right can be done with: none is answered <c>done</c>, none is forgotten, none stops the others.</summary>
public sealed class OddItemTests(JoinedHubFixture joined) : IClassFixture<JoinedHubFixture>
{
    /// <summary>The province's at the axis, and nobody here.</summary>
    private const string NotServed = "H30.99";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_item_for_somebody_this_hub_does_not_serve_is_answered_fail_and_never_done(bool fetchesDiffer)
    {
        var hub = await joined.BeginAsync(new AxisReadings { FetchesDiffer = fetchesDiffer });
        hub.Axis.Register(new AxisSystem(TestAxis.North, TestAxis.Secret, "H30", "H30.01", "H30.12", NotServed));
        await hub.Axis.DeliverAsync(new SampleLetter("G14", "H30.12", NotServed));
        var items = Assert.Single(hub.Axis.Documents).Items;

        await Polled.UntilAsync(async () => await joined.PassAsync() && hub.Axis.Documents[0].Items.All(i => i.Status is "done" or "fail"), "both answers");

        Assert.Equal(2, items.Count);
        Assert.Equal("done", hub.Axis.Documents[0].Items.Single(i => i.To.Contains("H30.12")).Status);
        Assert.Equal("fail", hub.Axis.Documents[0].Items.Single(i => i.To.Contains(NotServed)).Status);
        Assert.Single(await hub.Province.ListAsync(TestHub.Department));
        Assert.Contains(Alarms(hub), text => text.Contains("DX-4001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_item_whose_id_cannot_be_sent_back_is_an_alarm_and_stops_no_other()
    {
        var hub = await joined.BeginAsync(new AxisReadings());
        await hub.Axis.DeliverAsync(new SampleLetter("G14", "H30.12"));
        var row = Assert.Single(await hub.Line.ListAsync(hub.Line.NorthClient));

        Assert.Null(await hub.Connection.Items.TakeAsync(hub.Line.NorthClient, [row with { DocId = "đ1" }, row], default));

        Assert.Single(await hub.Province.ListAsync(TestHub.Department));
        Assert.Contains(Alarms(hub), text => text.Contains(@"\u0111", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FaultKind.EmptyBody, true, 0)]
    [InlineData(FaultKind.Refuse, false, 15)]
    [InlineData(FaultKind.Refuse, true, 21)]
    public async Task What_could_not_be_fetched_is_fetched_again_also_where_the_axis_lists_it_no_more(FaultKind how, bool alsoGetEdoc, int code)
    {
        var hub = await joined.BeginAsync(new AxisReadings { Listed = Listed.Unfetched, ListedInPeriod = ListedInPeriod.Unanswered });
        // So that no catch-up of a day finds it instead.
        await Polled.UntilAsync(joined.PassAsync, "a pass");
        var fault = new AxisFault(how) { Operation = VxpOperations.DownloadEdoc, Times = 2, AfterProcessing = true, Code = code };
        hub.Axis.Faults.Set(fault);
        if (alsoGetEdoc) hub.Axis.Faults.Set(fault with { Operation = VxpOperations.GetEdoc });
        await hub.Axis.DeliverAsync(new SampleLetter("G14", "H30.12"));
        hub.Connection.Link.Settings.CatchUpHours = 0;

        for (var passes = 0; passes < 4; passes++) await joined.PassAsync();

        hub.Connection.Link.Settings.CatchUpHours = 24;
        Assert.Equal("done", Assert.Single(Assert.Single(hub.Axis.Documents).Items).Status);
        Assert.Single(await hub.Province.ListAsync(TestHub.Department));
        if (code > 0) Assert.Contains(Alarms(hub), text => text.Contains($"code {code}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Statuses_of_one_reporter_are_taken_in_the_order_of_their_times_also_over_a_months_end()
    {
        var hub = await joined.BeginAsync(new AxisReadings());
        var rows = new List<ReceivedItem>();
        foreach (var time in (string[])["30/11/2026 08:00:00", "30/11/2026 23:59:59", "01/12/2026 00:00:01"])
        {
            await hub.Axis.DeliverAsync(new SampleLetter("G14", "H30.12"));
            rows.Add((await hub.Line.ListAsync(hub.Line.NorthClient))[^1] with { MessageType = VxpNames.MessageStatus, CreatedAt = time });
        }

        Assert.Null(await hub.Connection.Items.TakeAsync(hub.Line.NorthClient, [rows[1], rows[2], rows[0]], default));

        Assert.Equal(rows.Select(row => row.DocId), hub.Axis.Seen.Of(VxpOperations.UpdateStatus).Select(call => call.DocId));
    }

    private static IReadOnlyList<string> Alarms(JoinedHub hub) =>
        [.. hub.Province.Hub.Store.Alarms.All.Where(a => a.Kind == AlarmKind.AxisItemRefused).Select(a => a.Detail ?? "")];
}
