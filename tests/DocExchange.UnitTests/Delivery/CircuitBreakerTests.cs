using DocExchange.Core.Delivery;

namespace DocExchange.UnitTests.Delivery;

public sealed class CircuitBreakerTests
{
    [Fact]
    public void It_opens_once_after_failures_in_a_row_and_closes_once_by_a_success()
    {
        var breaker = new CircuitBreaker(3, TimeSpan.FromHours(1), TimeProvider.System);

        Assert.False(breaker.Failed("a"));
        Assert.False(breaker.Failed("a"));
        Assert.False(breaker.Succeeded());
        Assert.False(breaker.Failed("a"));
        Assert.False(breaker.Failed("a"));
        Assert.True(breaker.Failed("no route"));
        Assert.False(breaker.Failed("b"));
        Assert.True(breaker.IsOpen);
        Assert.Equal("no route", breaker.Reason);
        Assert.InRange(breaker.UntilProbe, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Assert.True(breaker.Succeeded());
        Assert.False(breaker.Succeeded());
        Assert.False(breaker.IsOpen);
    }

    [Fact]
    public void A_probe_may_be_made_when_the_pause_is_over() => Assert.Equal(TimeSpan.Zero, Opened(TimeSpan.Zero).UntilProbe);

    private static CircuitBreaker Opened(TimeSpan pause)
    {
        var breaker = new CircuitBreaker(1, pause, TimeProvider.System);
        Assert.True(breaker.Failed("x"));
        return breaker;
    }
}
