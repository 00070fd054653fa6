using DocExchange.Core.Delivery;

namespace DocExchange.UnitTests.Delivery;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Policy = new(5, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(1, 0, 4)]
    [InlineData(2, 0, 8)]
    [InlineData(3, 0, 16)]
    [InlineData(4, 0, 30)]
    [InlineData(1, 1, 3)]
    [InlineData(4, 0.5, 26.25)]
    public void A_wait_doubles_up_to_the_longest_less_the_jitter(int attempts, double jitter, double seconds)
    {
        Assert.Equal(new RetryDecision.RetryAfter(TimeSpan.FromSeconds(seconds)), Policy.Decide(attempts, new DeliveryOutcome.Transient("down"), 1, jitter));
        Assert.Equal(new RetryDecision.RetryAfter(TimeSpan.FromSeconds(seconds)), Policy.Decide(attempts, new DeliveryOutcome.Unknown("lost"), 1, jitter));
    }

    [Fact]
    public void Attempts_end_it_and_say_what_the_last_one_met_whatever_the_clock_did()
    {
        var dead = Assert.IsType<RetryDecision.DeadLetter>(Policy.Decide(5, new DeliveryOutcome.Transient("code 20: busy"), 1, 0));

        Assert.False(dead.Refused);
        Assert.Contains("code 20: busy", dead.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attempt_that_only_found_the_other_side_still_away_counts_for_nothing_and_one_that_was_answered_does()
    {
        Assert.Equal(new RetryDecision.RetryAfter(Policy.Longest) { Counts = false }, Policy.Decide(9, new DeliveryOutcome.Unknown("lost"), 1, 0, isProbe: true));
        Assert.IsType<RetryDecision.DeadLetter>(Policy.Decide(9, new DeliveryOutcome.Transient("busy") { NotBefore = TimeSpan.FromSeconds(1) }, 1, 0, isProbe: true));
    }

    [Fact]
    public void A_thousand_attempts_do_not_overflow_the_wait() =>
        Assert.Equal(new RetryDecision.RetryAfter(Policy.Longest), (Policy with { Attempts = 2000 }).Decide(1000, new DeliveryOutcome.Unknown(""), 1, 0));

    [Theory]
    [InlineData(60, 60)]
    [InlineData(1, 4)]
    [InlineData(999_999_999, 86_400)]
    public void What_the_other_side_asks_for_is_waited_for_when_it_is_longer_up_to_a_day(int asked, int waited) => Assert.Equal(
        new RetryDecision.RetryAfter(TimeSpan.FromSeconds(waited)), Policy.Decide(1, new DeliveryOutcome.Transient("busy") { NotBefore = TimeSpan.FromSeconds(asked) }, 1, 0));

    [Fact]
    public void A_refusal_that_may_be_about_one_recipient_tries_each_alone_and_is_final_for_one()
    {
        var refused = new DeliveryOutcome.Permanent("code 18", MayBeOneRecipient: true);

        Assert.IsType<RetryDecision.Split>(Policy.Decide(1, refused, 3, 0));
        Assert.Equal(new RetryDecision.DeadLetter(true, "code 18"), Policy.Decide(1, refused, 1, 0));
        Assert.Equal(new RetryDecision.DeadLetter(true, "code 22"), Policy.Decide(1, new DeliveryOutcome.Permanent("code 22"), 3, 0));
    }

    [Fact]
    public void What_arrived_is_done_also_at_the_last_attempt() =>
        Assert.Equal(new RetryDecision.Done("abc"), Policy.Decide(5, new DeliveryOutcome.Delivered("abc"), 1, 0));
}
