using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>Faults of the hub's own, in the middle of sending: no call goes out twice, none is forgotten, none stops the others.</summary>
public sealed class DispatcherFaultTests
{
    [Fact]
    public async Task A_dispatcher_that_is_started_again_does_not_send_again_what_is_under_way()
    {
        await using var axis = await DropAxis.StartAsync();
        var answered = new TaskCompletionSource();
        axis.Answers = answered.Task;
        var first = axis.RunAsync();
        var slow = await axis.SendAsync();
        await axis.Called.WaitAsync(TimeSpan.FromMinutes(2));

        axis.Relays.FailListings(1);
        var other = await axis.SendAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() => first);
        var second = axis.RunAsync();
        Assert.False(second.IsCompleted);
        answered.SetResult();
        await axis.UntilRelayedAsync(other);
        await axis.UntilRelayedAsync(slow);

        Assert.Equal([slow, other], axis.Sent);
    }

    [Fact]
    public async Task A_settled_call_is_neither_begun_again_nor_settled_otherwise()
    {
        await using var axis = await DropAxis.StartAsync();
        var docId = await axis.SendAsync();
        var call = (await axis.BeginAsync())!;
        var attempt = new DeliveryAttempt(1, DateTimeOffset.UtcNow, TimeSpan.Zero, new DeliveryOutcome.Delivered("r"));
        await axis.Relays.RecordAsync(call, attempt, new RetryDecision.Done("r"), "drop", default);

        Assert.Null(await axis.Relays.BeginAgainAsync(call, default));
        var late = attempt with { Number = 2, Outcome = new DeliveryOutcome.Permanent("no") };
        await axis.Relays.RecordAsync(call, late, new RetryDecision.DeadLetter(true, "no"), "drop", default);
        await axis.Relays.RecordAsync(call, late, new RetryDecision.RetryAfter(TimeSpan.Zero), "drop", default);
        Assert.Empty(await axis.Relays.RecordAsync(call, late, new RetryDecision.Split(), "drop", default));

        Assert.Equal(DeliveryState.Relayed, (await axis.Hub.TrackAsync(docId)).Deliveries.Single().State);
        Assert.Empty(await axis.Relays.ListOpenAsync(axis.Mailbox, default));
        Assert.DoesNotContain(axis.Hub.Entries(), e => e.Event == EvidenceEvents.RelayRejection);
    }

    [Fact]
    public async Task An_outcome_that_is_recorded_twice_is_kept_once_and_an_attempt_without_one_is_in_doubt()
    {
        await using var axis = await DropAxis.StartAsync();
        await axis.SendAsync();
        var call = (await axis.BeginAsync())!;
        Assert.True(Assert.Single(await axis.Relays.ListOpenAsync(axis.Mailbox, default)).InDoubt);

        var attempt = new DeliveryAttempt(1, DateTimeOffset.UtcNow, TimeSpan.Zero, new DeliveryOutcome.Transient("later"));
        for (var i = 0; i < 2; i++) await axis.Relays.RecordAsync(call, attempt, new RetryDecision.RetryAfter(TimeSpan.Zero), "drop", default);

        var open = Assert.Single(await axis.Relays.ListOpenAsync(axis.Mailbox, default));
        Assert.False(open.InDoubt);
        Assert.Equal(2, (await axis.Relays.BeginAgainAsync(open, default))!.Attempts);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    public async Task A_call_whose_outcome_the_store_failed_to_keep_is_not_forgotten(int faults, int calls)
    {
        await using var axis = await DropAxis.StartAsync();
        axis.Relays.FailRecords(faults);
        _ = axis.RunAsync();

        var docId = await axis.SendAsync();
        await axis.UntilRelayedAsync(docId);

        Assert.Equal(calls, axis.Sent.Count);
        Assert.Equal(calls - 1, axis.Faults.Count);
    }

    [Fact]
    public async Task An_original_that_cannot_be_read_stops_no_other_is_an_alarm_and_is_sent_when_it_can_be_read_again()
    {
        await using var axis = await DropAxis.StartAsync();
        var bad = await axis.SendAsync();
        axis.Unreadable = (await axis.WaitingAsync()).Digest;
        _ = axis.RunAsync();

        var good = await axis.SendAsync();
        await axis.UntilRelayedAsync(good);
        Assert.Contains(axis.Hub.Hub.Store.Alarms.All, a => a.Kind == AlarmKind.ContentMissing && a.Subject == bad);
        Assert.Equal([good], axis.Sent);

        axis.Unreadable = null;
        await axis.UntilRelayedAsync(bad);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_document_for_many_that_goes_nowhere_stops_no_other(bool isUnreadable)
    {
        await using var axis = await DropAxis.StartAsync();
        var many = await axis.SendToAsync(await axis.AddAsync(40));
        if (isUnreadable) axis.Unreadable = (await axis.WaitingAsync()).Digest;
        else axis.Hangs = many;
        _ = axis.RunAsync();

        await axis.UntilRelayedAsync(await axis.SendAsync());

        Assert.DoesNotContain((await axis.Hub.TrackAsync(many)).Deliveries, d => d.State == DeliveryState.Relayed);
    }
}
