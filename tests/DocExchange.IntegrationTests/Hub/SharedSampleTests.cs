using DocExchange.Axis.Calls;
using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Tracking;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>The ten field packages through a running hub, sent by a peer (lenient) and by an agency (strict).</summary>
public sealed class SharedSampleTests : IAsyncLifetime
{
    private const string Update = "edoc_update.edxml";
    private const string Revocation = "edoc_revocation.edxml";
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [SkippableFact]
    public async Task A_peers_new_document_is_accepted_in_spite_of_everything_that_is_odd_about_it()
    {
        var track = await SendAndTrackAsync("edoc_new.jdk17.edxml");

        var delivery = Assert.Single(track.Deliveries);
        Assert.Equal("H17.22.28", delivery.Agency);
        Assert.Equal("000.00.00.A80", track.Sender);
        Assert.Equal("74fass22/VPCP-TTĐT", track.Code);
    }

    [SkippableFact]
    public async Task New_update_and_revocation_of_one_document_id_are_stored_together_because_the_business_type_is_part_of_the_identity()
    {
        var update = await SendAndTrackAsync(Update);
        var revocation = await SendAndTrackAsync(Revocation);

        Assert.NotEqual(update.DocId, revocation.DocId);
        Assert.Equal(update.DocumentId, revocation.DocumentId);
        Assert.Equal(["H41", "H14", "G17"], update.Deliveries.Select(d => d.Agency));
        Assert.Equal(3, revocation.Deliveries.Count);
    }

    [SkippableFact]
    public async Task One_ministry_under_its_old_and_its_new_code_gets_one_copy()
    {
        var track = await SendAndTrackAsync("enterprise_to_ministry_3hops.edxml");

        Assert.Equal("G12", Assert.Single(track.Deliveries).Agency);
    }

    [SkippableFact]
    public async Task Statuses_move_the_recipient_forward_a_return_after_acceptance_only_warns_and_a_repetition_is_no_second_event()
    {
        var update = await SendAndTrackAsync(Update);
        foreach (var status in new[] { "status_inbox__01", "status_acceptance_03", "status_processing_05", "status_rejection_02" })
        {
            Assert.Null((await SendAsync(TestHub.Peer, status + ".edxml", "status")).Refusal);
        }
        var again = await SendAsync(TestHub.Peer, "status_acceptance_03.edxml", "status");

        var track = await _hub.Store.TrackAsync(_hub.ScopeOf(TestHub.Peer), update.DocId, default);
        Assert.Equal([1, 3, 5, 2], track!.Statuses.Select(s => s.Code));
        Assert.Null(again.Refusal);
    }

    [SkippableFact]
    public async Task The_senders_13_opens_a_recall_and_the_recipients_15_closes_it()
    {
        var update = await SendAndTrackAsync(Update);

        var recall = await SendAsync(TestHub.Peer, "status_cancellation_13.edxml", "status");
        var agreed = await SendAsync(TestHub.Peer, "status_change-acceptance_15.edxml", "status");

        Assert.Null(recall.Refusal);
        Assert.Null(agreed.Refusal);
        var track = await _hub.Store.TrackAsync(_hub.ScopeOf(TestHub.Peer), update.DocId, default);
        Assert.Equal([13, 15], track!.Statuses.Select(s => s.Code));
    }

    [SkippableFact]
    public async Task An_agencys_answer_15_without_an_open_case_is_refused_and_a_peers_is_kept_with_a_warning()
    {
        await SendAndTrackAsync("enterprise_to_ministry_3hops.edxml");
        Assert.Null((await SendAsync(TestHub.Peer, "status_change-acceptance_15.edxml", "status")).Refusal);

        var strict = await SendAsync(TestHub.StrictMinistries, "status_change-acceptance_15.edxml", "status");

        // The same bytes were accepted from the peer for this reporter, so the first receipt is given again whatever the profile.
        Assert.Null(strict.Refusal);
    }

    [SkippableTheory]
    [InlineData("edoc_new.jdk17.edxml", "edoc", 19)]
    [InlineData("edoc_update.edxml", "edoc", 19)]
    [InlineData("enterprise_to_ministry_3hops.edxml", "edoc", 19)]
    [InlineData("status_inbox__01.edxml", "status", 19)]
    [InlineData("status_cancellation_13.edxml", "status", 19)]
    public async Task An_agency_cannot_send_in_the_name_of_another(string file, string type, int code)
    {
        var answer = await SendAsync(TestHub.Province, file, type);

        Assert.Equal(code, answer.Refusal!.Code);
    }

    [SkippableTheory]
    [InlineData("edoc_update.edxml", "edoc", "DX-7006")]
    [InlineData("edoc_revocation.edxml", "edoc", "DX-7006")]
    [InlineData("status_inbox__01.edxml", "status", "DX-7001")]
    [InlineData("status_change-acceptance_15.edxml", "status", "DX-7001")]
    [InlineData("status_cancellation_13.edxml", "status", "DX-7001")]
    public async Task A_strict_system_gets_the_strict_verdict(string file, string type, string code)
    {
        var answer = await SendAsync(TestHub.StrictMinistries, file, type);

        Assert.Equal(22, answer.Refusal!.Code);
        Assert.Contains(code, answer.Refusal.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_copy_of_a_recipient_is_the_original_byte_for_byte()
    {
        await SendAndTrackAsync("enterprise_to_ministry_3hops.edxml");
        var client = _hub.Client(TestHub.Peer);
        var item = Assert.Single((await client.ListAsync("edoc")).Value!);

        using var copy = new MemoryStream();
        await client.FetchAsync(item.DocId, copy);

        Assert.Equal(await File.ReadAllBytesAsync(FieldFiles.Require("samples", "enterprise_to_ministry_3hops.edxml")), copy.ToArray());
    }

    [SkippableFact]
    public async Task A_confirmation_is_told_to_the_sender_as_status_01_recorded_by_the_hub()
    {
        var sent = await SendAndTrackAsync("edoc_new.jdk17.edxml");
        var client = _hub.Client(TestHub.Peer);

        await client.ConfirmAsync(sent.Deliveries[0].ItemId);

        var track = await _hub.Store.TrackAsync(_hub.ScopeOf(TestHub.Peer), sent.DocId, default);
        var status = Assert.Single(track!.Statuses);
        Assert.True(status.RecordedByHub);
        Assert.Equal(1, status.Code);
        Assert.Equal(DeliveryState.Delivered, track.Deliveries[0].State);
        Assert.Equal("000.00.00.A80", Assert.Single((await client.ListAsync("status")).Value!).To);
    }

    private async Task<DocumentTrack> SendAndTrackAsync(string file)
    {
        var answer = await SendAsync(TestHub.Peer, file, "edoc");
        Assert.True(answer.Refusal is null, answer.Refusal?.Text);
        return (await _hub.Store.TrackAsync(_hub.ScopeOf(TestHub.Peer), answer.Value!.DocId, default))!;
    }

    private async Task<VxpAnswer<SentPackage>> SendAsync(string system, string file, string type)
    {
        using var package = File.OpenRead(FieldFiles.Require("samples", file));
        return await _hub.Client(system).SendAsync(package, type, FromOf(file));
    }

    private static string FromOf(string file) => file switch
    {
        "edoc_new.jdk17.edxml" => "000.00.00.A80",
        "enterprise_to_ministry_3hops.edxml" => "020100000001",
        Update or Revocation or "status_cancellation_13.edxml" => "000.00.00.G22",
        _ => "000.00.00.H41",
    };
}
