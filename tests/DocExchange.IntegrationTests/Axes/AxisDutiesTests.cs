using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>What a connection does beside carrying documents: refusals, the directory, and what became of copies.</summary>
public sealed class AxisDutiesTests
{
    [Fact]
    public async Task One_recipient_the_axis_refuses_is_a_dead_letter_in_words_and_the_others_get_theirs_and_requeueing_sends_the_same_bytes()
    {
        await using var line = await BrokenLine.StartAsync();
        await using var pair = await AxisPair.StartAsync(address: line.To);
        await pair.Axis.ChangeAgencyAsync("G22", a => a with { LockedSince = DateTimeOffset.UtcNow });

        var sent = (await pair.Province.SendAsync(new Letter { To = [AxisPair.Ministry, "G22", "G12"] })).Ok();
        await pair.UntilAsync(async () => (await pair.Province.TrackAsync(sent.DocId)).Deliveries.All(d => d.State is DeliveryState.Relayed or DeliveryState.Failed), "the outcome");

        var dead = Assert.Single((await pair.Province.TrackAsync(sent.DocId)).Deliveries, d => d.State == DeliveryState.Failed);
        Assert.Equal("G22", dead.Agency);
        Assert.Contains("code 23", dead.StateText, StringComparison.Ordinal);
        Assert.Equal(2, (await pair.Axis.ListAsync(TestHub.Peer)).Count);
        Assert.Single(pair.Province.Entries(), e => e.Event == EvidenceEvents.RelayRejection && e.Recipients is ["G22"]);

        await pair.Axis.ChangeAgencyAsync("G22", a => a with { LockedSince = null });
        Assert.True(await pair.Province.Store.SettleDeadLetterAsync(dead.ItemId, requeue: true, "test", default));
        await pair.UntilAsync(sent.DocId, DeliveryState.Relayed);
        Assert.Equal(1, line.DifferentBodies("sendEdoc"));
    }

    [Fact]
    public async Task Reconciliation_takes_over_what_recipients_systems_answered_and_reports_what_the_axis_does_not_know()
    {
        await using var pair = await AxisPair.StartAsync();
        var sent = (await pair.Province.SendAsync(new Letter { To = [AxisPair.Ministry, "G22"] })).Ok();
        await pair.UntilAsync(sent.DocId, DeliveryState.Relayed);
        foreach (var item in await pair.Axis.ListAsync(TestHub.Peer))
        {
            var client = pair.Axis.Client(TestHub.Peer);
            if (item.To == "G22") Assert.Null((await client.RejectAsync(item.DocId, "no room")).Refusal);
            else Assert.Null((await client.ConfirmAsync(item.DocId)).Refusal);
        }

        Assert.Equal(2, await pair.Connection.Reconciliation.RunAsync(default));

        var track = await pair.Province.TrackAsync(sent.DocId);
        Assert.Equal(DeliveryState.Delivered, track.Deliveries.Single(d => d.Agency == AxisPair.Ministry).State);
        Assert.Equal((DeliveryState.Failed, "no room"), track.Deliveries.Where(d => d.Agency == "G22").Select(d => (d.State, d.StateText)).Single());
        Assert.Contains(pair.Province.Hub.Store.Alarms.All, a => a.Kind == AlarmKind.AxisDiffers);
        Assert.Equal([$"G22 could not take {sent.DocId}"], pair.Connection.Reconciliation.Differences);
        Assert.Equal(0, await pair.Connection.Reconciliation.RunAsync(default));
        Assert.Empty(pair.Connection.Reconciliation.Differences);
    }

    [Fact]
    public async Task The_axis_directory_changes_entries_behind_it_and_leaves_own_units_alone()
    {
        await using var pair = await AxisPair.StartAsync();
        // Set after the start, so that no duty of the schedule comes between.
        pair.Connection.Link.Settings.DirectoryHours = 24;
        var local = pair.Province.Agency("H30.12");
        await pair.Axis.ChangeAgencyAsync(AxisPair.Ministry, a => a with { Name = "Bộ Khoa học và Công nghệ (mẫu)" });
        await pair.Axis.ChangeAgencyAsync("H30.12", a => a with { Name = "Không phải của trục" });
        await pair.Axis.PartyStore.SaveAgencyAsync(new Agency(0, "G14.05", "Cục mới (mẫu)", pair.Axis.Agency(AxisPair.Ministry).Id, AgencyKind.External), "test", default);

        Assert.True(await pair.Connection.Directory.RunAsync(default));

        Assert.Equal("Bộ Khoa học và Công nghệ (mẫu)", pair.Province.Agency(AxisPair.Ministry).Name);
        var added = pair.Province.Agency("G14.05");
        Assert.Equal((AxisPair.AxisName, AgencyKind.External, pair.Province.Agency(AxisPair.Ministry).Id), (added.Axis, added.Kind, added.ParentId));
        Assert.Equal(local.Name, pair.Province.Agency("H30.12").Name);
        await pair.EndAxisAsync();
        Assert.False(await pair.Connection.Directory.RunAsync(default));
        Assert.Equal(added, pair.Province.Agency("G14.05"));
    }

    [Fact]
    public async Task A_document_of_a_sender_nobody_knew_waits_at_the_axis_until_the_directory_has_it()
    {
        await using var pair = await AxisPair.StartAsync(s => s.DirectoryHours = 24);
        var ministry = await pair.Axis.PartyStore.SaveAgencyAsync(new Agency(0, "G77", "Bộ mới (mẫu)", null, AgencyKind.External), "test", default);
        await pair.Axis.ChangeSystemAsync(TestHub.Peer, s => s with { Serves = [.. s.Serves, new Served(ministry.Id, true)] });

        (await pair.Axis.SendAsync(new Letter { From = "G77", To = ["H30.12"] }, TestHub.Peer)).Ok();

        await pair.UntilAsync(async () => (await pair.Province.ListAsync(TestHub.Department)).Count == 1, "the arrival");
        Assert.Equal(AxisPair.AxisName, pair.Province.Agency("G77").Axis);
    }

    [Fact]
    public async Task A_package_the_machine_refuses_is_answered_fail_with_a_reason_and_other_bytes_of_a_known_document_are_a_variant()
    {
        await using var pair = await AxisPair.StartAsync();
        var letter = new Letter { From = AxisPair.Ministry, To = ["H30.12"] };
        (await pair.Axis.SendAsync(letter, TestHub.Peer)).Ok();
        (await pair.Axis.SendAsync(letter.With("Nội dung họp", "Nội dung khác họp"), TestHub.Peer)).Ok();
        await pair.UntilAsync(async () => (await pair.Province.ListAsync(TestHub.Department)).Count == 2, "both variants");

        await pair.Province.ChangeAgencyAsync("H30.13", a => a with { LockedSince = DateTimeOffset.UtcNow });
        var refused = (await pair.Axis.SendAsync(new Letter { From = AxisPair.Ministry, To = ["H30.13"] }, TestHub.Peer)).Ok();
        await pair.UntilAsync(async () => (await pair.Axis.TrackAsync(refused.DocId, TestHub.Peer)).Deliveries[0].State == DeliveryState.Failed, "the refusal");

        var track = await pair.Axis.TrackAsync(refused.DocId, TestHub.Peer);
        Assert.Contains("DX-4004", track.Deliveries[0].StateText, StringComparison.Ordinal);
        // 02 is the office's word: no machine says it for the office.
        Assert.Empty(track.Statuses);
    }
}
